// Replays of a small domain: lamps that are switched on and burn for an hour. Changes are compared as lines.
#include <gtest/gtest.h>

#include <map>
#include <praxe/history.hpp>

#include "check/model.hpp"
#include "facts/packed_record.hpp"
#include "history/arrivals.hpp"

namespace praxe {
namespace {

const std::map<std::string, std::string> lamp_files = {
    {"vocabulary.yaml", R"(
vocabulary: lamps
closed_sets: {colour: [red, green]}
records:
  Switch: {fields: {"at?": timestamp, "by?": {is: string, one_of: people, checked: true}}}
  Bulb: {key: id, fields: {"id?": string, "watts?": {is: int, min: 0}, "colour?": colour, "share?": double, "price?": money}}
  Lamp: {fields: {"id?": string, "on?": Switch, "bulbs?": {list: Bulb, max_items: 3, absent: []}}}
  Person: {fields: {id: string, "born?": date}}
facts:
  at?: timestamp
  lamp?: Lamp
  people?: {map: Person, by: id, max_items: 10, absent: {}}
)"},
    {"events.yaml", R"(
events: lamps
of: lamp.id
shared: [people]
types:
  put_up: {changes: lamp}
  switched_on: {puts: lamp.on, stamp: at}
  switched_off: {removes: lamp.on}
  bulb_added: {adds: lamp.bulbs}
  bulb_changed: {changes: lamp.bulbs}
  moved_in: {adds: people}
)"},
    {"lamps.yaml", R"(
ruleset: lamps
vocabulary: vocabulary.yaml
effective: {until: 2024-01-31}
decisions:
  light:
    asks: {pt: "Acesa?", en: "Is it lit?"}
    needs: [lamp]
    gives: {lit: bool, bulbs: int}
    always: {bulbs: lamp.bulbs.size()}
    hit: first
    rules:
      - {id: burning, when: [has(lamp.on), 'at < lamp.on.at + duration("1h")'], then: {lit: "true"}, say: {pt: acesa, en: lit}}
      - {id: dark, then: {lit: "false"}, say: {pt: apagada, en: dark}}
)"},
    {"later.yaml", R"(
ruleset: later
extends: lamps.yaml
effective: {from: 2024-02-01}
decisions:
  light:
    replace: {burning: {when: has(lamp.on), then: {lit: "true"}, say: {pt: acesa, en: lit}}}
)"},
    {"early.yaml", "ruleset: early\nextends: lamps.yaml\neffective: {from: 2024-01-15}\n"},
    {"others.yaml", "ruleset: others\nvocabulary: others_vocabulary.yaml\neffective: {from: 2024-02-01}\n"},
    {"others_vocabulary.yaml", "vocabulary: others\nfacts: {\"at?\": timestamp}\n"},
};

SourcePtr lamp_file(const std::string& path, std::string& message) {
    const auto file = lamp_files.find(path);
    if (file != lamp_files.end()) return std::make_shared<const Source>(path, file->second);
    message = "no such file";
    return nullptr;
}

Ruleset lamps(const std::string& name) {
    auto ruleset = Ruleset::load(name, lamp_file);
    EXPECT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    return *ruleset;
}

/// What a replay tells, line by line: `AT CASE TO CAUSE`, with ` late`; `refused MESSAGE`.
class Told {
  public:
    explicit Told(Replay replay) : replay_(std::move(replay)) {}
    static Told of(std::vector<Ruleset> rulesets, ReplayOptions options = {}) {
        auto replay = Replay::open(std::move(rulesets), std::move(options), lamp_file);
        EXPECT_TRUE(replay) << replay.diagnostics().to_string();
        return Told(*std::move(replay));
    }

    Told& read(const std::string& event) {
        replay_.read(std::make_shared<const Source>("events", event), sink());
        return *this;
    }
    Told& advance(const std::string& until) {
        replay_.advance(parse_instant(until)->micros, sink());
        return *this;
    }
    Told& finish() {
        replay_.finish(sink());
        return *this;
    }
    std::vector<std::string> take() { return std::exchange(lines_, {}); }
    Replay& replay() { return replay_; }

  private:
    Replay::Sink sink() {
        return {[this](const ReplayedChange& told) {
                    const Value& now = told.change.now.outcome;
                    const std::string to = now.is(Kind::record) ? to_text(now.as_record().fields[0]) + "," +
                                                                      to_text(now.as_record().fields[1])
                                                                : to_text(now);
                    const std::string cause = told.cause.kind == Cause::Kind::time ? "time"
                                              : told.cause.kind == Cause::Kind::ruleset
                                                  ? told.cause.ruleset
                                                  : told.cause.type + (told.cause.late ? " late" : "");
                    lines_.push_back(format_utc(told.change.at, 0).substr(5) + " " + told.change.case_id + " " + to +
                                     " " + cause);
                },
                [this](const Diagnostics& wrong) { lines_.push_back("refused " + wrong.sorted().front().message); }};
    }

    Replay replay_;
    std::vector<std::string> lines_;
};

using Lines = std::vector<std::string>;

std::string event(const std::string& at, const std::string& type, const std::string& rest = R"("lamp":"l1")") {
    return R"({"at":"2024-)" + at + R"(","type":")" + type + R"(",)" + rest + "}";
}

TEST(Replay, TellsWhatEventsAndTimeChange) {
    Told told = Told::of({lamps("lamps.yaml")});
    told.read(event("01-01T10:00:00Z", "put_up"));
    told.read(event("01-01T10:10:00Z", "switched_on"));
    told.read(event("01-01T10:40:00Z", "switched_on"));
    told.read(event("01-01T12:00:00Z", "put_up", R"("lamp":"l0")"));
    EXPECT_EQ(told.take(), (Lines{"01-01T10:00:00Z l1 false,0 put_up", "01-01T10:10:00Z l1 true,0 switched_on",
                                  "01-01T11:40:00Z l1 false,0 time", "01-01T12:00:00Z l0 false,0 put_up"}));
}

TEST(Replay, WhatTimeChangesAtAnEventsInstantComesFirst) {
    Told told = Told::of({lamps("lamps.yaml")});
    told.read(event("01-01T10:00:00Z", "switched_on"));
    told.read(event("01-01T11:00:00Z", "switched_on"));
    told.advance("2024-01-01T12:00:00Z");
    EXPECT_EQ(told.take(), (Lines{"01-01T10:00:00Z l1 true,0 switched_on", "01-01T11:00:00Z l1 false,0 time",
                                  "01-01T11:00:00Z l1 true,0 switched_on", "01-01T12:00:00Z l1 false,0 time"}));
}

TEST(Replay, AnEventThatComesLateIsAppliedWhenItComes) {
    Told told = Told::of({lamps("lamps.yaml")});
    told.read(event("01-01T10:00:00Z", "put_up"));
    told.read(event("01-01T10:30:00Z", "put_up", R"("lamp":"l0")"));
    told.read(event("01-01T10:10:00Z", "switched_on"));
    told.advance("2024-01-01T12:00:00Z");
    EXPECT_EQ(told.take(), (Lines{"01-01T10:00:00Z l1 false,0 put_up", "01-01T10:30:00Z l0 false,0 put_up",
                                  "01-01T10:30:00Z l1 true,0 switched_on late", "01-01T11:10:00Z l1 false,0 time"}));
    EXPECT_EQ(told.replay().counts().late, 1U);
}

TEST(Replay, TheWindowPutsInOrderWhatComesWithinIt) {
    Told told = Told::of({lamps("lamps.yaml")}, {.window = 1'800'000'000});
    told.read(event("01-01T10:00:00Z", "put_up"));
    told.read(event("01-01T10:30:00Z", "put_up", R"("lamp":"l0")"));
    told.read(event("01-01T10:10:00Z", "switched_on"));
    EXPECT_EQ(told.take(), (Lines{"01-01T10:00:00Z l1 false,0 put_up"}));
    told.finish();
    EXPECT_EQ(told.take(), (Lines{"01-01T10:10:00Z l1 true,0 switched_on", "01-01T10:30:00Z l0 false,0 put_up"}));
}

TEST(Replay, ADuplicateIsDroppedAndAnEventThatWasRefusedMayComeAgain) {
    Told told = Told::of({lamps("lamps.yaml")});
    const std::string added = event("01-01T10:00:00Z", "bulb_added", R"("id":"e1","lamp":"l1","record":{"id":"b1"})");
    told.read(added).read(added);
    EXPECT_EQ(told.take(), (Lines{"01-01T10:00:00Z l1 false,1 bulb_added"}));
    EXPECT_EQ(told.replay().counts().duplicates, 1U);
    const std::string changed =
        event("01-01T10:00:00Z", "bulb_changed", R"("id":"e2","lamp":"l1","record":{"id":"b2","watts":5})");
    told.read(changed);
    told.read(event("01-01T10:00:00Z", "bulb_added", R"("lamp":"l1","record":{"id":"b2"})"));
    told.read(changed);
    EXPECT_EQ(told.take(),
              (Lines{R"(refused there is no "b2" in "lamp.bulbs")", "01-01T10:00:00Z l1 false,2 bulb_added"}));
    EXPECT_EQ(
        told.replay().facts("l1", Replay::Notation::json),
        R"({"at": "2024-01-01T10:00:00Z", "lamp": {"id": "l1", "bulbs": [{"id": "b1"}, {"id": "b2", "watts": 5}]}})");
}

TEST(Replay, WhatDoesNotGoWithTheFactsIsRefusedAndChangesNothing) {
    Told told = Told::of({lamps("lamps.yaml")});
    told.read(event("01-01T10:00:00Z", "switched_on", R"("lamp":"l1","record":{"by":"ana"})"));
    told.read(event("01-01T10:00:00Z", "moved_in", R"("record":{"id":"ana"})"));
    told.read(event("01-01T10:00:00Z", "moved_in", R"("record":{"id":"ana"})"));
    told.read(event("01-01T10:00:00Z", "switched_on", R"("lamp":"l1","record":{"by":"ana"})"));
    for (const char* bulb : {"1", "2", "3", "4"})
        told.read(
            event("01-01T10:00:00Z", "bulb_added", std::string(R"("lamp":"l1","record":{"id":"c)") + bulb + "\"}"));
    EXPECT_EQ(told.take(),
              (Lines{R"(refused there is no "ana" in "people")", R"(refused there is already a "ana" in "people")",
                     "01-01T10:00:00Z l1 true,0 switched_on", "01-01T10:00:00Z l1 true,1 bulb_added",
                     "01-01T10:00:00Z l1 true,2 bulb_added", "01-01T10:00:00Z l1 true,3 bulb_added",
                     R"(refused "lamp.bulbs" has 4 items; 3 are the most)"}));
}

TEST(Replay, AnotherRulesetComesIntoForceOnItsDay) {
    Told told = Told::of({lamps("later.yaml"), lamps("lamps.yaml")});
    told.read(event("01-31T22:00:00Z", "put_up", R"("lamp":"l0")"));
    told.read(event("01-31T22:00:00Z", "switched_on"));
    told.advance("2024-03-01T00:00:00Z");
    EXPECT_EQ(told.take(), (Lines{"01-31T22:00:00Z l0 false,0 put_up", "01-31T22:00:00Z l1 true,0 switched_on",
                                  "01-31T23:00:00Z l1 false,0 time", "02-01T00:00:00Z l1 true,0 later"}));
}

TEST(Replay, NothingAfterItsLastInstantCounts) {
    Told told = Told::of({lamps("lamps.yaml")}, {.last = parse_instant("2024-01-01T10:30:00Z")->micros});
    told.read(event("01-01T10:00:00Z", "switched_on"));
    EXPECT_FALSE(told.replay().ended());
    told.read(event("01-01T13:00:00Z", "switched_off"));
    told.read(event("01-01T10:20:00Z", "switched_off"));
    EXPECT_TRUE(told.replay().ended());
    EXPECT_EQ(told.take(), (Lines{"01-01T10:00:00Z l1 true,0 switched_on"}));
}

/// What stands in the way of a replay by those rulesets.
std::string objection(std::vector<Ruleset> rulesets) {
    const auto replay = Replay::open(std::move(rulesets), {}, lamp_file);
    return replay ? "" : replay.diagnostics().sorted().front().message;
}

TEST(Replay, RulesetsThatContradictOneAnotherAreRefused) {
    EXPECT_EQ(objection({}), "a replay needs a ruleset");
    EXPECT_EQ(objection({lamps("lamps.yaml"), lamps("lamps.yaml")}),
              R"(the rulesets "lamps" and "lamps" come into force at one instant)");
    EXPECT_EQ(objection({lamps("lamps.yaml"), lamps("early.yaml")}),
              R"(the rulesets "lamps" and "early" are both in force at 2024-01-15T00:00:00Z)");
    EXPECT_EQ(objection({lamps("lamps.yaml"), lamps("others.yaml")}),
              R"(the rulesets "lamps" and "others" have other facts)");
}

TEST(RecentIds, KnowsTheLatestOnly) {
    RecentIds ids(2);
    EXPECT_TRUE(ids.remember("a"));
    EXPECT_TRUE(ids.remember("b"));
    EXPECT_FALSE(ids.remember("a"));
    EXPECT_TRUE(ids.remember("c"));  // and "a", the earliest, is forgotten
    EXPECT_FALSE(ids.remember("b"));
    EXPECT_TRUE(ids.remember("a"));
}

TEST(PackedRecord, IsTheSameRecordAgain) {
    const Ruleset ruleset = lamps("lamps.yaml");
    const auto read = ruleset.read_case(std::make_shared<const Source>("case.json", R"({"at": "1969-12-31T23:59:59.5Z",
        "lamp": {"id": "ç", "on": {"by": "ana"}, "bulbs": [{"id": "b1", "watts": 9223372036854775807, "colour": "green", "share": -0.1,
        "price": "-1.05"}, {}]}, "people": [{"id": "zoe"}, {"id": "ana", "born": "1900-02-28"}]})"));
    ASSERT_TRUE(read) << read.diagnostics().to_string();
    const auto facts = ruleset.facts(*read);
    const Schema& schema = *ruleset.model().schema;
    const std::string packed = pack(*facts, schema);
    const auto again = unpack(packed, *facts->type, schema, {});
    EXPECT_TRUE(identical(Value::record(facts), Value::record(again)));
    EXPECT_EQ(again->fields[1].as_record().fields[2].as_list()[1].as_record().path, "lamp.bulbs[1]");
    EXPECT_LT(packed.size(), 80U);
}

}  // namespace
}  // namespace praxe
