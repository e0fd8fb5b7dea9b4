// Decisions that share what they work out, by the machine as by the tree walk: whatever was asked before, and whatever
// limit is passed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <praxe/ruleset.hpp>
#include <praxe/session.hpp>
#include <string>

namespace praxe {
namespace {

constexpr std::string_view vocabulary = R"(vocabulary: v
records:
  Plain: {key: id, fields: {id: string, n: int}}
  Order:
    since: made
    fields: {made: timestamp, n: int}
facts:
  at?: timestamp
  n: int
  texts: {list: string}
  plains: {list: Plain}
  orders: {list: Order}
)";
constexpr std::string_view facts = R"(n: 3
texts: [x, y, x]
plains: [{id: p, n: 1}, {id: q, n: 2}, {id: r, n: 3}]
orders:
)";
constexpr int orders = 60;                          // of them two lie ahead
constexpr std::int64_t at = 1'714'608'000'000'000;  // 2024-05-02T00:00:00Z
constexpr std::int64_t forty_days = std::int64_t{40} * 86'400'000'000;

struct Asked {
    const char* name;
    const char* decisions;
    friend void PrintTo(const Asked& asked, std::ostream* out) { *out << asked.decisions; }
};

class AskedTogether : public testing::TestWithParam<Asked> {
  protected:
    AskedTogether() : ruleset_(load(GetParam().decisions)), case_(read(ruleset_)) {
        options_.decisions = ruleset_.decisions();
    }

    void compare(const std::string& what) {
        for (const bool valid_until : {false, true}) {
            options_.valid_until = valid_until;
            options_.by_reference = false;
            const auto ours = ruleset_.decide(case_, options_);
            options_.by_reference = true;
            const auto theirs = ruleset_.decide(case_, options_);
            ASSERT_EQ(ours.size(), theirs.size());
            for (std::size_t i = 0; i < ours.size(); ++i)
                ASSERT_EQ(ruleset_.to_json(ours[i]), ruleset_.to_json(theirs[i])) << what;
        }
    }

    const Ruleset ruleset_;
    const Case case_;
    DecideOptions options_{.at = at, .horizon = forty_days};

    static void compare_reasons(const AnswerView& view, const Answer& told) {
        ASSERT_TRUE(view.has_outcome());
        const auto because = view.because();
        ASSERT_EQ(because.size(), told.because.size()) << told.decision;
        for (std::size_t i = 0; i < because.size(); ++i) {
            EXPECT_EQ(because[i].decision, told.because[i].decision);
            EXPECT_EQ(because[i].rule, told.because[i].rule);
            EXPECT_EQ(because[i].item, told.because[i].item);
        }
    }

  private:
    static Ruleset load(const char* decisions) {
        const std::string text =
            std::string("ruleset: r\nvocabulary: v.yaml\nzone: UTC\nclauses: {P.1: {pt: um, en: one}}\ndecisions:\n") +
            decisions;
        auto loaded = Ruleset::load("r.yaml", [&](const std::string& path, std::string&) {
            return std::make_shared<const Source>(path, path == "r.yaml" ? text : std::string(vocabulary));
        });
        EXPECT_TRUE(loaded) << text << loaded.diagnostics().to_string();
        return *std::move(loaded);
    }
    static Case read(const Ruleset& ruleset) {
        std::string text(facts);
        for (int i = 0; i < orders; ++i)
            text += fmt::format("  - {{made: 2024-0{}-03T00:00:00Z, n: {}}}\n", i < orders - 2 ? 4 : 5, i);
        auto read = ruleset.read_case(std::make_shared<const Source>("case.yaml", text));
        EXPECT_TRUE(read) << read.diagnostics().to_string();
        return *std::move(read);
    }
};

TEST_P(AskedTogether, SayTheSame) {
    compare("without limits");
}

TEST_P(AskedTogether, PassTheSameLimits) {
    for (std::size_t most = 0; most < 900 && !HasFatalFailure(); most += 3) {
        options_.limits = {.max_steps = most};
        compare(fmt::format("{} steps", most));
    }
    for (std::size_t most = 0; most < 3'000 && !HasFatalFailure(); most += 8) {
        options_.limits = {.max_made_bytes = most};
        compare(fmt::format("{} bytes", most));
    }
}

/// In any order, one or all of them asked until when they hold before the next is asked.
TEST_P(AskedTogether, OneAfterAnotherTellTheSameReasons) {
    options_.by_reference = true;
    options_.valid_until = false;
    std::vector<Answer> told = ruleset_.decide(case_, options_);
    const auto by_name = [](const Answer& a, const Answer& b) { return a.decision < b.decision; };
    std::sort(told.begin(), told.end(), by_name);
    Session session(ruleset_, {.horizon = forty_days});
    do {
        for (std::size_t looked_ahead = 0; looked_ahead <= told.size(); ++looked_ahead) {
            session.begin(case_, at);
            for (std::size_t i = 0; i < told.size(); ++i) {
                const AnswerView view = session.decide(*session.question(told[i].decision));
                compare_reasons(view, told[i]);
                if (i == looked_ahead || looked_ahead == told.size()) view.valid_until();
            }
        }
    } while (std::next_permutation(told.begin(), told.end(), by_name));
}

INSTANTIATE_TEST_SUITE_P(
    Machine, AskedTogether,
    testing::Values(
        // An element that stands twice has an outcome for each place.
        Asked{"AnElementTwice", R"yaml(
  twice: {each: {p: "plains.filter(p, p.n > 1) + plains.filter(p, p.n < 3)"}, gives: {k: int}, hit: first,
          rules: [{id: a, cite: P.1, then: {k: p.n}}]}
  over: {gives: {k: int}, hit: first, rules: [{id: a, cite: P.1, then: {k: "twice.map(t, t.k).sum()"}}]}
)yaml"},
        // The item of an outcome for an outcome, and of one to which an exception gave another name.
        Asked{"Items", R"yaml(
  items: {each: {p: plains}, gives: {id: string}, hit: first, rules: [{id: a, cite: P.1, then: {id: p.id}}]}
  more: {each: {o: items}, gives: {x: int}, hit: first, rules: [{id: b, cite: P.1, then: {x: 2}}]}
  over: {gives: {x: bool}, hit: first, rules: [{id: a, cite: P.1, when: "more.exists(m, m.x == 2)", then: {x: true}}]}
  named:
    gives: {id: string}
    hit: collect
    rules:
      - {id: c, each: {p: plains}, then: {id: p.id},
         except: [{id: x, when: general.id == "q", then: {id: general.id + "y"}}]}
)yaml"},
        // A field may be there and hold nothing.
        Asked{"AnOptionalField", R"yaml(
  some: {gives: {y: optional(int)}, always: {y: "n > 3 ? optional.of(n) : optional.none()"}}
  is_there: {gives: {b: bool}, always: {b: has(some.y)}}
)yaml"},
        // What is known of a list was looked at all the same.
        Asked{"AListThatIsKnown", R"yaml(
  other: {gives: {x: int}, hit: first, rules: [{id: o, cite: P.1, then: {x: n}}]}
  rests: {gives: {b: bool}, hit: first, rules: [{id: a, when: '1 in [cel.bind(x, other.x, 1)]', then: {b: true}}]}
  waits:
    gives: {b: bool}
    hit: first
    rules:
      - {id: a, when: '1 in [cel.bind(x, at > timestamp("2025-05-03T00:00:00Z"), 1)]', then: {b: true}}
)yaml"},
        // Made at one instant, at a later one, and again at the first.
        Asked{"AfterALookAhead", R"yaml(
  through: {gives: {y: bool}, hit: first, rules: [{id: a, when: later.x, then: {y: true}},
                                                  {id: b, when: '!later.x', then: {y: true}}]}
  later:
    gives: {x: bool}
    hit: first
    rules:
      - {id: a, cite: P.1, when: 'at >= timestamp("2024-05-03T00:00:00Z")', then: {x: true}}
      - {id: b, cite: P.1, then: {x: false}}
  whole: {gives: {x: bool}, hit: first, rules: [{id: a, cite: P.1, when: through.y && !later.x, then: {x: true}},
                                                {id: b, cite: P.1, then: {x: false}}]}
)yaml"},
        // What was worked out for another question, or at another instant, counts for this one too.
        Asked{"OfOneList", R"yaml(
  few: {gives: {x: int}, always: {x: orders.size()}}
  many: {gives: {x: int}, always: {x: "orders.size() + lists.range(20).map(i, i + n).sum()"}}
)yaml"},
        Asked{"OfOneAnother", R"yaml(
  whole:
    gives: {x: int}
    hit: first
    rules:
      - {id: a, when: 'at < timestamp("2024-05-02T12:00:00Z") && low.y > 0 && high.z > 0', then: {x: 1}}
      - {id: b, when: high.z > 0 && other.y > 0, then: {x: 1}}
  low: {gives: {y: int}, always: {y: "lists.range(40).map(i, i + n).sum()"}}
  other: {gives: {y: int}, always: {y: "lists.range(40).map(i, i - n).sum()"}}
  high: {gives: {z: int}, always: {z: low.y + 1}}
)yaml"},
        // What a call gives is made once more.
        Asked{"OfCalls", R"yaml(
  one: {given: {o: int}, gives: {r: int, q: int}, always: {r: o, q: 1}}
  all: {given: {o: int}, gives: {v: int}, hit: collect, rules: [{id: a, each: {p: plains}, then: {v: p.n + o}}]}
  called: {gives: {r: int}, always: {r: "one(n).r + all(n).map(a, a.v).sum()"}}
  value: {gives: {x: int}, always: {x: "texts.first().value().size() + optional.of(texts).value().size()"}}
)yaml"}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace praxe
