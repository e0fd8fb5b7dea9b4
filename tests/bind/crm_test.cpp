// The structs of praxe/crm.hpp hold what a case holds: facts that went through them are decided to the same bytes.
#include <gtest/gtest.h>

#include <filesystem>
#include <praxe/crm.hpp>
#include <regex>

#include "scenario/scenario.hpp"

namespace praxe {
namespace {

namespace fs = std::filesystem;

const fs::path rules = fs::path(PRAXE_SOURCE_DIR) / "rules";

/// Reasons, times and all.
std::string answered(const Ruleset& ruleset, const Case& facts) {
    DecideOptions options;
    options.texts = true;
    return ruleset.to_json(ruleset.decide(facts, options));
}

/// Without the places of facts, which a struct has not, and the numbers of staff members, who are read in order of id.
std::string without_places(const std::string& json) {
    static const std::regex place(R"re(,"fact_at":"[^"]*")re");
    static const std::regex number(R"re(staff\[\d+\])re");
    return std::regex_replace(std::regex_replace(json, place, ""), number, "staff[]");
}

class Structs {
  public:
    explicit Structs(const Ruleset& ruleset) : ruleset_(ruleset) {
        auto facts = crm::binder(ruleset).facts_of<crm::Case>();
        EXPECT_TRUE(facts) << (facts ? "" : facts.diagnostics().to_string());
        if (facts) facts_ = *std::move(facts);
    }

    void compare(const Case& read, const std::string& name) const {
        const auto object = facts_->read(read);
        ASSERT_TRUE(object) << name << "\n" << object.diagnostics().to_string();
        ASSERT_TRUE(ruleset_.check(facts_->of(*object)).empty()) << name;
        EXPECT_EQ(without_places(answered(ruleset_, read)), without_places(answered(ruleset_, facts_->of(*object))))
            << name;
    }

  private:
    Ruleset ruleset_;
    std::optional<Facts<crm::Case>> facts_;
};

TEST(Crm, ClientsOfTheWorkingDay) {
    const auto ruleset = Ruleset::load((rules / "company.yaml").string());
    ASSERT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    const Structs structs(*ruleset);
    int cases = 0;
    for (const auto& file : fs::directory_iterator(rules / "day" / "clients")) {
        std::string message;
        const auto facts = ruleset->read_case(Ruleset::read_file(file.path().string(), message));
        ASSERT_TRUE(facts) << file.path() << facts.diagnostics().to_string();
        structs.compare(*facts, file.path().filename().string());
        ++cases;
    }
    EXPECT_GE(cases, 30);
}

TEST(Crm, EveryScenarioOfTheRules) {
    int cases = 0;
    for (const auto& file : fs::recursive_directory_iterator(rules)) {
        if (!file.path().string().ends_with(".scenario.yaml")) continue;
        Rulesets rulesets;
        Diagnostics diagnostics;
        std::string message;
        const auto scenarios =
            read_scenarios(Ruleset::read_file(file.path().string(), message), {}, rulesets, diagnostics);
        ASSERT_TRUE(scenarios) << diagnostics.to_string();
        const Structs structs(scenarios->ruleset);
        for (const Scenario& scenario : scenarios->scenarios) {
            structs.compare(scenario.facts, scenario.name);
            ++cases;
        }
    }
    EXPECT_GE(cases, 500);
}

TEST(Crm, OutcomesAsStructs) {
    const auto ruleset = Ruleset::load((rules / "company.yaml").string());
    ASSERT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    const Binder binder = crm::binder(*ruleset);
    const auto facts = binder.facts_of<crm::Case>();
    const auto reservations = binder.outcome_of<crm::Reservations>();
    const auto owner = binder.outcome_of<crm::LeadOwner>();
    const auto commission = binder.outcome_of<crm::Commission>();
    const auto debt = binder.outcome_of<crm::Debt>();
    ASSERT_TRUE(facts && reservations && owner && commission && debt);

    using namespace std::chrono_literals;
    const Microseconds now = std::chrono::sys_days(2024y / 5 / 2) + 13h;
    crm::Case call;
    call.at = now;
    call.client = crm::Client();
    call.client->status = crm::ClientStatus::active;
    crm::Appointment booking;
    booking.id = "a1";
    booking.kind = crm::AppointmentKind::sale_contact;
    booking.product = "radar";
    booking.owner = "ana";
    booking.created_at = now - 1h;
    booking.quote_sent = true;
    call.client->appointments = {booking};
    call.request = crm::Request();
    call.request->product = "radar";
    call.request->handler = "caio";
    call.staff.emplace();
    for (const auto* id : {"ana", "caio"}) {
        crm::Staff staff;
        staff.id = id;
        staff.team = crm::Team::sales;
        staff.status = crm::StaffStatus::available;
        call.staff->push_back(staff);
    }
    call.sale = crm::CaseSale();
    call.sale->product = "radar";
    call.sale->amount = Money{25000};
    call.sale->closed_by = "ana";
    call.sale->at = now;
    call.sale->paid = Money{25000};

    const auto answers = ruleset->decide(facts->of(call));
    ASSERT_EQ(answers.size(), 7u);  // collection, duties and the check of the record follow
    const auto states = reservations->all_of(answers[0]);
    ASSERT_TRUE(states) << states.diagnostics().to_string();
    ASSERT_EQ(states->size(), 1u);
    EXPECT_EQ(states->front().state, crm::ReservationsState::live);
    EXPECT_EQ(states->front().expires_at, Microseconds(std::chrono::sys_days(2024y / 5 / 7) + 3h));
    EXPECT_EQ(owner->of(answers[1])->route, crm::LeadOwnerRoute::transfer);
    const auto paid = commission->of(answers[2]);
    ASSERT_TRUE(paid) << paid.diagnostics().to_string();
    EXPECT_EQ(paid->status, crm::CommissionStatus::accrued);
    ASSERT_EQ(paid->shares->size(), 1u);
    EXPECT_EQ(paid->shares->front().amount, Money{2500});
    EXPECT_TRUE(debt->of(answers[3])->discount_allowed);
    EXPECT_FALSE(owner->of(answers[0]));  // a list, of another decision
}

}  // namespace
}  // namespace praxe
