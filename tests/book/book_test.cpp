// A book of cases against deciding them at every instant at which anything could change; and what it keeps and refuses.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <praxe/book.hpp>

#include "random/moving_ruleset.hpp"

namespace praxe {
namespace {

constexpr const char* vocabulary = R"(
vocabulary: v
records:
  Deal:
    fields:
      paid_at?: {is: timestamp, happens: true}
facts:
  at?: timestamp
  due?: timestamp
  deal?: {is: Deal, absent: {}}
)";

constexpr const char* rules = R"(
ruleset: r
vocabulary: v.yaml
effective: {from: 2024-01-01}
clauses: {P.1: {pt: um, en: one}}
decisions:
  standing:
    asks: {pt: "Como está?", en: "How does it stand?"}
    needs: [due]
    gives: {state: [open, over]}
    hit: first
    rules:
      - {id: over, cite: P.1, when: at >= due, then: {state: over}, say: {pt: venceu, en: expired}}
      - {id: open, cite: P.1, then: {state: open}, say: {pt: aberto, en: open}}
  paid:
    asks: {pt: "Pago?", en: "Paid?"}
    needs: [deal]
    gives: {paid: bool}
    always: {paid: has(deal.paid_at)}
  receipt:
    needs: [deal.paid_at]
    gives: {n: int}
    always: {n: 1}
)";

Instant instant(std::string_view text) {
    return parse_instant(text)->micros;
}

Ruleset load() {
    auto loaded = Ruleset::load("r.yaml", [](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path, path == "r.yaml" ? rules : vocabulary);
    });
    EXPECT_TRUE(loaded) << loaded.diagnostics().to_string();
    return *loaded;
}

const Instant start = instant("2024-05-01T00:00:00Z");
const Instant first_due = instant("2024-05-02T00:00:00Z");
constexpr const char* due_first = R"({"due": "2024-05-02T00:00:00Z"})";
constexpr const char* due_second = R"({"due": "2024-05-03T00:00:00Z"})";

std::string outcome_text(const Ruleset& ruleset, const Value& outcome) {
    if (outcome.is_absent()) return "none";
    Answer answer;
    answer.outcome = outcome;
    const std::string json = ruleset.to_json(answer);
    if (outcome.is_error()) return "error: " + outcome.as_error().message;
    const std::size_t begin = json.find("\"outcome\":") + 10;
    return json.substr(begin, json.find(",\"because\"") - begin);
}

/// `2024-05-02T00:00:00Z c1 standing: {"state":"open"} -> {"state":"over"}`
std::string text(const Book& book, const Change& change) {
    return fmt::format("{} {} {}: {} -> {}", Zone::utc().format(change.at), change.case_id, change.now.decision,
                       outcome_text(book.ruleset(), change.before), outcome_text(book.ruleset(), change.now.outcome));
}
std::vector<std::string> texts(const Book& book, const std::vector<Change>& changes) {
    std::vector<std::string> out;
    for (const Change& change : changes) out.push_back(text(book, change));
    return out;
}
using Texts = std::vector<std::string>;

Book open(BookOptions options = {.decisions = {"standing"}}, Instant now = start) {
    auto book = Book::open(load(), now, std::move(options));
    EXPECT_TRUE(book) << book.diagnostics().to_string();
    return *std::move(book);
}

TEST(Book, TellsTheFirstOfAllWakeups) {
    Book book = open();
    EXPECT_FALSE(book.next_wakeup());
    ASSERT_TRUE(book.put("c2", due_second));
    EXPECT_EQ(book.next_wakeup()->case_id, "c2");
    ASSERT_TRUE(book.put("c1", due_first));
    EXPECT_EQ(book.next_wakeup()->case_id, "c1");
    EXPECT_EQ(book.next_wakeup()->at, first_due);
    EXPECT_EQ(book.next_wakeup()->decision, "standing");
    EXPECT_EQ(book.wakeups().size(), 2u);
    EXPECT_EQ(book.wakeups(1).size(), 1u);
    EXPECT_TRUE(book.remove("c1"));
    EXPECT_FALSE(book.remove("c1"));
    EXPECT_EQ(book.next_wakeup()->case_id, "c2");
    EXPECT_EQ(book.size(), 1u);
}

TEST(Book, TellsWhatChangesByTimeWithItsReason) {
    Book book = open({.decisions = {"standing"}, .texts = true});
    ASSERT_TRUE(book.put("c1", due_first));
    EXPECT_TRUE(book.due(first_due - 1).empty());
    EXPECT_EQ(book.now(), first_due - 1);
    const std::vector<Change> changes = book.due(first_due);
    ASSERT_EQ(texts(book, changes), Texts{R"(2024-05-02T00:00:00Z c1 standing: {"state":"open"} -> {"state":"over"})"});
    EXPECT_EQ(changes[0].now.because.at(0).rule, "over");
    EXPECT_EQ(changes[0].now.because.at(0).text.at("en"), "expired");
    EXPECT_EQ(changes[0].because->rule, "over");
    EXPECT_EQ(changes[0].because->fact, "due");
    EXPECT_FALSE(changes[0].now.valid_until->until);
    EXPECT_FALSE(book.next_wakeup());
    EXPECT_TRUE(book.due(first_due).empty());
    EXPECT_TRUE(book.due(start).empty());
    EXPECT_EQ(book.now(), first_due) << "the clock does not go back";
}

TEST(Book, TellsWhatOtherFactsChange) {
    Book book = open();
    EXPECT_EQ(texts(book, *book.put("c1", due_first)),
              Texts{R"(2024-05-01T00:00:00Z c1 standing: none -> {"state":"open"})"});
    EXPECT_TRUE(book.put("c1", due_second)->empty()) << "another instant, but the same outcome";
    EXPECT_EQ(book.next_wakeup()->at, instant("2024-05-03T00:00:00Z"));
    EXPECT_EQ(book.wakeups().size(), 1u) << "the wake-up of the facts before is gone";
    const auto over = book.put("c1", R"({"due": "2024-04-01T00:00:00Z"})");
    EXPECT_EQ(texts(book, *over), Texts{R"(2024-05-01T00:00:00Z c1 standing: {"state":"open"} -> {"state":"over"})"});
    EXPECT_FALSE(over->at(0).because) << "nothing turned over: the facts are others";
}

TEST(Book, LeavesOutWhatTheFactsCannotAnswer) {
    Book book = open({});
    EXPECT_EQ(texts(book, *book.put("c1", R"({"deal": {"paid_at": "2024-05-04T00:00:00Z"}})")),
              Texts{R"(2024-05-01T00:00:00Z c1 paid: none -> {"paid":false})"});
    EXPECT_EQ(texts(book, *book.put("c1", due_first)),
              Texts{R"(2024-05-01T00:00:00Z c1 standing: none -> {"state":"open"})"});
    EXPECT_EQ(texts(book, *book.put("c1", "{}")),
              Texts{R"(2024-05-01T00:00:00Z c1 standing: {"state":"open"} -> none)"});
}

TEST(Book, WakesDecisionsThatCouldNotBeMadeYet) {
    Book book = open({.decisions = {"receipt"}});
    const auto first = book.put("c1", R"({"deal": {"paid_at": "2024-05-04T00:00:00Z"}})");
    EXPECT_TRUE(first->at(0).now.outcome.is_error());
    EXPECT_EQ(
        texts(book, book.due(instant("2024-05-05T00:00:00Z"))),
        Texts{"2024-05-04T00:00:00Z c1 receipt: error: \"receipt\" needs \"deal.paid_at\", which lies ahead of the "
              "instant judged -> {\"n\":1}"});

    Book early = open({.decisions = {"paid"}}, instant("2023-12-01T00:00:00Z"));
    ASSERT_TRUE(early.put("c1", "{}"));
    EXPECT_EQ(early.next_wakeup()->at, instant("2024-01-01T00:00:00Z"));
    EXPECT_EQ(early.due(start).at(0).because->fact, "effective.from");
}

TEST(Book, StaysAsItWasWhereACaseIsWrong) {
    Book book = open();
    ASSERT_TRUE(book.put("c1", due_first));
    for (const char* wrong : {R"({"dew": "2024-05-02T00:00:00Z"})", "{", "", R"({"due": 1})"}) {
        const auto refused = book.put("c1", wrong);
        ASSERT_FALSE(refused) << wrong;
        EXPECT_NE(refused.diagnostics().to_string().find("c1:1:"), std::string::npos);
    }
    EXPECT_FALSE(book.put("c2", "{"));
    EXPECT_FALSE(book.contains("c2"));
    EXPECT_EQ(book.size(), 1u);
    EXPECT_EQ(book.next_wakeup()->at, first_due);
    EXPECT_FALSE(book.put("c3", *load().read_case(std::make_shared<const Source>("c", "due: 2024-05-02T00:00:00Z"))));
}

TEST(Book, RefusesADecisionThatThereIsNot) {
    const auto book = Book::open(load(), start, {.decisions = {"standin"}});
    ASSERT_FALSE(book);
    EXPECT_NE(book.diagnostics().to_string().find("did you mean \"standing\"?"), std::string::npos);
}

TEST(Book, StopsAfterSoManyChangesAndGoesOn) {
    Book book = open();
    for (const char* id : {"c3", "c1", "c2"}) ASSERT_TRUE(book.put(id, due_first));
    EXPECT_EQ(book.due(instant("2024-06-01T00:00:00Z"), 2).at(1).case_id, "c2") << "those of one instant by case";
    EXPECT_EQ(book.now(), first_due);
    EXPECT_EQ(book.due(instant("2024-06-01T00:00:00Z"), 2).at(0).case_id, "c3");
    EXPECT_EQ(book.now(), instant("2024-06-01T00:00:00Z"));
}

TEST(Book, LooksAheadForChangesAloneOrNotAtAll) {
    Book changes = open({.decisions = {"standing"}, .lookahead = Lookahead::of_changes});
    EXPECT_EQ(changes.put("c1", due_first)->at(0).now.valid_until->until, first_due);
    Book never = open({.decisions = {"standing"}, .lookahead = Lookahead::never});
    EXPECT_FALSE(never.put("c1", due_first)->at(0).now.valid_until);
    EXPECT_EQ(never.next_wakeup()->at, first_due);
    const auto due = never.due(first_due);
    EXPECT_EQ(texts(never, due), Texts{R"(2024-05-02T00:00:00Z c1 standing: {"state":"open"} -> {"state":"over"})"});
    EXPECT_EQ(due.at(0).because->fact, "due");
}

TEST(Book, KeepsOutcomes) {
    Book book = open({.decisions = {"standing", "receipt"}, .explain = false, .keep_outcomes = true});
    ASSERT_TRUE(book.put("c1", R"({"due": "2024-05-02T00:00:00Z", "deal": {"paid_at": "2024-05-02T00:00:00Z"}})"));
    const auto due = book.due(first_due);
    EXPECT_EQ(texts(book, due),
              (Texts{R"(2024-05-02T00:00:00Z c1 standing: {"state":"open"} -> {"state":"over"})",
                     "2024-05-02T00:00:00Z c1 receipt: error: \"receipt\" needs \"deal.paid_at\", which lies ahead of "
                     "the instant judged -> {\"n\":1}"}));
    EXPECT_FALSE(due.at(0).because);
    EXPECT_EQ(texts(book, *book.put("c1", due_second)).at(0),
              R"(2024-05-02T00:00:00Z c1 standing: {"state":"over"} -> {"state":"open"})");
}

TEST(Book, LooksAgainWhereTheSearchEnded) {
    constexpr std::int64_t hour = 3'600'000'000;
    Book near = open({.decisions = {"standing"}, .horizon = hour});
    ASSERT_TRUE(near.put("c1", due_first));
    EXPECT_EQ(near.next_wakeup()->at, first_due);
    EXPECT_EQ(near.due(first_due).size(), 1u);
}

class HostBook : public testing::Test {
  protected:
    Result<Case> read(const std::string& id) const {
        return ruleset_.read_case(std::make_shared<const Source>(id, facts_.at(id)), true);
    }
    Book open() {
        return *Book::open(ruleset_, start, [this](const std::string& id) { return read(id); },
                           {.decisions = {"standing"}});
    }

    Ruleset ruleset_ = load();
    std::map<std::string, std::string> facts_{{"c1", due_first}};
};

TEST_F(HostBook, AsksForTheFactsOfWhatIsDue) {
    Book book = open();
    ASSERT_TRUE(book.put("c1", *read("c1")));
    EXPECT_FALSE(book.put("c1", due_first)) << "the host keeps the facts";
    EXPECT_EQ(texts(book, book.due(first_due)),
              Texts{R"(2024-05-02T00:00:00Z c1 standing: {"state":"open"} -> {"state":"over"})"});
}

TEST_F(HostBook, SaysNothingOfBeforeWhereTheFactsAreOthersByNow) {
    Book book = open();
    ASSERT_TRUE(book.put("c1", *read("c1")));
    facts_["c1"] = R"({"due": "2024-04-01T00:00:00Z"})";
    EXPECT_EQ(texts(book, book.due(first_due)), Texts{R"(2024-05-02T00:00:00Z c1 standing: none -> {"state":"over"})"});
}

TEST_F(HostBook, LeavesAloneWhatReadsNothingThatDiffers) {
    Book book = open();
    const Case first = *read("c1");
    ASSERT_TRUE(book.put("c1", first));
    facts_["c1"] = R"({"due": "2024-04-01T00:00:00Z"})";
    const Case second = *read("c1");
    EXPECT_TRUE(book.put("c1", second, second)->empty()) << "the host says that nothing differs";
    EXPECT_EQ(book.next_wakeup()->at, first_due);
    EXPECT_EQ(texts(book, *book.put("c1", second, first)),
              Texts{R"(2024-05-01T00:00:00Z c1 standing: {"state":"open"} -> {"state":"over"})"});
    EXPECT_FALSE(book.put("c1", second, *load().read_case(std::make_shared<const Source>("c1", due_first), true)));
}

TEST_F(HostBook, TellsFactsThatCanNoLongerBeRead) {
    Book book = open();
    ASSERT_TRUE(book.put("c1", *read("c1")));
    facts_["c1"] = "{";
    const auto changes = book.due(first_due);
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_TRUE(changes[0].now.outcome.is_error());
    EXPECT_FALSE(book.next_wakeup());
    facts_["c1"] = due_second;
    ASSERT_TRUE(book.put("c1", *read("c1")));
    EXPECT_TRUE(book.next_wakeup());
}

TEST_F(HostBook, RefusesCasesOfAnotherRuleset) {
    Book book = open();
    const Ruleset other = load();
    EXPECT_FALSE(book.put("c1", *other.read_case(std::make_shared<const Source>("c1", due_first), true)));
    EXPECT_EQ(book.size(), 0u);
}

// ------------------------------------------------------------------------------------------- against stepping

/// The changes of one decision as seen at every instant at which anything could change.
class Stepping {
  public:
    Stepping(const Ruleset& ruleset, const random_rules::Generator& generator)
        : ruleset_(ruleset), generator_(generator) {}

    Texts changes(const Case& facts, const std::string& decision, Instant at, Instant end) const {
        Texts out;
        std::string before = shown(facts, decision, at);
        for (const Instant t : candidates(at, end)) {
            std::string now = shown(facts, decision, t);
            if (now != before) out.push_back(fmt::format("{} {} -> {}", Zone::utc().format(t), before, now));
            before = std::move(now);
        }
        return out;
    }

  private:
    std::string shown(const Case& facts, const std::string& decision, Instant at) const {
        const DecideOptions how{.decisions = {decision}, .at = at, .valid_until = false};
        return outcome_text(ruleset_, ruleset_.decide(facts, how).front().outcome);
    }

    std::set<Instant> candidates(Instant at, Instant end) const {
        std::set<Instant> all;
        const auto add_moved = [&](Instant t) {
            for (const Instant by : generator_.durations) {
                for (const Instant near : {t + by, t + by + 1}) {
                    if (near > at && near <= end) all.insert(near);
                }
            }
        };
        for (const Instant t : generator_.instants) add_moved(t);
        for (Day day = generator_.first_day() - 3; day <= generator_.last_day() + 3; ++day) {
            for (int h = 0; h < 25; ++h) add_moved(generator_.zone().start_of_day(day) + h * random_rules::hour);
        }
        return all;
    }

    const Ruleset& ruleset_;
    const random_rules::Generator& generator_;
};

/// What a book tells until then, by case and decision.
std::map<std::pair<std::string, std::string>, Texts> told_by(Book& book, Instant end, std::size_t& told) {
    std::map<std::pair<std::string, std::string>, Texts> seen;
    Instant last = book.now();
    for (const Change& change : book.due(end)) {
        EXPECT_GE(change.at, last);
        last = change.at;
        seen[{change.case_id, change.now.decision}].push_back(
            fmt::format("{} {} -> {}", Zone::utc().format(change.at), outcome_text(book.ruleset(), change.before),
                        outcome_text(book.ruleset(), change.now.outcome)));
        EXPECT_TRUE(change.because);
        ++told;
    }
    return seen;
}

TEST(Book, TellsEveryChangeOnce) {
    std::size_t told = 0;
    for (std::uint32_t seed = 1; seed <= 40 && !testing::Test::HasFailure(); ++seed) {
        random_rules::Generator generator(seed);
        const std::map<std::string, std::string> files = {{"v.yaml", std::string(random_rules::vocabulary)},
                                                          {"week.yaml", generator.calendar()},
                                                          {"other.yaml", generator.other_calendar()},
                                                          {"r.yaml", generator.ruleset()}};
        const auto ruleset = Ruleset::load("r.yaml", [&](const std::string& path, std::string&) {
            return std::make_shared<const Source>(path, files.at(path));
        });
        ASSERT_TRUE(ruleset) << seed;
        std::map<std::string, Case> cases;
        for (const char* id : {"a", "b", "c"}) {
            const auto facts = ruleset->read_case(std::make_shared<const Source>(id, generator.a_case()));
            ASSERT_TRUE(facts) << seed;
            cases.emplace(id, *facts);
        }
        const Instant at = generator.moment();
        const Instant end = generator.zone().start_of_day(generator.last_day() + 1);
        const Stepping stepping(*ruleset, generator);
        std::map<std::pair<std::string, std::string>, Texts> expected;
        for (const auto& [id, facts] : cases) {
            for (const std::string& decision : generator.asked)
                expected[{id, decision}] = stepping.changes(facts, decision, at, end);
        }
        for (const Lookahead lookahead : {Lookahead::always, Lookahead::of_changes, Lookahead::never}) {
            const bool keep = (seed + static_cast<std::uint32_t>(lookahead)) % 2 == 0;
            auto book = Book::open(
                *ruleset, at, [&](const std::string& id) -> Result<Case> { return cases.at(id); },
                {.decisions = generator.asked, .lookahead = lookahead, .keep_outcomes = keep, .max_evaluations = 50});
            ASSERT_TRUE(book);
            for (const auto& [id, facts] : cases) ASSERT_TRUE(book->put(id, facts));
            const auto seen = told_by(*book, end, told);
            for (const auto& [which, changes] : expected) {
                const auto found = seen.find(which);
                EXPECT_EQ(found == seen.end() ? Texts() : found->second, changes)
                    << "seed " << seed << ", " << which.first << ", " << which.second << "\n"
                    << files.at("r.yaml");
            }
        }
    }
    EXPECT_GT(told, 600u);
}

}  // namespace
}  // namespace praxe
