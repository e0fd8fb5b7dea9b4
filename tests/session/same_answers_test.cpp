// A session shows what Ruleset::decide answers, byte for byte: on random rulesets and cases, on the company's ruleset
// and on its shipped day.
//
// PRAXE_ROUNDS in the environment sets how many random cases are decided, PRAXE_SEED the first seed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <praxe/crm.hpp>
#include <praxe/session.hpp>

#include "../../bench/cases.hpp"
#include "check/model.hpp"
#include "random/ruleset_maker.hpp"

namespace praxe {
namespace {

constexpr std::int64_t noon = 1'715'784'000'000'000;  // 2024-05-15T14:40:00Z, among the instants of the cases

std::uint32_t from_environment(const char* name, std::uint32_t otherwise) {
    const char* set = std::getenv(name);
    return set == nullptr ? otherwise : static_cast<std::uint32_t>(std::atoi(set));
}

/// What is seen of a value piece by piece; to be the same of a view and of a Value.
std::string seen(const Model& model, const Value& value) {
    std::string text;
    switch (value.kind()) {
        case Kind::optional:
            return value.has_value() ? seen(model, value.as_optional()) : "nothing";
        case Kind::list:
            for (const Value& item : value.as_list()) text += seen(model, item) + ",";
            return "[" + text + "]";
        case Kind::map:
            for (const auto& [key, item] : value.as_map().entries)
                text += seen(model, key) + ":" + seen(model, item) + ",";
            return "{" + text + "}";
        case Kind::record: {
            const Record& record = value.as_record();
            for (std::size_t i = 0; i < model.shown_fields(*record.type); ++i)
                text += record.type->fields[i].name + "=" + seen(model, record.at(i)) + ",";
            return "(" + text + ")";
        }
        default:
            return to_text(value);
    }
}

std::string seen(const ValueView& view) {
    std::string text;
    switch (view.kind()) {
        case Kind::optional:
            return "nothing";
        case Kind::list:
            for (std::size_t i = 0; i < view.size(); ++i) text += seen(view[i]) + ",";
            return "[" + text + "]";
        case Kind::map:
            for (std::size_t i = 0; i < view.size(); ++i) text += seen(view.key(i)) + ":" + seen(view[i]) + ",";
            return "{" + text + "}";
        case Kind::record:
            for (std::size_t i = 0; i < view.size(); ++i) text += std::string(view.name(i)) + "=" + seen(view[i]) + ",";
            return "(" + text + ")";
        case Kind::absent:
            return to_text(Value());
        case Kind::string:
            return to_text(Value::string(std::string(view.text())));
        case Kind::boolean:
            return to_text(Value::boolean(view.is_true()));
        case Kind::real:
            return to_text(Value::real(view.real()));
        case Kind::integer:
        case Kind::date:
        case Kind::money:
            return to_text(Value::count(view.kind(), view.whole()));
        default:
            return to_text(view.value());
    }
}

Validity validity_of(const ValidUntil& view) {
    Validity validity;
    validity.until = view.until;
    validity.limited_by = view.limited_by;
    validity.evaluations = view.evaluations;
    return validity;
}

/// The answer that a view shows, made to stand alone.
Answer answer_of(const AnswerView& view, bool valid_until) {
    Answer answer;
    answer.decision = view.decision();
    answer.outcome = view.has_outcome() ? view.outcome().value() : Value::error(view.error());
    for (const ReasonView& reason : view.because()) {
        Because& because = answer.because.emplace_back();
        because.decision = reason.decision;
        because.rule = reason.rule;
        because.exception = reason.exception;
        because.cite.assign(reason.cite.begin(), reason.cite.end());
        because.item = reason.item;
    }
    if (!valid_until || !view.has_outcome()) return answer;
    answer.valid_until = validity_of(view.valid_until());
    const auto items = view.items_valid_until();
    for (std::size_t i = 0; i < items.size() && i < answer.because.size(); ++i)
        answer.because[i].valid_until = validity_of(items[i]);
    return answer;
}

/// A session beside the ruleset it is of.
class Both {
  public:
    Both(const Ruleset& ruleset, const DecideOptions& options) : ruleset_(ruleset), session_(ruleset, options) {
        options_ = options;
        options_.decisions = ruleset.decisions();
        for (const std::string& name : options_.decisions) questions_.push_back(*session_.question(name));
    }

    void compare(const Case& facts, bool valid_until) {
        session_.begin(facts, options_.at);
        compare_begun(facts, valid_until);
    }
    template <typename T>
    void compare(const Facts<T>& bound, const T& facts, bool valid_until) {
        session_.begin(bound.in_place(facts), options_.at);
        compare_begun(bound.of(facts), valid_until, true);
    }

    Session& session() { return session_; }
    std::size_t decisions = 0, errors = 0;

  private:
    void compare_begun(const Case& facts, bool valid_until, bool by_reference = false) {
        options_.valid_until = valid_until;
        std::vector<AnswerView> views;
        for (const auto& question : questions_) views.push_back(session_.decide(question));
        for (const AnswerView& view : views) {
            DecideOptions alone = options_;
            alone.decisions = {std::string(view.decision())};
            alone.by_reference = by_reference;
            const Answer told = ruleset_.decide(facts, alone).front();
            ASSERT_EQ(ruleset_.to_json(answer_of(view, valid_until)), ruleset_.to_json(told));
            ++decisions;
            errors += view.has_outcome() ? 0 : 1;
            if (!view.has_outcome()) continue;
            ASSERT_EQ(seen(view.outcome()), seen(ruleset_.model(), told.outcome));
        }
    }

    const Ruleset& ruleset_;
    DecideOptions options_;
    Session session_;
    std::vector<Session::Question> questions_;
};

void compare_random(random_rules::MakerOptions made) {
    std::size_t decisions = 0, errors = 0;
    const std::uint32_t first = from_environment("PRAXE_SEED", 1);
    for (std::uint32_t seed = first; seed < first + from_environment("PRAXE_ROUNDS", 40); ++seed) {
        random_rules::RulesetMaker maker(seed, made);
        RulesetLimits limits;
        limits.max_declared_steps = std::numeric_limits<std::size_t>::max();
        const auto ruleset = Ruleset::load(
            "r.yaml",
            [&](const std::string& path, std::string&) {
                return std::make_shared<const Source>(path, maker.files().at(path));
            },
            limits);
        ASSERT_TRUE(ruleset) << "seed " << seed << ruleset.diagnostics().to_string();
        Both both(*ruleset, {.at = noon, .max_evaluations = 200});
        for (const double fill : {1.0, 0.7, 0.4, 0.2, 0.0}) {
            const std::string text = maker.a_case(fill);
            const auto facts = ruleset->read_case(std::make_shared<const Source>("case.yaml", text));
            ASSERT_TRUE(facts) << "seed " << seed << facts.diagnostics().to_string();
            for (const bool valid_until : {false, true}) both.compare(*facts, valid_until);
            if (testing::Test::HasFatalFailure()) FAIL() << "seed " << seed << "\n" << maker.ruleset() << text;
        }
        decisions += both.decisions;
        errors += both.errors;
    }
    EXPECT_GT(errors, 0u);
    EXPECT_LT(errors, decisions / 2);
}

TEST(Session, ShowsTheSameOfRandomRulesets) {
    compare_random({});
}
TEST(Session, ShowsTheSameOfRandomRulesetsOverTime) {
    compare_random({.times = true});
}

Ruleset company() {
    auto ruleset = Ruleset::load(PRAXE_SOURCE_DIR "/rules/company.yaml");
    EXPECT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    return *std::move(ruleset);
}

TEST(Session, ShowsTheSameOfTheCompany) {
    const Ruleset ruleset = company();
    Both both(ruleset, {});
    for (std::size_t i = 0; i < from_environment("PRAXE_ROUNDS", 200); ++i) {
        const auto facts = ruleset.read_case(std::make_shared<Source>("case.json", bench::case_json(i)));
        ASSERT_TRUE(facts) << facts.diagnostics().to_string();
        for (const bool valid_until : {false, true}) both.compare(*facts, valid_until);
        ASSERT_FALSE(testing::Test::HasFatalFailure()) << "case " << i;
    }
}

crm::Away reversed() {
    crm::Away away;
    away.from = std::chrono::sys_days(std::chrono::days(2));
    away.until = std::chrono::sys_days(std::chrono::days(1));
    return away;
}

crm::Invoice invoice_of(Money amount, std::chrono::days due) {
    crm::Invoice invoice;
    invoice.id = "another";
    invoice.amount = amount;
    invoice.due = std::chrono::sys_days(due);
    return invoice;
}

crm::Appointment& first(crm::Case& one) {
    return one.client->appointments.front();
}

/// What a host's struct may hold and the vocabulary does not allow, and what it allows just so.
void (*const odd[])(crm::Case&) = {
    [](crm::Case&) {},
    [](crm::Case& one) { one.client->appointments.push_back(first(one)); },  // two of one id
    [](crm::Case& one) { first(one).id = std::nullopt; },
    [](crm::Case& one) { first(one).id = "\xff"; },  // no UTF-8
    [](crm::Case& one) { first(one).id = std::string(201, 'a'); },
    [](crm::Case& one) { first(one).id = std::string(200, 'a'); },
    [](crm::Case& one) { first(one).kind = static_cast<crm::AppointmentKind>(99); },
    [](crm::Case& one) { first(one).kind = static_cast<crm::AppointmentKind>(-1); },
    [](crm::Case& one) { first(one).owner = "nobody"; },
    [](crm::Case& one) { first(one).created_at = Microseconds::max(); },
    [](crm::Case& one) { one.client->invoices.push_back(invoice_of({-1}, std::chrono::days(0))); },
    [](crm::Case& one) { one.client->invoices.push_back(invoice_of({0}, std::chrono::days(0))); },
    [](crm::Case& one) { one.client->invoices.push_back(invoice_of({1}, std::chrono::days(3'000'000))); },
    [](crm::Case& one) { one.client->invoices.resize(10'001); },  // more than a list may hold
    [](crm::Case& one) { one.staff->front().away.push_back(reversed()); },
    [](crm::Case& one) { one.staff->push_back(one.staff->front()); },
    [](crm::Case& one) { one.staff->front().id = "\xff"; },
    [](crm::Case& one) { one.staff->clear(); },
    [](crm::Case& one) { one.staff.reset(); },
    [](crm::Case& one) { one.client.reset(); },
};

/// A host's structs, right ones and such as the vocabulary does not allow.
TEST(Session, ShowsTheSameOfStructs) {
    const Ruleset ruleset = company();
    const auto bound = *crm::binder(ruleset).facts_of<crm::Case>();
    Both both(ruleset, {});
    for (std::size_t i = 0; i < from_environment("PRAXE_ROUNDS", 150); ++i) {
        crm::Case one = *bound.read(*ruleset.read_case(std::make_shared<Source>("case.json", bench::case_json(i))));
        odd[i % std::size(odd)](one);
        for (const bool valid_until : {false, true}) both.compare(bound, one, valid_until);
        ASSERT_FALSE(testing::Test::HasFatalFailure()) << "case " << i;
    }
}

TEST(Session, KeepsATableOfTheFirstStruct) {
    const Ruleset ruleset = company();
    const auto bound = *crm::binder(ruleset).facts_of<crm::Case>();
    const auto read = [&](std::size_t i) {
        return *bound.read(*ruleset.read_case(std::make_shared<Source>("case.json", bench::case_json(i))));
    };
    Both both(ruleset, {});
    EXPECT_TRUE(both.session().keep("staff").empty());
    EXPECT_EQ(both.session().keep("stuff").to_string(),
              "error: there is no fact \"stuff\"\n    hint: did you mean \"staff\"?\n");
    const crm::Case first = read(0);
    both.session().begin(bound.in_place(first));
    for (std::size_t i = 1; i < 50; ++i) {
        crm::Case one = read(i);
        one.staff = first.staff;
        both.compare(bound, one, true);
        ASSERT_FALSE(testing::Test::HasFatalFailure()) << "case " << i;
    }
}

/// What the vocabulary does not allow of a table is met by each case as if it had been read from that case.
TEST(Session, KeepsATableThatIsNotRight) {
    using Staff = std::optional<std::vector<crm::Staff>>;
    static constexpr void (*changes[])(Staff&) = {
        [](Staff& staff) { staff->front().away.push_back(reversed()); },
        [](Staff& staff) { staff->back().deputy = staff->front().id; },
        [](Staff& staff) { staff->front().deputy = "nobody"; },
        [](Staff& staff) { staff->front().team.reset(); },
        [](Staff& staff) { staff->push_back(staff->front()); },
        [](Staff& staff) { staff->front().id = "\xff"; },
        [](Staff& staff) { staff->front().away.resize(1'001); },
        [](Staff& staff) { staff->resize(1); },
        [](Staff& staff) { staff->clear(); },
        [](Staff& staff) { staff.reset(); },
    };
    const Ruleset ruleset = company();
    const auto bound = *crm::binder(ruleset).facts_of<crm::Case>();
    const auto read = [&](std::size_t i) {
        return *bound.read(*ruleset.read_case(std::make_shared<Source>("case.json", bench::case_json(i))));
    };
    Both both(ruleset, {});
    std::vector<crm::Case> firsts;  // all that is kept stands until something else is
    firsts.reserve(std::size(changes));
    for (const auto change : changes) {
        crm::Case& first = firsts.emplace_back(read(firsts.size()));
        change(first.staff);
        EXPECT_TRUE(both.session().keep("staff").empty());
        both.session().begin(bound.in_place(first));
        for (std::size_t i = 20; i < 40; ++i) {
            crm::Case one = read(i);
            one.staff = first.staff;
            both.compare(bound, one, i % 2 == 0);
            ASSERT_FALSE(testing::Test::HasFatalFailure()) << "table " << firsts.size() << ", case " << i;
        }
    }
}

struct Group {
    std::string id;
};
struct Person {
    std::string id;
    std::optional<std::string> deputy, group;
};
struct Firm {
    std::vector<Person> people;
    std::vector<Group> groups;
    std::string who;
};

/// Names of others are looked for in what is kept, or in the case where those are not.
TEST(Session, KeepsATableThatNamesOthers) {
    const std::map<std::string, std::string> files = {{"v.yaml", R"yaml(vocabulary: v
records:
  Group: {key: id, fields: {id: {is: string, max_bytes: 9}}}
  Person:
    key: id
    fields:
      id: {is: string, max_bytes: 9}
      deputy?: {is: string, max_bytes: 9, one_of: people, checked: true}
      group?: {is: string, max_bytes: 9, one_of: groups, checked: true}
facts:
  people: {map: Person, by: id, max_items: 9}
  groups: {map: Group, by: id, max_items: 9}
  who: {is: string, max_bytes: 9}
)yaml"},
                                                      {"r.yaml", R"yaml(ruleset: r
vocabulary: v.yaml
zone: UTC
decisions:
  deputy: {gives: {of: string}, always: {of: "people[who].?deputy.orValue('-')"}}
  group: {gives: {of: string}, always: {of: "people[who].?group.orValue('-')"}}
)yaml"}};
    const auto loaded = Ruleset::load("r.yaml", [&](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path, files.at(path));
    });
    ASSERT_TRUE(loaded) << loaded.diagnostics().to_string();
    const Ruleset& ruleset = *loaded;
    Binder binder(ruleset);
    binder.record<Group>("Group").field("id", &Group::id);
    binder.record<Person>("Person")
        .field("id", &Person::id)
        .field("deputy", &Person::deputy)
        .field("group", &Person::group);
    binder.facts<Firm>().field("people", &Firm::people).field("groups", &Firm::groups).field("who", &Firm::who);
    const auto bound_facts = binder.facts_of<Firm>();
    ASSERT_TRUE(bound_facts) << bound_facts.diagnostics().to_string();
    const Facts<Firm>& bound = *bound_facts;
    const std::vector<Person> people = {
        {"ana", "bia", "east"}, {"bia", "nobody", "west"}, {"caio", {}, "nowhere"}, {"davi", "davi", {}}};
    DecideOptions options;
    options.at = 0;
    for (const std::vector<std::string>& kept : {std::vector<std::string>{"people"}, {"people", "groups"}}) {
        Both both(ruleset, options);
        for (const std::string& fact : kept) EXPECT_TRUE(both.session().keep(fact).empty());
        Firm one = {people, {{"east"}, {"west"}}, "ana"};
        const Firm first = one;
        both.session().begin(bound.in_place(first), 0);
        for (const std::vector<Group>& groups : {first.groups, {{"east"}}, {{"west"}, {"nowhere"}}}) {
            if (kept.size() == 1) one.groups = groups;
            for (const char* who : {"ana", "bia", "caio", "davi", "eva"}) {
                one.who = who;
                both.compare(bound, one, false);
                ASSERT_FALSE(testing::Test::HasFatalFailure()) << who << ", " << kept.size() << " kept";
            }
        }
        EXPECT_GT(both.errors, 0u);
        EXPECT_LT(both.errors, both.decisions);
    }
}

TEST(Session, ShowsTheSameOfTheShippedDay) {
    const Ruleset ruleset = company();
    Both both(ruleset, {});
    std::size_t clients = 0;
    for (const auto& file : std::filesystem::directory_iterator(PRAXE_SOURCE_DIR "/rules/day/clients")) {
        std::string message;
        const auto facts = ruleset.read_case(Ruleset::read_file(file.path(), message));
        ASSERT_TRUE(facts) << facts.diagnostics().to_string();
        both.compare(*facts, true);
        ASSERT_FALSE(testing::Test::HasFatalFailure()) << file.path();
        ++clients;
    }
    EXPECT_GE(clients, 30u);
}

}  // namespace
}  // namespace praxe
