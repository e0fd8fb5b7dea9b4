// `valid_until` against brute force: random rulesets and cases, each decided at every instant at which anything could
// change, and at the microseconds beside it.
//
// PRAXE_ROUNDS in the environment sets how many rulesets are made, PRAXE_SEED the first seed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <praxe/ruleset.hpp>

#include "random/moving_ruleset.hpp"

namespace praxe {
namespace {

std::uint32_t from_environment(const char* name, std::uint32_t otherwise) {
    const char* set = std::getenv(name);
    return set == nullptr ? otherwise : static_cast<std::uint32_t>(std::atoi(set));
}

/// What is shown of outcomes: of the whole, and of each item that has an id.
struct Shown {
    std::string whole;
    std::map<std::string, std::string> items;
    bool is_error = false;
};

class Stepping {
  public:
    Stepping(const Ruleset& ruleset, const Case& facts, std::string decision)
        : ruleset_(ruleset), facts_(facts), decision_(std::move(decision)) {}

    Answer answer(Instant at, bool valid_until) const {
        DecideOptions options;
        options.decisions = {decision_};
        options.at = at;
        options.valid_until = valid_until;
        options.explain = valid_until;
        options.max_evaluations = 3'000;
        return ruleset_.decide(facts_, options).front();
    }

    Shown shown(const Answer& answer) const {
        Shown shown;
        if (answer.outcome.is_error()) {
            shown.is_error = true;
            shown.whole = answer.outcome.as_error().message + answer.outcome.as_error().path;
            return shown;
        }
        shown.whole = text_of(answer.outcome);
        if (!answer.outcome.is(Kind::list)) return shown;
        for (std::size_t i = 0; i < answer.because.size() && i < answer.outcome.as_list().size(); ++i)
            shown.items.emplace(answer.because[i].item, text_of(answer.outcome.as_list()[i]));
        return shown;
    }
    Shown shown_at(Instant at) const { return shown(answer(at, false)); }

  private:
    std::string text_of(const Value& outcome) const {
        Answer alone;
        alone.decision = decision_;
        alone.outcome = outcome;
        return ruleset_.to_json(alone);
    }

    const Ruleset& ruleset_;
    const Case& facts_;
    std::string decision_;
};

/// Every instant after `at`, up to the last day, at which anything could change, with its neighbours.
std::vector<Instant> candidates(const random_rules::Generator& generator, Instant at) {
    const Instant end = generator.zone().start_of_day(generator.last_day() + 1);
    std::set<Instant> all;
    const auto add = [&](Instant t) {
        for (const Instant near : {t - 1, t, t + 1}) {
            if (near > at && near <= end) all.insert(near);
        }
    };
    const auto add_moved = [&](Instant t) {
        for (const Instant by : generator.durations) add(t + by);
    };
    for (const Instant t : generator.instants) add_moved(t);
    for (Day day = generator.first_day() - 3; day <= generator.last_day() + 3; ++day) {
        for (int h = 0; h < 25; ++h) add_moved(generator.zone().start_of_day(day) + h * random_rules::hour);
    }
    return {all.begin(), all.end()};
}

class ValidUntil {
  public:
    explicit ValidUntil(std::uint32_t seed) : seed_(seed), generator_(seed) {}

    void run() {
        const std::map<std::string, std::string> files = {{"v.yaml", std::string(random_rules::vocabulary)},
                                                          {"week.yaml", generator_.calendar()},
                                                          {"other.yaml", generator_.other_calendar()},
                                                          {"r.yaml", generator_.ruleset()}};
        ruleset_text_ = files.at("r.yaml");
        const auto ruleset = Ruleset::load("r.yaml", [&](const std::string& path, std::string&) {
            return std::make_shared<const Source>(path, files.at(path));
        });
        ASSERT_TRUE(ruleset) << "seed " << seed_ << "\n" << ruleset_text_ << ruleset.diagnostics().to_string();
        for (int i = 0; i < 3; ++i) {
            case_text_ = generator_.a_case();
            const auto facts = ruleset->read_case(std::make_shared<const Source>("case.yaml", case_text_));
            ASSERT_TRUE(facts) << "seed " << seed_ << "\n" << case_text_ << facts.diagnostics().to_string();
            for (const std::string& decision : generator_.asked)
                check(Stepping(*ruleset, *facts, decision), decision, generator_.moment());
        }
    }

    int decided() const { return decided_; }
    int changing() const { return changing_; }

  private:
    void check(const Stepping& stepping, const std::string& decision, Instant at) {
        const Answer answer = stepping.answer(at, true);
        if (answer.outcome.is_error()) return;
        ++decided_;
        const Shown now = stepping.shown(answer);
        ASSERT_TRUE(answer.valid_until);
        const Seen seen = step_through(stepping, now, at);
        if (seen.first.contains("")) ++changing_;
        expect_explained(stepping, *answer.valid_until);
        expect("", decision, at, *answer.valid_until, seen);
        for (const Because& because : answer.because) {
            if (because.valid_until) expect(because.item, decision, at, *because.valid_until, seen);
        }
    }

    /// When the whole ("") and each item was first seen to differ.
    struct Seen {
        std::map<std::string, Instant> first;
        bool lost = false;  // the decision became an error: nothing is known of items that may have gone on
    };

    Seen step_through(const Stepping& stepping, const Shown& now, Instant at) const {
        Seen seen;
        for (const Instant t : candidates(generator_, at)) {
            const Shown then = stepping.shown_at(t);
            if (then.whole != now.whole) seen.first.emplace("", t);
            seen.lost = then.is_error;
            if (seen.lost) break;
            for (const auto& [item, text] : now.items) {
                if (differs(now, then, item)) seen.first.emplace(item, t);
            }
            if (seen.first.size() == now.items.size() + 1) break;
        }
        return seen;
    }

    static bool differs(const Shown& now, const Shown& then, const std::string& item) {
        const auto found = then.items.find(item);
        return found == then.items.end() || found->second != now.items.at(item);
    }

    void expect(const std::string& item, const std::string& decision, Instant at, const Validity& told,
                const Seen& seen) {
        const auto found = seen.first.find(item);
        if (found == seen.first.end() && seen.lost) return;
        const Instant end = generator_.zone().start_of_day(generator_.last_day() + 1);
        const auto first = found == seen.first.end() ? std::nullopt : std::optional(found->second);
        const auto said = told.until && *told.until <= end ? told.until : std::nullopt;
        // Hours of the day may change for ever without the outcome: the search then stops, but not before the last day.
        if (told.limited_by == LimitedBy::horizon) {
            EXPECT_GT(*told.until, end);
        }
        EXPECT_EQ(text(said), text(first))
            << "seed " << seed_ << ", " << decision << " " << item << " at " << text(at) << "\n"
            << ruleset_text_ << "\n"
            << case_text_;
    }

    /// What ends the outcome is named, and the outcome from then on is the one that is decided then.
    void expect_explained(const Stepping& stepping, const Validity& told) const {
        const bool ends = told.until && told.limited_by != LimitedBy::horizon;
        ASSERT_EQ(told.because.has_value(), ends) << "seed " << seed_;
        if (!ends) return;
        EXPECT_TRUE(told.because->place) << "seed " << seed_ << ", at " << text(told.until);
        EXPECT_FALSE(told.because->comparison.empty() && told.because->fact.empty())
            << "seed " << seed_ << ", at " << text(told.until);
        if (told.limited_by == LimitedBy::calendar) return;
        ASSERT_TRUE(told.next) << "seed " << seed_;
        Answer next;
        next.outcome = *told.next;
        EXPECT_EQ(stepping.shown(next).whole, stepping.shown_at(*told.until).whole) << "seed " << seed_;
    }

    std::string text(std::optional<Instant> at) const { return at ? generator_.zone().format(*at) : "never"; }

    std::uint32_t seed_;
    random_rules::Generator generator_;
    std::string ruleset_text_, case_text_;
    int decided_ = 0, changing_ = 0;
};

TEST(ValidUntil, IsTheFirstInstantAtWhichTheOutcomeDiffers) {
    const std::uint32_t first = from_environment("PRAXE_SEED", 1);
    const std::uint32_t rounds = from_environment("PRAXE_ROUNDS", 60);
    int decided = 0, changing = 0;
    for (std::uint32_t seed = first; seed < first + rounds; ++seed) {
        ValidUntil test(seed);
        test.run();
        decided += test.decided();
        changing += test.changing();
        if (HasFailure()) break;
    }
    EXPECT_GT(decided, 0);
    EXPECT_GT(changing, decided / 10) << "too few outcomes change: the test says little";
}

}  // namespace
}  // namespace praxe
