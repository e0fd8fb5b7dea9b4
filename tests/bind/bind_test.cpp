// A host's own structs: what they answer is what the same facts answer as a text, and every mistake of a binding is
// told.
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <praxe/bind.hpp>

namespace praxe {
namespace {

using namespace std::chrono_literals;

Ruleset company() {
    auto ruleset = Ruleset::load(std::string(PRAXE_SOURCE_DIR) + "/rules/company.yaml");
    EXPECT_TRUE(ruleset) << (ruleset ? "" : ruleset.diagnostics().to_string());
    return *ruleset;
}

/// An instant of São Paulo, which is three hours behind UTC since 2019.
Microseconds local(int year, unsigned month, unsigned day, std::chrono::microseconds time_of_day = 0s) {
    using namespace std::chrono;
    return sys_days(year_month_day{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)}) +
           time_of_day + 3h;
}

// ------------------------------------------------------------------------------------------------ a host of its own

enum class Why { quoted, nobody };

struct Booking {
    std::string id;
    Why why = Why::nobody;
    std::string service;
    std::unique_ptr<std::string> seller;
    std::chrono::sys_time<std::chrono::seconds> made;
    std::optional<Microseconds> renewed;
    bool sent = false;
};

struct Debt {
    const char* number = nullptr;
    std::chrono::year_month_day due;
    Money face;
    std::optional<Microseconds> paid;
};

struct Customer {
    std::string state;
    std::vector<Booking> bookings;
    std::vector<std::unique_ptr<Debt>> debts;
};

struct Colleague {
    std::string login, team, role, standing;
};

struct Call {
    Microseconds now;
    Customer* customer = nullptr;
    std::map<std::string, Colleague> colleagues;
    std::string service, attendant;
};

struct Answered {
    enum class Route { transfer, any, here } route = Route::here;
    std::optional<std::string> owner;
    std::vector<std::string> candidates;
    std::optional<std::string> reservation;
};

struct Owed {
    struct Item {
        std::string id;
        std::string action;
    };
    std::vector<Item> items;
    Money forgive, collect;
    bool discount = true;
};

struct Wanted {
    std::string service, attendant;
};

Binder binder_of(const Ruleset& ruleset) {
    Binder binder(ruleset);
    binder.members<Why>("appointment_kind", {{Why::quoted, "sale_contact"}, {Why::nobody, "no_contact"}});
    binder.record<Booking>("Appointment")
        .field("id", &Booking::id)
        .field("kind", &Booking::why)
        .field("product", &Booking::service)
        .field("owner", &Booking::seller)
        .field("created_at", &Booking::made)
        .field("renewed_at", &Booking::renewed)
        .field("quote_sent", &Booking::sent);
    binder.record<Debt>("Invoice")
        .field("id", &Debt::number)
        .field("due", &Debt::due)
        .field("amount", &Debt::face)
        .field("paid_at", &Debt::paid);
    binder.record<Customer>("Client")
        .field("status", &Customer::state)
        .field("appointments", &Customer::bookings)
        .field("invoices", &Customer::debts);
    binder.record<Colleague>("Staff")
        .field("id", &Colleague::login)
        .field("team", &Colleague::team)
        .field("role", &Colleague::role)
        .field("status", &Colleague::standing);
    binder.record<Wanted>("Request").field("product", &Wanted::service).field("handler", &Wanted::attendant);
    binder.members<Answered::Route>("lead_owner.route", {{Answered::Route::transfer, "transfer"},
                                                         {Answered::Route::any, "any_seller"},
                                                         {Answered::Route::here, "attendant"}});
    binder.record<Answered>("lead_owner")
        .field("route", &Answered::route)
        .field("owner", &Answered::owner)
        .field("candidates", &Answered::candidates)
        .field("reservation", &Answered::reservation);
    binder.record<Owed::Item>("open_invoices").field("id", &Owed::Item::id).field("action", &Owed::Item::action);
    binder.record<Owed>("debt")
        .field("invoices", &Owed::items)
        .field("forgive", &Owed::forgive)
        .field("collect", &Owed::collect)
        .field("discount_allowed", &Owed::discount);
    return binder;
}

struct CallWithRequest : Call {
    Wanted wanted;
};

Facts<CallWithRequest> facts_of(Binder binder) {
    binder.facts<CallWithRequest>()
        .field("at", &CallWithRequest::now)
        .field("client", &CallWithRequest::customer)
        .field("staff", &CallWithRequest::colleagues)
        .field("request", &CallWithRequest::wanted);
    auto facts = binder.facts_of<CallWithRequest>();
    EXPECT_TRUE(facts) << (facts ? "" : facts.diagnostics().to_string());
    return *facts;
}

class Bound : public testing::Test {
  protected:
    Bound() : ruleset(company()), facts(facts_of(binder_of(ruleset))) {
        customer.state = "inactive";
        customer.bookings.resize(1);
        Booking& booking = customer.bookings.front();
        booking.id = "a1";
        booking.why = Why::quoted;
        booking.service = "radar";
        booking.seller = std::make_unique<std::string>("ana");
        booking.made = std::chrono::floor<std::chrono::seconds>(local(2024, 4, 29, 15h));
        booking.sent = true;
        customer.debts.push_back(
            std::make_unique<Debt>(Debt{"i1", {2023y / std::chrono::May / 10}, Money{12000}, std::nullopt}));
        customer.debts.push_back(
            std::make_unique<Debt>(Debt{"i2", {2024y / std::chrono::March / 10}, Money{8000}, std::nullopt}));
        call.now = local(2024, 5, 2, 10h);
        call.customer = &customer;
        call.colleagues["a"] = {"ana", "sales", "seller", "available"};
        call.colleagues["b"] = {"caio", "support", "attendant", "available"};
        call.wanted = {"radar", "caio"};
    }

    std::string json(DecideOptions options = {}) {
        const std::string told = ruleset.to_json(ruleset.decide(facts.of(call), options));
        options.by_reference = true;
        EXPECT_EQ(told, ruleset.to_json(ruleset.decide(facts.of(call), options)));
        return told;
    }
    std::string error(std::string_view decision) {
        DecideOptions options;
        options.decisions = {std::string(decision)};
        json(options);
        const auto answers = ruleset.decide(facts.of(call), options);
        return answers.front().outcome.is_error() ? answers.front().outcome.as_error().message : "";
    }

    Ruleset ruleset;
    Facts<CallWithRequest> facts;
    Customer customer;
    CallWithRequest call;
};

TEST_F(Bound, AnswersAsTheSameFactsDoAsText) {
    const auto source = std::make_shared<Source>("case.yaml", R"(
at: 2024-05-02T10:00:00-03:00
client:
  status: inactive
  appointments: [{id: a1, kind: sale_contact, product: radar, owner: ana, created_at: 2024-04-29T15:00:00-03:00, quote_sent: true}]
  invoices: [{id: i1, due: 2023-05-10, amount: "120.00"}, {id: i2, due: 2024-03-10, amount: "80.00"}]
request: {product: radar, handler: caio}
staff:
  - {id: ana, team: sales, role: seller, status: available}
  - {id: caio, team: support, role: attendant, status: available}
)");
    const auto read = ruleset.read_case(source);
    ASSERT_TRUE(read) << read.diagnostics().to_string();
    DecideOptions options;
    options.texts = true;
    EXPECT_EQ(json(options), ruleset.to_json(ruleset.decide(*read, options)));
    EXPECT_NE(json(options).find(R"("route":"transfer","owner":"ana")"), std::string::npos) << json(options);
}

TEST_F(Bound, IsReadInPlaceAndAnew) {
    const Case view = facts.of(call);
    EXPECT_TRUE(view.at() == call.now.time_since_epoch().count());
    const auto before = ruleset.decide(view);
    customer.bookings.front().service = "escavador";
    const auto after = ruleset.decide(view);
    ASSERT_EQ(before.size(), after.size());
    EXPECT_NE(ruleset.to_json(before), ruleset.to_json(after));
}

TEST_F(Bound, GivesOutcomesAsStructs) {
    const Binder binder = binder_of(ruleset);
    const auto owner = binder.outcome_of<Answered>();
    ASSERT_TRUE(owner) << owner.diagnostics().to_string();
    const auto owed = binder.outcome_of<Owed>();
    ASSERT_TRUE(owed) << owed.diagnostics().to_string();
    for (const Answer& answer : ruleset.decide(facts.of(call))) {
        if (answer.decision == "lead_owner") {
            const auto answered = owner->of(answer);
            ASSERT_TRUE(answered) << answered.diagnostics().to_string();
            EXPECT_EQ(answered->route, Answered::Route::transfer);
            EXPECT_EQ(answered->owner, "ana");
            EXPECT_EQ(answered->reservation, "a1");
            EXPECT_TRUE(answered->candidates.empty());
            EXPECT_EQ(owed->of(answer).diagnostics().to_string(),
                      R"(error: no outcome of "lead_owner": the struct is bound to "debt"
)");
        }
        if (answer.decision == "debt") {
            const auto debt = owed->of(answer);
            ASSERT_TRUE(debt) << debt.diagnostics().to_string();
            EXPECT_EQ(debt->collect, Money{20000});
            ASSERT_EQ(debt->items.size(), 2u);
            EXPECT_EQ(debt->items[1].id, "i2");
            EXPECT_EQ(debt->items[1].action, "collect");
        }
    }
}

TEST_F(Bound, AnswersOutliveEverything) {
    std::vector<Answer> answers;
    {
        const Ruleset own = company();
        const auto own_facts = facts_of(binder_of(own));
        CallWithRequest gone;
        static_cast<Call&>(gone) = call;
        gone.wanted = {"a product with a name that is not short", "caio"};
        Customer with_it;
        with_it.state = "active";
        gone.customer = &with_it;
        DecideOptions options;
        options.explain = true;
        answers = own.decide(own_facts.of(gone), options);
    }
    ASSERT_FALSE(answers.empty());
    for (const Answer& answer : answers) {
        EXPECT_FALSE(to_text(answer.outcome).empty());
        for (const WhyNot& why : answer.why_not) {
            for (const auto& [name, value] : why.read) EXPECT_FALSE(to_text(value).empty());
        }
    }
}

// ------------------------------------------------------------------------------------- what a host's objects may not
// hold

TEST_F(Bound, TellsAMemberThatTheSetDoesNotHave) {
    customer.state = "inactve";
    EXPECT_EQ(error("lead_owner"), R"("client.status" cannot be "inactve"; did you mean "inactive"?)");
    EXPECT_EQ(error("debt"), R"("client.status" cannot be "inactve"; did you mean "inactive"?)");
    EXPECT_EQ(ruleset.check(facts.of(call)).to_string(),
              R"(error: "client.status" cannot be "inactve"; did you mean "inactive"?
)");
}

TEST_F(Bound, TellsTwoWithOneKey) {
    call.colleagues["c"] = call.colleagues["a"];
    EXPECT_EQ(error("lead_owner"), R"(two of "staff" have the id "ana")");
}

TEST_F(Bound, TellsAnAmountBelowItsBound) {
    customer.debts[1]->face.cents = -1;
    EXPECT_EQ(error("debt"), R"("client.invoices[1].amount" is -0.01; the least is 0.00)");
    EXPECT_EQ(error("lead_owner"), "");
}

TEST_F(Bound, TellsADateThatThereIsNot) {
    customer.debts[0]->due = 2023y / std::chrono::February / 30;
    EXPECT_EQ(error("debt"), R"("client.invoices[0].due" is no date of the calendar)");
}

TEST_F(Bound, TellsAnEnumeratorWithoutAName) {
    customer.bookings[0].why = static_cast<Why>(7);
    EXPECT_EQ(error("reservations"), R"("client.appointments[0].kind" holds 7, which Binder::members gave no name)");
}

TEST_F(Bound, TellsANullAmongItems) {
    customer.debts.emplace_back();
    EXPECT_EQ(error("debt"), R"("client.invoices[2]" is null)");
}

TEST_F(Bound, TellsTextThatIsNotUtf8) {
    call.wanted.service = "\xff";
    EXPECT_EQ(error("lead_owner"), R"("request.product" is not UTF-8)");
}

TEST_F(Bound, TellsWhatIsNotGiven) {
    call.customer = nullptr;
    EXPECT_EQ(error("debt"), R"("debt" needs "client.status", which is not given)");
}

TEST_F(Bound, RefusesACaseOfAnotherRuleset) {
    const auto answers = company().decide(facts.of(call));
    ASSERT_FALSE(answers.empty());
    EXPECT_EQ(answers.front().outcome.as_error().message, "the case was read for another ruleset than this one");
}

// ------------------------------------------------------------------------------------------------ mistakes of bindings

struct Odd {
    std::string status;
    double amount = 0;
    int when = 0;
    Why why = Why::quoted;
    std::vector<Debt> debts;
    Debt debt;
    std::vector<std::string> texts;
};

TEST(Binding, TellsEveryMistakeAtOnce) {
    const Ruleset ruleset = company();
    Binder binder(ruleset);
    binder.members<Why>("appointment_kinds", {{Why::quoted, "sale_contact"}});
    binder.members<Answered::Route>("lead_owner.route", {{Answered::Route::any, "any_saler"}});
    binder.record<Debt>("Invoise");
    binder.record<Odd>("Client").field("statsu", &Odd::status).field("id", &Odd::status).field("id", &Odd::status);
    binder.facts<Odd>();
    EXPECT_EQ(binder.facts_of<Odd>().diagnostics().to_string(), R"(error: there is no closed set "appointment_kinds"
    hint: did you mean "appointment_kind"?
error: "lead_owner.route" has no member "any_saler"
    hint: did you mean "any_seller"?
error: there is no record and no decision "Invoise"
    hint: did you mean "Invoice"?
error: "Client" has no field "statsu"
    hint: did you mean "status"?
error: "Client.id" is bound twice
error: a struct is bound twice, again to "case"
)");
}

TEST(Binding, TellsTypesThatDoNotFit) {
    const Ruleset ruleset = company();
    Binder binder(ruleset);
    binder.record<Odd>("Client")
        .field("id", &Odd::amount)
        .field("status", &Odd::why)
        .field("inactivation", &Odd::debt)
        .field("invoices", &Odd::debts)
        .field("quotes", &Odd::texts)
        .field("sales", &Odd::amount);
    EXPECT_EQ(binder.facts_of<Odd>().diagnostics().to_string(),
              R"(error: "Client.id" is of type string, and a floating-point number is bound to it
    hint: bind a std::string
error: "Client.status" is bound to an enum whose members have no names
    hint: call members("client_status", {…}) for it
error: "Client.inactivation" is bound to a struct that is not bound itself
    hint: call record<…>("Inactivation") for it
error: "Client.invoices" is bound to a struct that is not bound itself
    hint: call record<…>("Invoice") for it
error: "Client.quotes" is of type Quote, and a text is bound to it
    hint: bind a struct
error: "Client.sales" is of type list(Sale), and a floating-point number is bound to it
    hint: bind a std::vector or another range
)");
}

TEST(Binding, TellsMembersOfAnotherSetAndStructsOfAnotherRecord) {
    const Ruleset ruleset = company();
    Binder binder(ruleset);
    binder.members<Why>("team", {{Why::quoted, "sales"}});
    binder.record<Debt>("Sale");
    binder.record<Odd>("Client").field("status", &Odd::why).field("invoices", &Odd::debts);
    EXPECT_EQ(binder.facts_of<Odd>().diagnostics().to_string(),
              R"(error: "Client.status" is of the closed set "client_status", and the enum of "team" is bound to it
error: "Client.invoices" is a "Invoice", and the struct of "Sale" is bound to it
)");
}

TEST(Binding, TellsWhatIsMissing) {
    const Ruleset ruleset = company();
    Binder binder(ruleset);
    binder.record<Colleague>("Staff").field("team", &Colleague::team);
    EXPECT_EQ(binder.facts_of<Colleague>().diagnostics().to_string(), R"(error: "Staff" needs the field "id"
)");
    EXPECT_EQ(binder.facts_of<Odd>().diagnostics().to_string(), R"(error: the struct that is asked for is not bound
)");
    EXPECT_EQ(binder.outcome_of<Colleague>().diagnostics().to_string(),
              R"(error: "Staff" is of facts, not an outcome
)");
}

TEST(Binding, TellsOutcomesThatCannotBeWritten) {
    struct Thin {
        std::string owner;
        std::string route;
    };
    const Ruleset ruleset = company();
    Binder binder(ruleset);
    binder.record<Thin>("lead_owner").field("owner", &Thin::owner).field("route", [](const Thin& t) {
        return t.route;
    });
    EXPECT_EQ(binder.outcome_of<Thin>().diagnostics().to_string(),
              R"(error: "lead_owner.owner" may be left out: bind a std::optional
error: "lead_owner.route" cannot be written: bind a member that holds it
)");
}

TEST(Binding, TellsTypesThatNoStructHolds) {
    const auto ruleset = Ruleset::load("wait.yaml", [](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path, path == "wait.yaml" ? R"(
ruleset: wait
vocabulary: none.yaml
decisions:
  wait: {gives: {how_long: duration, times: int}, hit: first, rules: [{id: a, then: {how_long: 'duration("1h")', times: "300"}}]}
)"
                                                                        : R"(
vocabulary: none
facts:
  at?: timestamp
)");
    });
    ASSERT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    struct Wait {
        int how_long = 0;
        std::int8_t times = 0;
    };
    struct Nothing {
        Microseconds now;
    };
    Binder wrong(*ruleset);
    wrong.record<Wait>("wait").field("how_long", &Wait::how_long);
    EXPECT_EQ(wrong.outcome_of<Wait>().diagnostics().to_string(),
              R"(error: "wait.how_long" is of type duration, which no struct holds
)");

    Binder narrow(*ruleset);
    narrow.record<Wait>("wait").field("times", &Wait::times);
    narrow.facts<Nothing>().field("at", &Nothing::now);
    const auto wait = narrow.outcome_of<Wait>();
    const auto nothing = narrow.facts_of<Nothing>();
    ASSERT_TRUE(wait && nothing);
    const Nothing now;
    DecideOptions options;
    options.decisions = {"wait"};
    EXPECT_EQ(wait->of(ruleset->decide(nothing->of(now), options).front()).diagnostics().to_string(),
              R"(error: no outcome of "wait": wait{how_long: duration("3600s"), times: 300} does not fit its struct
    hint: a number or an instant is out of its member's range
)");
}

TEST(Binding, TellsFactsThatDoNotFitAStruct) {
    struct Thin {
        std::int8_t capacity = 0;
    };
    struct Holder {
        Thin agenda;
    };
    const Ruleset ruleset = company();
    Binder binder(ruleset);
    binder.record<Thin>("Agenda").field("capacity", &Thin::capacity);
    binder.facts<Holder>().field("agenda", &Holder::agenda);
    const auto facts = binder.facts_of<Holder>();
    ASSERT_TRUE(facts) << facts.diagnostics().to_string();
    const auto read = [](const Ruleset& by, const std::string& text) {
        return *by.read_case(std::make_shared<Source>("case.yaml", text));
    };
    EXPECT_EQ(facts->read(read(ruleset, "agenda: {capacity: 20}"))->agenda.capacity, 20);
    EXPECT_EQ(facts->read(read(ruleset, "agenda: {capacity: 200}")).diagnostics().to_string(),
              R"(error: the facts do not fit their structs
    hint: a number or an instant is out of its member's range
)");
    EXPECT_EQ(facts->read(read(company(), "agenda: {capacity: 20}")).diagnostics().to_string(),
              R"(error: the case was read for another ruleset than the struct was bound to
)");
}

TEST(Binding, TellsAnEnumNamedTwice) {
    const Ruleset ruleset = company();
    Binder binder(ruleset);
    binder.members<Why>("team", {{Why::quoted, "sales"}}).members<Why>("role", {{Why::quoted, "seller"}});
    EXPECT_EQ(binder.facts_of<Odd>().diagnostics().to_string(), R"(error: an enum is named twice, again as "role"
error: the struct that is asked for is not bound
)");
}

TEST(Binding, ReadsWhatCallablesReturn) {
    struct Plain {
        int year = 2024;
    };
    const Ruleset ruleset = company();
    Binder binder(ruleset);
    struct Who {
        std::string first = "a", last = "na";
    };
    struct Office {
        Plain plain;
        std::vector<Who> who{{}};
        Customer customer;
    };
    binder.record<Customer>("Client").field("status", [](const Customer&) { return std::string("active"); });
    binder.record<Who>("Staff")
        .field("id", [](const Who& who) { return who.first + who.last; })
        .field("team", [](const Who&) { return "sales"; });
    binder.facts<Office>()
        .field("at", [](const Office& o) { return local(o.plain.year, 5, 2); })
        .field("client", &Office::customer)
        .field("staff", &Office::who);
    const auto facts = binder.facts_of<Office>();
    ASSERT_TRUE(facts) << facts.diagnostics().to_string();
    const Office office;
    const auto answers = ruleset.decide(facts->of(office));
    EXPECT_EQ(ruleset.to_json(answers), ruleset.to_json(ruleset.decide(facts->of(office), {.by_reference = true})));
    EXPECT_EQ(ruleset.to_json(answers).find("error"), std::string::npos) << ruleset.to_json(answers);
    EXPECT_NE(ruleset.to_json(answers).find("debt"), std::string::npos);
}

}  // namespace
}  // namespace praxe
