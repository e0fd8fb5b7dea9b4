// One case after another without asking for memory: answers are shown where they stand.
#include <iostream>
#include <praxe/crm.hpp>
#include <praxe/session.hpp>

namespace crm = praxe::crm;

namespace {

/// A client whose appointment with Ana was made on 29 April, and who asks for `product` now.
crm::Case asking_for(const char* product) {
    using praxe::Microseconds, std::chrono::microseconds;
    crm::Appointment first{.id = "a1", .kind = crm::AppointmentKind::sale_contact, .product = "radar", .owner = "ana"};
    first.created_at = Microseconds(microseconds(1'714'413'600'000'000));
    first.quote_sent = true;
    crm::Case facts;
    facts.at = Microseconds(microseconds(1'714'654'800'000'000));
    facts.client = crm::Client{.status = crm::ClientStatus::active, .appointments = {first}};
    facts.request = crm::Request{.product = product, .handler = "caio"};
    facts.staff = {{.id = "ana", .team = crm::Team::sales, .status = crm::StaffStatus::available},
                   {.id = "caio", .team = crm::Team::support, .status = crm::StaffStatus::available}};
    return facts;
}

}  // namespace

int main(int argc, char** argv) {
    const auto ruleset = praxe::Ruleset::load(argc > 1 ? argv[1] : "rules/company.yaml");
    if (!ruleset) return std::cerr << ruleset.diagnostics().to_string(), 2;
    const auto bound = crm::binder(*ruleset).facts_of<crm::Case>();
    if (!bound) return std::cerr << bound.diagnostics().to_string(), 2;

    praxe::Session session(*ruleset);
    const auto lead_owner = session.question("lead_owner");
    const auto route = session.field("lead_owner", "route");
    if (!lead_owner || !route) return std::cerr << "the ruleset is another\n", 2;
    session.keep("staff");  // the same in all cases: read from the first

    const crm::Case cases[] = {asking_for("radar"), asking_for("listing")};
    for (const crm::Case& facts : cases) {
        session.begin(bound->in_place(facts));
        const praxe::AnswerView answer = session.decide(*lead_owner);
        if (!answer.has_outcome()) return std::cerr << answer.error().message << '\n', 1;
        std::cout << answer.outcome()[*route].text() << ", by " << answer.because()[0].rule;
        if (const auto until = answer.valid_until().until) std::cout << ", until " << *until << " µs after 1970";
        std::cout << '\n';
    }
}
