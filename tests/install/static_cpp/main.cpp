// Decides from outside of praxe's own tree: `outside RULESET CASE` prints all answers on one line, and then what a
// struct of its own is answered.
#include <iostream>
#include <praxe/bind.hpp>

namespace {

struct Invoice {
    std::string id;
    std::chrono::sys_days due;
    praxe::Money amount;
};
struct Client {
    std::string status = "active";
    std::vector<Invoice> invoices;
};
struct Desk {
    praxe::Microseconds now;
    Client client;
};
struct Debt {
    praxe::Money collect;
    bool may_sell = false;
};

int fail(const praxe::Diagnostics& diagnostics) {
    std::cerr << diagnostics.to_string();
    return 2;
}

int decide_struct(const praxe::Ruleset& ruleset) {
    using namespace std::chrono;
    praxe::Binder binder(ruleset);
    binder.record<Invoice>("Invoice")
        .field("id", &Invoice::id)
        .field("due", &Invoice::due)
        .field("amount", &Invoice::amount);
    binder.record<Client>("Client").field("status", &Client::status).field("invoices", &Client::invoices);
    binder.facts<Desk>().field("at", &Desk::now).field("client", &Desk::client);
    binder.record<Debt>("debt").field("collect", &Debt::collect).field("may_sell", &Debt::may_sell);
    const auto desks = binder.facts_of<Desk>();
    const auto debts = binder.outcome_of<Debt>();
    if (!desks) return fail(desks.diagnostics());
    if (!debts) return fail(debts.diagnostics());
    const Desk desk{sys_days(2024y / May / 2), {"active", {{"i1", sys_days(2024y / March / 1), {8000}}}}};
    praxe::DecideOptions options;
    options.decisions = {"debt"};
    const auto debt = debts->of(ruleset.decide(desks->of(desk), options).front());
    if (!debt) return fail(debt.diagnostics());
    std::cout << debt->collect.cents << " cents\n";
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const auto ruleset = praxe::Ruleset::load(argv[1]);
    if (!ruleset) return fail(ruleset.diagnostics());
    std::string message;
    const auto source = praxe::Ruleset::read_file(argv[2], message);
    const auto facts = ruleset->read_case(source);
    if (!facts) return fail(facts.diagnostics());
    std::cout << ruleset->to_json(ruleset->decide(*facts)) << '\n';
    return decide_struct(*ruleset);
}
