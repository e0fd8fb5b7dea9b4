// Uses of bound structs that must not compile, one under each MISTAKE_…; without any of them the file does.
#include <praxe/bind.hpp>

struct Customer {
    std::string state;
};
struct Call {
    praxe::Microseconds now;
    std::chrono::sys_time<std::chrono::nanoseconds> exactly;
    union {
        int number;
        float real;
    } either = {0};
    Customer customer;
};

void bind(const praxe::Ruleset& ruleset) {
    praxe::Binder binder(ruleset);
    binder.record<Customer>("Client").field("status", &Customer::state);
    auto fields = binder.facts<Call>();
    fields.field("at", &Call::now).field("client", [](const Call& call) -> const Customer& { return call.customer; });
#ifdef MISTAKE_dangling_getter
    fields.field("client", [](const Call& call) { return call.customer; });
#endif
#ifdef MISTAKE_nanoseconds
    fields.field("at", &Call::exactly);
#endif
#ifdef MISTAKE_unknown_type
    fields.field("request", &Call::either);
#endif
    const auto facts = binder.facts_of<Call>();
    const Call call;
    ruleset.decide(facts->of(call));
#ifdef MISTAKE_dangling_case
    const praxe::Case gone = facts->of(Call());
#endif
}
