// Random rulesets over scalar facts alone, as are decided in blocks of rows, and cases of them.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace praxe::random_rules {

inline constexpr std::string_view scalar_vocabulary = R"(vocabulary: blocks
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

class ScalarRules {
  public:
    explicit ScalarRules(std::uint32_t seed) : random_(seed) {}

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

    std::string a_case() {
        static const std::vector<std::string> integers = {"-129",
                                                          "-128",
                                                          "-3",
                                                          "0",
                                                          "1",
                                                          "2",
                                                          "3",
                                                          "4",
                                                          "126",
                                                          "127",
                                                          "32767",
                                                          "100000",
                                                          "9223372036854775807",
                                                          "-9223372036854775808"};
        const auto small = [&] { return fmt::format("{}", below(9) - 4); };
        const auto integer = [&] { return chance(4) ? one_of(integers) : small(); };
        const auto amount = [&] { return chance(30) ? "92233720368547758.07" : fmt::format("0.0{}", below(5)); };
        const auto day = [&] { return fmt::format("1970-01-0{}", 1 + below(6)); };
        const auto instant = [&] { return fmt::format("{}T{:02}:00:00Z", day(), below(24)); };
        const auto flag = [&] { return chance(2) ? "true" : "false"; };
        const auto text = [&] { return one_of({"p", "qq", "rr", "other"}); };
        const auto real = [&] { return one_of({"0.0", "-0.0", "1.5", "-1.5", "1e300"}); };
        std::string out = fmt::format("f:\n  i: {}\n  l: {}\n  n: {}\n  e: {}\n  u: {}\n  b: {}\n  w: {}\n", integer(),
                                      one_of({"p", "q", "r"}), amount(), day(), instant(), flag(), text());
        const auto maybe = [&](const char* name, const std::string& value) {
            if (!chance(5)) out += fmt::format("  {}: {}\n", name, value);
        };
        maybe("j", small());
        maybe("k", one_of({"p", "q", "r"}));
        maybe("m", amount());
        maybe("d", day());
        maybe("t", instant());
        maybe("c", flag());
        maybe("g", flag());
        maybe("h", flag());
        maybe("s", text());
        maybe("p", real());
        maybe("z", fmt::format("{{y: {}{}}}", flag(), chance(3) ? "" : ", x: " + integer()));
        if (!chance(3)) out += "o: " + integer() + "\n";
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

}  // namespace praxe::random_rules
