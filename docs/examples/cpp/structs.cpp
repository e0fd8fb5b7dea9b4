// The same from a host's own structs, which praxe reads where they are, and an outcome as a struct.
#include <iostream>
#include <praxe/bind.hpp>

using namespace std::chrono_literals;

// What the host has anyway.
enum class Kind { sale, attempt };
struct Booking {
    std::string id, product, owner;
    Kind kind = Kind::sale;
    std::chrono::sys_time<std::chrono::seconds> made;
    bool quote_sent = false;
};
struct Person {
    std::string login, team, status;
};
struct Client {
    std::string status;
    std::vector<Booking> bookings;
};
struct Call {
    praxe::Microseconds now;
    const Client* client = nullptr;
    std::vector<Person> people;
    struct Wish {
        std::string product, attendant;
    } wish;
};
struct Owner {
    std::string route;
    std::optional<std::string> owner;
};

// Said once, checked against the ruleset: every misspelt name and every type that does not fit is told.
praxe::Binder bind(const praxe::Ruleset& ruleset) {
    praxe::Binder binder(ruleset);
    binder.members<Kind>("appointment_kind", {{Kind::sale, "sale_contact"}, {Kind::attempt, "sale_no_contact"}});
    binder.record<Booking>("Appointment")
        .field("id", &Booking::id)
        .field("product", &Booking::product)
        .field("owner", &Booking::owner)
        .field("kind", &Booking::kind)
        .field("created_at", &Booking::made)
        .field("quote_sent", &Booking::quote_sent);
    binder.record<Person>("Staff")
        .field("id", &Person::login)
        .field("team", &Person::team)
        .field("status", &Person::status);
    binder.record<Client>("Client").field("status", &Client::status).field("appointments", &Client::bookings);
    binder.record<Call::Wish>("Request")
        .field("product", &Call::Wish::product)
        .field("handler", &Call::Wish::attendant);
    binder.facts<Call>()
        .field("at", &Call::now)
        .field("client", &Call::client)
        .field("staff", &Call::people)
        .field("request", &Call::wish);
    binder.record<Owner>("lead_owner").field("route", &Owner::route).field("owner", &Owner::owner);
    return binder;
}

int main(int argc, char** argv) {
    const auto ruleset = praxe::Ruleset::load(argc > 1 ? argv[1] : "rules/company.yaml");
    if (!ruleset) return std::cerr << ruleset.diagnostics().to_string(), 2;
    const praxe::Binder binder = bind(*ruleset);
    const auto calls = binder.facts_of<Call>();
    const auto owners = binder.outcome_of<Owner>();
    if (!calls) return std::cerr << calls.diagnostics().to_string(), 2;
    if (!owners) return std::cerr << owners.diagnostics().to_string(), 2;

    const auto monday = std::chrono::sys_days(2024y / 4 / 29);
    const Client client{"active", {{"a1", "radar", "ana", Kind::sale, monday + 18h, true}}};
    const Call call{monday + 3 * 24h + 13h,
                    &client,
                    {{"ana", "sales", "available"}, {"caio", "support", "available"}},
                    {"radar", "caio"}};

    const auto answers = ruleset->decide(calls->of(call), {.decisions = {"lead_owner"}, .texts = true});
    const praxe::Answer& answer = answers.front();
    const auto owner = owners->of(answer);
    if (!owner) return std::cerr << owner.diagnostics().to_string(), 1;
    std::cout << owner->route << " to " << owner->owner.value_or("nobody") << ": " << answer.because[0].text.at("en")
              << " (" << answer.because[0].cite[0] << ")\n";
    if (answer.valid_until->until) std::cout << "until " << *answer.valid_until->until << " µs after 1970\n";
}
