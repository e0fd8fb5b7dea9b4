// Whole blocks of rows: what they decide is what each row alone decides, over random rulesets and columns in every
// layout, with facts that are absent, lie ahead or are wrong.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <praxe/columns.hpp>
#include <random>

#include "columns/arrow_text.hpp"
#include "columns/block_program.hpp"
#include "columns/hand_made.hpp"

namespace praxe {
namespace {

using columns_test::Array;
using columns_test::column;
using columns_test::HandMade;
using columns_test::text_of;

constexpr std::string_view vocabulary = R"(vocabulary: blocks
closed_sets:
  kind: [p, q, r]
records:
  Dated:
    since: from
    fields:
      from: timestamp
  Inner:
    fields:
      x?: int
      y: bool
      p?: double
  F:
    fields:
      i: int
      j?: {is: int, min: -5, max: 5}
      k?: kind
      l: kind
      m?: money
      n: money
      d?: date
      e: date
      t?: {is: timestamp, happens: true}
      u: timestamp
      b: bool
      c?: bool
      g?: {is: bool, absent: false}
      h?: {is: bool, absent: true}
      z?: Inner
      s?: {is: string, max_bytes: 5}
      w: {is: string, max_bytes: 100}
      p?: double
      v?: Dated
facts:
  at?: timestamp
  f: F
  o?: int
)";

Ruleset load(const std::string& rules) {
    const auto read = [&](const std::string& path, std::string&) -> SourcePtr {
        return std::make_shared<Source>(path, path == "v.yaml" ? std::string(vocabulary) : rules);
    };
    auto ruleset = Ruleset::load("r.yaml", read);
    EXPECT_TRUE(ruleset) << (ruleset ? "" : ruleset.diagnostics().to_string()) << rules;
    return *ruleset;
}

// ------------------------------------------------------------------------------------------------------ random rules

class RandomRules {
  public:
    explicit RandomRules(std::uint32_t seed) : random_(seed) {}

    std::string ruleset() {
        std::string out =
            "ruleset: blocks\nvocabulary: v.yaml\nclauses: {P.1: {pt: um, en: one}, P.2: {pt: dois, en: two}}\n";
        if (chance(4)) out += "effective: {from: 1970-01-02, until: 1970-02-10}\n";
        out += "parameters:\n  limit: {is: int, value: 2, pt: l, en: l}\n";
        out += fmt::format("define:\n  well: {}\n", quoted(boolean(2)));
        out +=
            "decisions:\n  d:\n    gives:\n      k: [p, q, r]\n      n: int\n      m: money\n    optional: [m]\n    "
            "hit: " +
            one_of({"first", "first", "unique", "any", "priority\n    priority: k"}) + "\n";
        if (chance(3)) out += "    needs: [f.z]\n";
        if (chance(3)) out += fmt::format("    require: {}\n", quoted(boolean(1)));
        out += fmt::format("    let: {{own: {}}}\n", quoted(boolean(2)));
        names_ = {"well", "own"};
        out += "    rules:\n";
        const int rules = 3 + below(18);
        for (int i = 0; i < rules; ++i) {
            out += fmt::format("      - {{id: r{}{}{}, then: {{k: {}, n: {}{}}}}}\n", i,
                               chance(4) ? "" : fmt::format(", cite: P.{}", 1 + below(2)), conditions(),
                               one_of({"p", "q", "r"}), below(300), chance(2) ? ", m: 'money(\"1.50\")'" : "");
        }
        if (!chance(3)) out += "      - {id: else, cite: P.1, then: {k: p, n: 0}}\n";
        return out;
    }

  private:
    int below(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }
    bool chance(int one_in) { return below(one_in) == 0; }
    std::string one_of(const std::vector<std::string>& all) {
        return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
    }
    static std::string quoted(const std::string& text) { return "'" + text + "'"; }

    std::string conditions() {
        std::string out = fmt::format(", when: [{}, {}]", quoted(boolean(2)), quoted(boolean(1)));
        if (chance(3)) out += fmt::format(", unless: {}", quoted(boolean(1)));
        if (chance(4)) out += fmt::format(", any: [{}, {}]", quoted(boolean(1)), quoted(boolean(1)));
        return out;
    }

    std::string boolean(int depth) {
        if (depth > 0 && chance(2)) {
            switch (below(3)) {
                case 0:
                    return fmt::format("({} && {})", boolean(depth - 1), boolean(depth - 1));
                case 1:
                    return fmt::format("({} || {})", boolean(depth - 1), boolean(depth - 1));
                default:
                    return fmt::format("!({})", boolean(depth - 1));
            }
        }
        if (!names_.empty() && chance(6)) return one_of(names_);
        if (chance(4)) {
            return one_of({"f.b",
                           "f.c",
                           "has(f.s)",
                           "f.s == \"p\"",
                           "f.s != \"qq\"",
                           "f.w in [\"p\", \"rr\"]",
                           "f.b ? f.c : has(f.p)",
                           "f.c ? f.i > 2 : f.s == \"qq\" || f.s == \"rr\" || f.s == \"toolong\"",
                           "\"p\" == f.w",
                           "f.p in [0.0, 1.5]",
                           "f.g",
                           "f.h",
                           "f.z.y",
                           "has(f.j)",
                           "has(f.z.x)",
                           "has(f.t)",
                           "has(f.z)",
                           "true",
                           "f.k in [\"p\", \"r\"]",
                           "f.i in [1, 2, limit]",
                           "f.l == \"q\"",
                           "f.k != f.l",
                           "f.k == \"p\" || f.l == \"q\" || f.k == \"q\"",
                           "f.i == 3 || f.i == -128 || f.i == 32768",
                           "f.j in [-9, -8, -7, -6, -5, -4, -3, 0, 126, 127, 128, 129, 6, 8, 9, 10, 3, 1, 12, 70000]"});
        }
        const std::vector<std::vector<std::string>> kinds = {
            {"f.i", "f.j", "f.z.x", "o", "limit", "3", "f.i + f.j", "f.i - 9223372036854775807", "126", "127", "-128",
             "32766", "100000", "f.i * f.j", "f.j * 3"},
            {"f.p", "0.0", "-0.0", "1.5", "-1e300", "f.z.p"},
            {"f.m", "f.n", "f.m - f.n", "f.m * 3", "f.i * f.n", "money(\"0.02\")"},
            {"f.d", "f.e", "date(\"1970-01-03\")", "f.d + calendar_days(2)"},
            {"at", "f.t", "f.u", "at - duration(\"24h\")", "f.t + duration(\"1h\")",
             "timestamp(\"1970-01-03T00:00:00Z\")"},
            {"f.d - f.e", "calendar_days(1)"},
            {"at - f.u", "duration(\"30h\")"},
        };
        const auto& kind = kinds[static_cast<std::size_t>(below(static_cast<int>(kinds.size())))];
        const std::string left = one_of(kind);
        const std::string right = one_of(kind);
        const bool both_move = left.starts_with("at") && right.starts_with("at");
        return fmt::format("{} {} {}", left, one_of({"<", "<=", ">", ">=", "==", "!="}),
                           both_move ? kind.back() : right);
    }

    std::mt19937 random_;
    std::vector<std::string> names_;
};

// ---------------------------------------------------------------------------------------------------- random columns

class RandomColumns {
  public:
    RandomColumns(std::uint32_t seed, std::int64_t rows) : random_(seed), rows_(rows) {}

    std::unique_ptr<HandMade> cases() {
        auto inner = column("+s", "z", rows_ + 3);
        inner->from(0).there(some()).child(integers("x")).child(flags("y")).child(reals("p"));
        auto all = column("+s", "f", rows_ + 3);
        all->child(integers("i")).child(integers("j")).child(members("k")).child(members("l"));
        all->child(amounts("m")).child(amounts("n")).child(dates("d")).child(dates("e"));
        all->child(instants("t")).child(instants("u"));
        all->child(flags("b")).child(flags("c")).child(flags("g")).child(flags("h"));
        all->child(names("s")).child(names("w")).child(reals("p"));
        if (chance(3))
            all->child(column("n", "z", rows_ + 3));
        else if (!chance(5))
            all->child(std::move(inner));
        auto cases = column("+s", "", rows_);
        cases->from(below(4)).child(instants("at")).child(std::move(all));
        if (chance(2)) cases->child(integers("o"));
        return cases;
    }

  private:
    int below(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }
    bool chance(int one_in) { return below(one_in) == 0; }

    /// The rows that are there: mostly all, or all but a few.
    std::string some() {
        const int missing = chance(2) ? 0 : 2 + below(10);
        std::string there;
        for (std::int64_t i = 0; i < rows_ + 6; ++i) there += missing > 0 && chance(missing) ? '0' : '1';
        return there;
    }

    template <typename T, typename Make>
    std::unique_ptr<HandMade> made(const char* format, const char* name, const Make& make) {
        auto held = column(format, name, rows_ + 3);
        std::vector<T> values;
        for (std::int64_t i = 0; i < rows_ + 6; ++i) values.push_back(make());
        if (!chance(3)) held->there(some());
        held->values(values).from(below(3));
        return held;
    }

    std::unique_ptr<HandMade> integers(const char* name) {
        static constexpr std::array edges{-32'769, -32'768, -129, -128,   -127,
                                          126,     127,     128,  32'767, 32'768};  // of narrow types
        const auto small = [&] {
            return chance(12) ? edges[static_cast<std::size_t>(below(edges.size()))] : below(9) - 4;
        };
        switch (below(6)) {
            case 0:
                return made<std::int8_t>("c", name, small);
            case 1:
                return made<std::int16_t>("s", name, small);
            case 2:
                return made<std::int32_t>("i", name, [&] { return chance(50) ? 6 : small(); });
            case 3:
                return made<std::uint16_t>("S", name, [&] { return below(6); });
            case 4:
                return made<std::uint64_t>("L", name,
                                           [&] { return chance(50) ? ~std::uint64_t{0} : std::uint64_t(below(6)); });
            default:
                return made<std::int64_t>("l", name, [&] { return chance(50) ? INT64_MIN : std::int64_t{small()}; });
        }
    }

    std::unique_ptr<HandMade> words(const char* name, const std::string& letters) {
        auto held = column("u", name, static_cast<std::int64_t>(letters.size()));
        std::vector<std::int32_t> offsets;
        for (std::size_t i = 0; i <= letters.size(); ++i) offsets.push_back(static_cast<std::int32_t>(i));
        held->values(offsets).texts(letters);
        return held;
    }

    std::unique_ptr<HandMade> members(const char* name) {
        std::unique_ptr<HandMade> held;
        switch (below(4)) {
            case 0:
                held = made<std::int8_t>("c", name, [&] { return below(3); });
                held->dictionary(words("", "pqr"));
                return held;
            case 1:
                held = made<std::int32_t>("i", name, [&] { return chance(40) ? below(9) - 3 : below(3); });
                held->dictionary(words("", "pqr"));
                return held;
            case 2:
                held = made<std::uint8_t>("C", name, [&] { return chance(40) ? 3 : below(3); });
                held->dictionary(words("", "rpqx"));
                return held;
            default: {
                std::string letters;
                for (std::int64_t i = 0; i < rows_ + 3; ++i) letters += chance(40) ? 'x' : "pqr"[below(3)];
                return words(name, letters);
            }
        }
    }

    std::unique_ptr<HandMade> reals(const char* name) {
        static constexpr std::array edges{0.0,
                                          -0.0,
                                          1.5,
                                          -1.5,
                                          1e300,
                                          std::numeric_limits<double>::infinity(),
                                          std::numeric_limits<double>::quiet_NaN()};
        const auto any = [&] { return edges[static_cast<std::size_t>(below(edges.size()))]; };
        if (chance(3)) return made<float>("f", name, [&] { return static_cast<float>(any()); });
        return made<double>("g", name, any);
    }

    /// Texts of one to five letters, and now and then of seven.
    std::unique_ptr<HandMade> names(const char* name) {
        const std::vector<std::string> all = {"p", "qq", "rr", "p", "other", "toolong"};
        const auto some_name = [&] { return all[static_cast<std::size_t>(below(chance(10) ? 6 : 5))]; };
        const auto listed = [&](std::int64_t count) {
            std::string letters;
            std::vector<std::int32_t> offsets = {0};
            for (std::int64_t i = 0; i < count; ++i) {
                letters += some_name();
                offsets.push_back(static_cast<std::int32_t>(letters.size()));
            }
            auto held = column("u", name, count);
            held->values(offsets).texts(letters);
            return held;
        };
        if (chance(2)) return listed(rows_ + 3);
        auto held = made<std::int16_t>("s", name, [&] { return chance(40) ? 9 : below(4); });
        held->dictionary(listed(4));
        return held;
    }

    std::unique_ptr<HandMade> amounts(const char* name) {
        if (chance(2))
            return made<std::int64_t>("l", name, [&] { return chance(60) ? INT64_MAX : std::int64_t{below(7)} - 3; });
        return made<std::array<std::int64_t, 2>>("d:19,3", name, [&] {
            const std::int64_t value = std::int64_t{below(7) - 3} * 10 + (chance(40) ? 1 : 0);
            return std::array<std::int64_t, 2>{value, value < 0 ? -1 : 0};
        });
    }

    std::unique_ptr<HandMade> dates(const char* name) {
        if (chance(2)) return made<std::int32_t>("tdD", name, [&] { return chance(60) ? INT32_MAX : below(6); });
        return made<std::int64_t>("tdm", name,
                                  [&] { return std::int64_t{below(6)} * 86'400'000 + (chance(40) ? 1 : 0); });
    }

    std::unique_ptr<HandMade> instants(const char* name) {
        const auto hours = [&] { return std::int64_t{below(120)} * 3600; };
        if (chance(2)) return made<std::int64_t>("tss:UTC", name, [&] { return chance(60) ? INT64_MAX : hours(); });
        return made<std::int64_t>("tsu:UTC", name, [&] { return chance(60) ? INT64_MAX : hours() * 1'000'000; });
    }

    std::unique_ptr<HandMade> flags(const char* name) {
        return made<std::uint8_t>("b", name, [&] { return below(256); });
    }

    std::mt19937 random_;
    std::int64_t rows_;
};

// -------------------------------------------------------------------------------------------------------------- tests

std::vector<std::string> rows_of(const Ruleset& ruleset, const HandMade& cases, ColumnsOptions options) {
    options.decisions = {"d"};
    auto columns = Columns::bind(ruleset, cases.schema, options);
    EXPECT_TRUE(columns) << (columns ? "" : columns.diagnostics().to_string());
    ArrowArray given{};
    const Diagnostics wrong = columns->decide(cases.array, 0, cases.array.length, {&given, 1});
    EXPECT_TRUE(wrong.empty()) << wrong.to_string();
    Array answers;
    static_cast<ArrowArray&>(answers) = given;
    columns_test::Schema schema;
    columns->schema(0, schema);
    std::vector<std::string> rows;
    for (std::int64_t row = 0; row < answers.length; ++row) {
        std::string text = text_of(schema, answers, row);
        if (const auto until = text.find(", valid_until: "); until != std::string::npos)
            text.replace(until, std::string::npos, "}");
        rows.push_back(std::move(text));
    }
    return rows;
}

/// `valid_until` is nothing that blocks know: asked for it, each row is decided alone.
std::vector<std::string> alone(const Ruleset& ruleset, const HandMade& cases, ColumnsOptions options) {
    options.valid_until = true;
    options.horizon = 0;
    return rows_of(ruleset, cases, options);
}

TEST(Blocks, DecideWhatEachRowAloneDecides) {
    std::size_t decided = 0, errors = 0, programs = 0;
    std::map<std::string, int> by_rule;
    for (std::uint32_t seed = 0; seed < 80; ++seed) {
        const std::string rules = RandomRules(seed).ruleset();
        const Ruleset ruleset = load(rules);
        programs += block_program(ruleset.model(), *ruleset.model().find("d"), decision_limits) ? 1 : 0;
        const auto cases = RandomColumns(seed, 50 + 131 * (seed % 17)).cases();
        ColumnsOptions options;
        if (seed % 3 == 0) options.at = std::int64_t{86'400'000'000} * (seed % 7);
        const auto blocks = rows_of(ruleset, *cases, options);
        const auto rows = alone(ruleset, *cases, options);
        ASSERT_EQ(blocks.size(), rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i)
            ASSERT_EQ(blocks[i], rows[i]) << "seed " << seed << " row " << i << "\n" << rules;
        decided += rows.size();
        errors += static_cast<std::size_t>(
            std::count_if(rows.begin(), rows.end(), [](const auto& r) { return r.starts_with("{error: "); }));
    }
    EXPECT_EQ(programs, 80);
    EXPECT_GT(errors, decided / 10);
    EXPECT_GT(decided - errors, decided / 10);
}

TEST(Blocks, EachDistinctTestIsMadeOnce) {
    const Ruleset ruleset = load(R"(ruleset: blocks
vocabulary: v.yaml
decisions:
  d:
    gives: {n: int}
    hit: first
    rules:
      - {id: a, when: ['f.i < 3', 'f.k in ["p", "q"]'], then: {n: 1}}
      - {id: b, when: ['f.i >= 3 && (has(f.m) || f.g)', '!(f.g)'], then: {n: 2}}
      - {id: c, unless: 'f.i >= 3', any: ['f.m + f.n > money("1.00")', 'at > f.u'], then: {n: 3}}
      - {id: d, when: 'f.k == "p" || f.b || f.k == "r"', then: {n: 4}}
)");
    const auto program = block_program(ruleset.model(), *ruleset.model().find("d"), decision_limits);
    ASSERT_TRUE(program);
    EXPECT_EQ(to_text(*program), R"(fact 0: i
fact 1: k
fact 2: m
fact 3: g
fact 4: n
fact 5: u
fact 6: b
number 0: fact 0
number 1: constant 3
number 2: fact 1
number 3: fact 2
number 4: fact 4
number 5: sum 3 4
number 6: constant 100
number 7: at
number 8: fact 5
number 9: constant 0
number 10: constant 2
test 0: less 0 1
test 1: among 2 [0, 1]
test 3: present 2
test 4: flag 3
test 5: any [3, 4]
test 8: greater 5 6
test 9: greater 7 8
test 10: any [8, 9]
test 12: flag 6
test 14: among 2 [0, 2]
test 15: any [12, 14]
rule: 0 1
rule: not 0 5 not 4
rule: 0 10
rule: 15
)");
}

TEST(Blocks, AreNotMadeOfWhatIsNotScalar) {
    const auto made = [](const std::string& condition, const std::string& then = "n: 1", const std::string& more = "") {
        const Ruleset ruleset =
            load("ruleset: blocks\nvocabulary: v.yaml\ndecisions:\n  d:\n    gives: {n: int}\n    hit: first\n" + more +
                 "    rules:\n      - {id: a, when: '" + condition + "', then: {" + then + "}}\n");
        return block_program(ruleset.model(), *ruleset.model().find("d"), decision_limits).has_value();
    };
    EXPECT_TRUE(made("f.i < 3"));
    EXPECT_FALSE(made("f.i < 3", "n: f.i"));          // no constant
    EXPECT_FALSE(made("[f.i, 2].exists(x, x < 3)"));  // a list
    EXPECT_TRUE(made("has(f.s) ? f.s == \"a\" : f.p < 0.5"));
    EXPECT_FALSE(made("f.s < \"a\""));                                     // the order of texts
    EXPECT_FALSE(made("f.s == f.w"));                                      // no constant
    EXPECT_FALSE(made("has(f.v)"));                                        // a record that is there since an instant
    EXPECT_FALSE(made("f.i / 2 < 3"));                                     // a quotient
    EXPECT_FALSE(made("date(f.u) < f.e"));                                 // a function
    EXPECT_FALSE(made("f.i < 3", "n: 1", "    needs: [{f.z: 'f.b'}]\n"));  // needed now and then
}

}  // namespace
}  // namespace praxe
