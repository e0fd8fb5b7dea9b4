// What ends an answer's validity: which comparison, of which rule, on which fact; and what follows.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <praxe/ruleset.hpp>

#include "value/time.hpp"

namespace praxe {
namespace {

constexpr const char* vocabulary = R"(
vocabulary: v
records:
  Visit:
    since: created_at
    key: id
    fields:
      id: string
      created_at: timestamp
      renewed_at?: {is: timestamp, happens: true}
      renewed_by?: {is: string, with: renewed_at}
  Deal:
    fields:
      paid_at?: {is: timestamp, happens: true}
  Away:
    fields: {from: date, until: date}
facts:
  at?: timestamp
  due?: timestamp
  day?: date
  limit?: int
  deal?: {is: Deal, absent: {}}
  visits?: {list: Visit, absent: []}
  away?: {list: Away, absent: []}
)";

constexpr const char* week = R"(
calendar: week
known: {from: 2024-01-01, until: 2024-06-30}
week_off: [saturday, sunday]
days_off: [{name: x, only: 2024-05-01}]
)";

constexpr const char* ruleset = R"(
ruleset: r
vocabulary: v.yaml
zone: America/Sao_Paulo
calendars: [week.yaml]
calendar: week
effective: {from: 2024-01-01, until: 2024-12-30}
parameters:
  term: {is: calendar_days, value: 3, min: 1, max: 9, pt: prazo, en: term}
define:
  late: at >= due
  paid: has(deal.paid_at)
decisions:
  first_hit:
    gives: {state: [open, over]}
    let: {ends: 'due + duration("24h")'}
    hit: first
    rules:
      - {id: over, when: at >= ends, then: {state: over}}
      - {id: open, then: {state: open}}
  unique_hit:
    gives: {n: int}
    hit: unique
    rules:
      - {id: one, unless: late, then: {n: 1}}
      - {id: two, when: late, then: {n: 2}}
  any_hit:
    gives: {n: int}
    hit: any
    rules:
      - {id: one, when: at < due, then: {n: 1}}
      - {id: same, when: at < timestamp("2024-04-02T10:00:00-03:00"), then: {n: 1}}
      - {id: two, when: at >= due, then: {n: 2}}
  priority_hit:
    gives: {k: [high, low]}
    hit: priority
    priority: k
    rules:
      - {id: low, then: {k: low}}
      - {id: high, when: days_since(due) >= term, then: {k: high}}
  collect_hit:
    gives: {k: [a, b]}
    hit: collect
    rules:
      - {id: a, then: {k: a}}
      - {id: b, any: ['date(at) > day', paid], then: {k: b}}
  rule_for_each:
    gives: {id: string}
    hit: collect
    rules:
      - {id: every, each: {visit: visits}, when: '!has(visit.renewed_at)', then: {id: visit.id}}
  excepted:
    gives: {n: int}
    hit: first
    rules:
      - id: general
        then: {n: 1}
        except: [{id: rush, when: 'at.getHours("America/Sao_Paulo") >= 18', then: {n: general.n + 1}}]
  day_ahead:
    gives: {n: int}
    hit: first
    rules:
      - {id: later, when: 'date(at + duration("8h")) > day', then: {n: 1}}
      - {id: before, then: {n: 2}}
  in_table:
    gives: {n: int}
    hit: first
    table: |
      id    | at      || n
      early | < due   || 1
      then  | -       || 2
  in_equal_cells:
    gives: {n: int}
    hit: first
    table: |
      id    | limit | at                                  || n
      one   | 1     | < timestamp("2024-04-02T13:00:00Z") || 1
      two   | 2     | < timestamp("2024-04-02T13:00:00Z") || 2
      then  | -     | -                                   || 3
  over_by:
    given: {t: timestamp}
    gives: {over: bool}
    always: {over: at > t}
  calls:
    gives: {over: bool}
    always: {over: over_by(due).over}
  asks_another:
    gives: {over: bool}
    always: {over: 'first_hit.state == "over"'}
  circuit:
    gives: {on: bool}
    always: {on: 'limit > 3 && at >= due || at >= due + duration("48h")'}
  second_look:
    gives: {on: bool}
    always: {on: 'at >= due && at >= due + duration("48h")'}
  appears:
    gives: {n: int}
    always: {n: visits.size()}
  renewed:
    gives: {by: string}
    always: {by: 'visits.exists(v, has(v.renewed_by)) ? "someone" : "nobody"'}
  states:
    each: {visit: visits}
    gives: {id: string, old: bool}
    always: {id: visit.id}
    hit: first
    rules: [{id: all, then: {old: 'at >= visit.created_at + duration("24h")'}}]
  leaving:
    each: {visit: visits}
    where: '!has(visit.renewed_at)'
    gives: {id: string, left: bool}
    always: {id: visit.id}
    hit: first
    rules: [{id: all, then: {left: "false"}}]
  newest:
    pick: {visit: visits}
    order: [visit.id]
  worked:
    gives: {soon: bool}
    always: {soon: 'business_days_since(day) <= business_days(200)'}
  away_now:
    gives: {away: bool}
    always: {away: 'away.exists(a, date(at) >= a.from && date(at) <= a.until)'}
  still:
    gives: {n: int}
    always: {n: 1}
)";

Ruleset load() {
    auto loaded = Ruleset::load("r.yaml", [](const std::string& path, std::string&) {
        const char* const text = path == "r.yaml" ? ruleset : path == "v.yaml" ? vocabulary : week;
        return std::make_shared<const Source>(path, text);
    });
    EXPECT_TRUE(loaded) << loaded.diagnostics().to_string();
    return *loaded;
}

const Ruleset& rules() {
    static const Ruleset loaded = load();
    return loaded;
}

Case read(const std::string& facts) {
    auto read = rules().read_case(std::make_shared<const Source>("case.yaml", facts));
    EXPECT_TRUE(read) << read.diagnostics().to_string();
    return *read;
}

std::string local(std::optional<Instant> at) {
    return at ? Zone::find("America/Sao_Paulo")->format(*at) : "never";
}

/// `decision, rule, exception, binding: comparison [fact]`, and the text that the place underlines.
std::string told(const Flip& flip) {
    std::string out = flip.decision;
    for (const std::string& name : {flip.rule, flip.exception, flip.binding}) {
        if (!name.empty()) out += (out.empty() ? "" : ", ") + name;
    }
    const Place& place = flip.place;
    const std::string_view there =
        std::string_view(place.source->text()).substr(place.span.begin, place.span.end - place.span.begin);
    return fmt::format("{}: {} [{}] {}", out, flip.comparison, flip.fact, there.substr(0, there.find('\n')));
}

std::string next_of(const Validity& validity) {
    if (!validity.next) return "unknown";
    if (validity.next->is_error()) return validity.next->as_error().message;
    if (validity.next->is_absent()) return "gone";
    Answer answer;
    answer.outcome = *validity.next;
    const std::string json = rules().to_json(answer);
    const std::size_t begin = json.find("\"outcome\":") + 10;
    return json.substr(begin, json.find(",\"because\"") - begin);
}

Answer decide(const std::string& decision, const std::string& facts, DecideOptions options = {}) {
    options.decisions = {decision};
    options.explain = true;
    return rules().decide(read(facts), options).front();
}

struct Row {
    const char* decision;
    const char* facts;
    const char* until;
    const char* told;
    const char* next;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.decision;
}

class FlipTest : public testing::TestWithParam<Row> {};

TEST_P(FlipTest, IsNamed) {
    const auto& [decision, facts, until, expected, next] = GetParam();
    const Answer answer = decide(decision, facts);
    ASSERT_FALSE(answer.outcome.is_error()) << answer.outcome.as_error().message;
    const Validity& validity = *answer.valid_until;
    EXPECT_EQ(local(validity.until), until);
    ASSERT_TRUE(validity.because);
    EXPECT_EQ(told(*validity.because), expected);
    EXPECT_EQ(next_of(validity), next);
}

constexpr const char* due = "{at: 2024-04-01T10:00:00-03:00, due: 2024-04-02T10:00:00-03:00}";
constexpr const char* two_visits =
    "{at: 2024-04-01T10:00:00-03:00, visits: [{id: a, created_at: 2024-04-01T09:00:00-03:00, "
    "renewed_at: 2024-04-01T12:00:00-03:00, renewed_by: x}, {id: b, created_at: 2024-04-01T11:00:00-03:00}]}";

INSTANTIATE_TEST_SUITE_P(
    Rows, FlipTest,
    testing::Values(
        Row{"first_hit", due, "2024-04-03T10:00:00-03:00", "first_hit, over: at >= ends [due] at >= ends",
            R"({"state":"over"})"},
        Row{"unique_hit", due, "2024-04-02T10:00:00-03:00", "late: at >= due [due] at >= due", R"({"n":2})"},
        Row{"any_hit", due, "2024-04-02T10:00:00-03:00", "any_hit, one: at < due [due] at < due", R"({"n":2})"},
        Row{"priority_hit", due, "2024-04-05T00:00:00-03:00",
            "priority_hit, high: days_since(due) >= term [due] days_since(due) >= term", R"({"k":"high"})"},
        Row{"collect_hit", "{at: 2024-04-01T10:00:00-03:00, day: 2024-04-09}", "2024-04-10T00:00:00-03:00",
            "collect_hit, b: date(at) > day [day] date(at) > day", R"([{"k":"a"},{"k":"b"}])"},
        Row{"collect_hit",
            "{at: 2024-04-01T10:00:00-03:00, day: 2024-04-09, deal: {paid_at: 2024-04-02T10:00:00-03:00}}",
            "2024-04-02T10:00:00-03:00", "paid: deal.paid_at [deal.paid_at] deal.paid_at", R"([{"k":"a"},{"k":"b"}])"},
        Row{"excepted", due, "2024-04-01T18:00:00-03:00",
            R"(excepted, general, rush: at.getHours("America/Sao_Paulo") >= 18 [] at.getHours("America/Sao_Paulo") >= 18)",
            R"({"n":2})"},
        Row{"day_ahead", "{at: 2024-04-01T10:00:00-03:00, day: 2024-04-09}", "2024-04-09T16:00:00-03:00",
            R"(day_ahead, later: date(at + duration("8h")) > day [day] date(at + duration("8h")) > day)", R"({"n":1})"},
        Row{"in_table", due, "2024-04-02T10:00:00-03:00", "in_table, early: at < due [due] < due", R"({"n":2})"},
        Row{"in_equal_cells", "{at: 2024-04-01T10:00:00-03:00, limit: 2}", "2024-04-02T10:00:00-03:00",
            R"(in_equal_cells, two: at < timestamp("2024-04-02T13:00:00Z") [] < timestamp("2024-04-02T13:00:00Z"))",
            R"({"n":3})"},
        Row{"calls", due, "2024-04-02T10:00:00.000001-03:00", "over_by: at > t [due] at > t", R"({"over":true})"},
        Row{"asks_another", due, "2024-04-03T10:00:00-03:00", "first_hit, over: at >= ends [due] at >= ends",
            R"({"over":true})"},
        // Nothing is decided otherwise at the first candidate, where the comparison that counts is first looked at.
        Row{"second_look", due, "2024-04-04T10:00:00-03:00",
            R"(second_look: at >= due + duration("48h") [due] at >= due + duration("48h"))", R"({"on":true})"},
        Row{"circuit", "{at: 2024-04-01T10:00:00-03:00, due: 2024-04-02T10:00:00-03:00, limit: 1}",
            "2024-04-04T10:00:00-03:00", R"(circuit: at >= due + duration("48h") [due] at >= due + duration("48h"))",
            R"({"on":true})"},
        Row{"circuit", "{at: 2024-04-01T10:00:00-03:00, due: 2024-04-02T10:00:00-03:00, limit: 9}",
            "2024-04-02T10:00:00-03:00", "circuit: at >= due [due] at >= due", R"({"on":true})"},
        Row{"appears", two_visits, "2024-04-01T11:00:00-03:00", "appears: visits [visits[1].created_at] visits",
            R"({"n":2})"},
        Row{"renewed", two_visits, "2024-04-01T12:00:00-03:00",
            "renewed: v.renewed_by [visits[0].renewed_at] v.renewed_by", R"({"by":"someone"})"},
        Row{"rule_for_each", two_visits, "2024-04-01T11:00:00-03:00",
            "rule_for_each, every: visits [visits[1].created_at] visits", R"([{"id":"a"},{"id":"b"}])"},
        Row{"states", two_visits, "2024-04-01T11:00:00-03:00", "states: visits [visits[1].created_at] visits",
            R"([{"id":"a","old":false},{"id":"b","old":false}])"},
        // A picked record is shown as it stands: nothing written asks for what it shows.
        Row{"newest", two_visits, "2024-04-01T12:00:00-03:00", "newest:  [visits[0].renewed_at] newest",
            R"({"id":"a","created_at":"2024-04-01T09:00:00-03:00","renewed_at":"2024-04-01T12:00:00-03:00","renewed_by":"x"})"},
        Row{"away_now", "{at: 2024-04-01T10:00:00-03:00, away: [{from: 2024-03-01, until: 2024-04-05}]}",
            "2024-04-06T00:00:00-03:00", "away_now: date(at) <= a.until [away[0].until] date(at) <= a.until",
            R"({"away":false})"},
        Row{"still", "{at: 2024-04-01T10:00:00-03:00}", "2024-12-31T00:00:00-03:00", ":  [effective.until] 2024-12-30",
            R"(the ruleset "r" is in force only until 2024-12-31T00:00:00-03:00)"}));

TEST(Flip, OfAnItemIsItsOwn) {
    const Answer states = decide("states", two_visits);
    const Validity& own = *states.because.at(0).valid_until;
    EXPECT_EQ(local(own.until), "2024-04-02T09:00:00-03:00");
    EXPECT_EQ(told(*own.because),
              "states, all: at >= visit.created_at + duration(\"24h\") [visits[0].created_at] at >= visit.created_at + "
              "duration(\"24h\")");
    EXPECT_EQ(next_of(own), R"({"id":"a","old":true})");
}

TEST(Flip, OfAnItemThatGoesLeavesNothing) {
    const Answer leaving = decide("leaving", two_visits);
    const Validity& own = *leaving.because.at(0).valid_until;
    EXPECT_EQ(told(*own.because), "leaving: visit.renewed_at [visits[0].renewed_at] visit.renewed_at");
    EXPECT_EQ(next_of(own), "gone");
}

TEST(Flip, OfTheLastKnownDayIsToldAsALimit) {
    const Answer answer = decide("worked", "{at: 2024-04-01T10:00:00-03:00, day: 2024-03-20}");
    const Validity& validity = *answer.valid_until;
    EXPECT_EQ(local(validity.until), "2024-07-01T00:00:00-03:00");
    EXPECT_EQ(validity.limited_by, LimitedBy::calendar);
    ASSERT_TRUE(validity.because);
    EXPECT_EQ(told(*validity.because), "worked: business_days_since(day) [day] business_days_since(day)");
    EXPECT_FALSE(validity.next);
    EXPECT_NE(rules().to_json(answer).find(R"("limited_by":"calendar")"), std::string::npos);
}

TEST(Flip, BeyondTheHorizonIsNotLookedFor) {
    constexpr std::int64_t day = 86'400'000'000;
    const Validity near = *decide("first_hit", due, {.horizon = 2 * day}).valid_until;
    EXPECT_EQ(near.limited_by, LimitedBy::nothing);
    const Validity far = *decide("first_hit", due, {.horizon = 2 * day - 1}).valid_until;
    EXPECT_EQ(far.limited_by, LimitedBy::horizon);
    EXPECT_EQ(far.until, near.until);  // the outcome does hold until then, and no longer is claimed
    EXPECT_FALSE(far.because);
    EXPECT_FALSE(far.next);
    const Validity never_ends =
        *decide("first_hit", due, {.horizon = std::numeric_limits<std::int64_t>::max()}).valid_until;
    EXPECT_EQ(never_ends.limited_by, LimitedBy::nothing);
}

TEST(Flip, IsCountedInEvaluations) {
    EXPECT_EQ(decide("first_hit", due).valid_until->evaluations, 1u);
    EXPECT_EQ(decide("circuit", "{at: 2024-04-01T10:00:00-03:00, due: 2024-04-02T10:00:00-03:00, limit: 9}")
                  .valid_until->evaluations,
              1u);
    EXPECT_EQ(decide("second_look", due).valid_until->evaluations, 2u);
    EXPECT_EQ(decide("appears", "{at: 2024-04-01T10:00:00-03:00}").valid_until->evaluations, 1u);  // out of force
    EXPECT_EQ(decide("day_ahead", "{at: 2024-04-01T10:00:00-03:00, day: 2024-04-09}").valid_until->evaluations, 1u);
    EXPECT_EQ(decide("excepted", due).valid_until->evaluations, 1u);  // from ten o'clock to six, not from hour to hour
}

TEST(Flip, IsNotLookedForUnlessAsked) {
    const Answer answer = rules().decide(read(due), {.decisions = {"first_hit"}}).front();
    EXPECT_TRUE(answer.valid_until->until);
    EXPECT_FALSE(answer.valid_until->because);
    EXPECT_FALSE(answer.valid_until->next);
}

TEST(Flip, IsWrittenAsJson) {
    const std::string json = rules().to_json(decide("excepted", due));
    EXPECT_NE(json.find(R"j("validity":{"because":{"decision":"excepted","rule":"general","exception":"rush",)j"
                        R"j("comparison":"at.getHours(\"America/Sao_Paulo\") >= 18","rule_at":"r.yaml:)j"),
              std::string::npos)
        << json;
    EXPECT_NE(json.find(R"j("next":{"n":2}})j"), std::string::npos) << json;
}

}  // namespace
}  // namespace praxe
