// Random decisions over tables, one of every hit policy, with columns of every kind, and cases of them.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace praxe::random_rules {

inline constexpr std::string_view table_vocabulary = R"(vocabulary: tables
closed_sets: {grade: [low, middle, high, top]}
records:
  Client:
    fields:
      opened?: {is: timestamp, happens: true}
      mode?: {is: string, with: opened}
      kind?: grade
facts:
  at?: timestamp
  n?: int
  m?: int
  u?: int
  grade?: grade
  region?: string
  blocked?: {is: bool, absent: false}
  amount?: money
  rate?: percent
  ratio?: double
  day?: date
  closed?: timestamp
  client?: Client
  names?: {list: string}
)";

class TableRules {
  public:
    /// So many rows has each table.
    TableRules(std::uint32_t seed, int least_rows, int most_rows)
        : engine_(seed), least_rows_(least_rows), most_rows_(most_rows) {}

    /// The decisions, by their hit policies; `over_outcomes` comes after them.
    static const std::vector<std::string>& policies() {
        static const std::vector<std::string> all = {"first",   "unique",     "any",          "priority",
                                                     "collect", "rule_order", "most_specific"};
        return all;
    }

    std::string ruleset() {
        std::string text =
            "ruleset: tables\nvocabulary: v.yaml\nzone: UTC\nclauses:\n  P.1: {pt: \"c\", en: \"c\"}\n"
            "parameters:\n  limit: {is: int, value: 4, pt: limite, en: limit}\n"
            "decisions:\n  other:\n    gives: {level: int}\n    always: {level: \"at >= closed ? 1 : n\"}\n";
        for (const std::string& hit : policies()) text += decision(hit);
        return text + each_of_a_list() + over_outcomes();
    }

    std::string a_case() {
        std::string text = "at: 2024-05-15T12:00:00Z\n";
        const auto add = [&](const char* name, const std::vector<std::string>& values) {
            if (chance(92)) text += fmt::format("{}: {}\n", name, of(values));
        };
        add("n", {"0", "1", "2", "3", "4", "5", "6", "7", "-2", "9223372036854775807"});
        add("m", {"0", "1", "2", "3", "4"});
        add("u", {"0", "3", "5", "-1"});
        add("grade", {"low", "middle", "high", "top"});
        add("region", {"a", "b", "c", "zz", "\"\""});
        add("blocked", {"true", "false"});
        add("amount", {"\"0.00\"", "\"5.00\"", "\"5.99\"", "\"6.00\""});
        add("rate", {"\"5.00\"", "\"4.50\"", "\"9.00\""});
        add("ratio", {"0.0", "-0.0", "1.5", "0.49", "-3.0"});
        add("day", {"2024-05-14", "2024-05-15", "2024-05-21"});
        add("closed", {"2024-05-15T12:00:00Z", "2024-05-15T11:59:59Z", "2024-05-16T12:00:00Z"});
        add("names", {"[]", "[a, b]", "[c, a, zz]"});
        if (chance(90)) {
            text += fmt::format("client: {{mode: {}, kind: low, opened: {}}}\n", of({"x", "y", "z"}),
                                of({"2024-05-14T12:00:00Z", "2024-05-14T12:00:00Z", "2024-05-17T12:00:00Z"}));
        }
        return text;
    }

  private:
    struct Column {
        std::string expression;
        std::vector<std::string> cells;
    };

    int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint32_t>(n)); }
    bool chance(int in_100) { return below(100) < in_100; }
    const std::string& of(const std::vector<std::string>& all) {
        return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
    }

    static const std::vector<Column>& all_columns() {
        static const std::vector<Column> columns = {
            {"n", {"3", "1, 4", ">= 2", "[1..5)", "!= 3", "limit", "<= limit", "m", "> limit + 1", "(2..6]"}},
            {"n + m", {"5", "< 6", "[4..9]"}},
            {"uint(u)", {"uint(3)", "> uint(2)", "uint(0), uint(5)"}},
            {"grade", {"low", "middle, top", "!= high", "high"}},
            {"client.kind", {"low", "middle, top", "!= high"}},
            {"region", {"\"a\"", "\"b\", \"c\"", "!= \"a\"", ">= \"b\"", "\"zz\""}},
            {"blocked", {"yes", "no", "true"}},
            {"amount", {">= money(\"5.00\")", "[money(\"1.00\")..money(\"6.00\"))", "money(\"5.00\")"}},
            {"rate", {"percent(\"5.00\")", "> percent(\"4.50\")"}},
            {"ratio", {"[0.5..1.5]", "< 0.0", "1.5", "!= 0.0"}},
            {"day",
             {">= date(\"2024-05-15\")", "date(\"2024-05-14\")", "[date(\"2024-05-10\")..date(\"2024-05-20\")]"}},
            {"closed",
             {"< timestamp(\"2024-05-15T12:00:00Z\")", ">= client.opened",
              "<= timestamp(\"2024-05-15T12:00:00.0000001Z\")", "timestamp(\"2024-05-15T12:00:00Z\")"}},
            {"client.mode", {"\"x\"", "!= \"x\"", "\"x\", \"y\""}},
            {"has(client.opened)", {"yes", "no"}},
            {"closed + duration(\"1ns\")",
             {"> timestamp(\"2024-05-15T12:00:00Z\")", "<= timestamp(\"2024-05-15T12:00:00Z\")"}},
            {"at", {">= timestamp(\"2024-05-15T12:00:00Z\")", "< timestamp(\"2024-06-15T12:00:00Z\")"}},
            {"at >= closed", {"yes", "no"}},
            {"other.level", {"1", ">= 2"}},
            {"twice", {"6", "> 5", "< 9"}},
            {"n / m", {"1", ">= 2"}},
        };
        return columns;
    }

    /// What a row gives: mostly what is known at load.
    std::string outputs(const std::string& hit, int row) {
        const std::string level = hit == "any" ? "low" : chance(90) ? of({"low", "middle", "high"}) : "grade";
        const std::string weight = hit == "any" ? "7"
                                   : chance(80) ? fmt::format("{}", row)
                                                : of({"limit", "n + 1", "m"});
        return fmt::format("{} | {} | {}", level, weight, hit == "any" ? "\"t\"" : of({"\"t\"", "\"\"", "region"}));
    }

    /// Rows over some of the columns; of `most_specific` ones that cannot tie, of `unique` ones of which one applies.
    std::string table(const std::string& hit, int rows) {
        static constexpr const char* grades[] = {"low", "middle", "high", "top"};
        static constexpr const char* given = " || level | weight | word || pt | en\n";
        std::string text = "      id | cite";
        if (hit == "most_specific") {
            text += std::string(" | n | grade") + given;
            for (int r = 0; r < rows; ++r)
                text += fmt::format("      r{} | P.1 | {} | {} || {} || p | e\n", r, r / 2,
                                    r % 2 == 0 ? "-" : of(all_columns()[3].cells), outputs(hit, r));
            return text;
        }
        std::vector<const Column*> columns;
        for (const Column& column : all_columns()) {
            if (chance(25)) columns.push_back(&column);
        }
        if (columns.empty()) columns.push_back(&all_columns().front());
        std::shuffle(columns.begin(), columns.end(), std::mt19937(static_cast<unsigned>(below(1000))));
        const bool is_keyed = hit == "unique" && chance(70);
        if (is_keyed) {
            std::erase_if(columns,
                          [](const Column* one) { return one->expression == "n" || one->expression == "grade"; });
            columns.resize(std::min<std::size_t>(columns.size(), 1));
        }
        if (is_keyed) text += " | n | grade";
        for (const Column* column : columns) text += " | " + column->expression;
        text += given;
        const int any = is_keyed ? 90 : 20 + below(60);
        for (int r = 0; r < rows; ++r) {
            text += fmt::format("      r{} | P.1", r);
            if (is_keyed) text += fmt::format(" | {} | {}", r / 4, grades[r % 4]);
            for (const Column* column : columns) text += " | " + (chance(any) ? "-" : of(column->cells));
            text += fmt::format(" || {} || row {} of <n> | row\n", outputs(hit, r), r);
        }
        return text;
    }

    std::string decision(const std::string& hit) {
        std::string text = fmt::format(
            "  {}:\n    asks: {{pt: \"q\", en: \"q\"}}\n    gives: {{level: grade, weight: int, word: string, more: "
            "int, was: bool}}\n    optional: [more, was]\n",
            hit);
        text += fmt::format("    let: {{twice: n * 2}}\n    hit: {}\n", hit);
        text +=
            fmt::format("    always: {{{}}}\n", of({"more: 3", "more: this.weight + 1", "was: has(this.more), more: 3",
                                                    "was: has(this.more), more: 'has(this.more) ? 1 : m'"}));
        if (chance(50)) text += "    require: other.level > -5\n";
        if (hit == "priority") text += "    priority: level\n";
        const bool is_alike = hit == "any" || hit == "most_specific";  // what else there is must be
        if (!is_alike && chance(50)) text += rules(hit);
        if (!is_alike && chance(50)) text += exceptions();
        return text + "    table: |\n" + table(hit, least_rows_ + below(most_rows_ - least_rows_));
    }

    /// Rules before the rows.
    static std::string rules(const std::string& hit) {
        std::string text = R"(    rules:
      - {id: two, cite: {P.1: m == 2}, when: n == 4, then: {level: high, weight: 2, word: region}, say: {pt: a, en: b}}
      - {id: resting, when: other.level == 2, then: {level: low, weight: 3, word: '"o"'}, say: {pt: a, en: b}}
      - {id: named, require: n, when: size(names) == 2, then: {level: low, weight: -1, word: '"w"'}, say: {pt: a, en: b}}
)";
        if (hit == "collect" || hit == "rule_order")
            text += R"(      - id: of_each
        each: {name: names}
        when: name != region
        then: {level: middle, weight: size(name), word: name}
        say: {pt: a, en: b}
)";
        return text;
    }

    /// Of rows that may apply.
    std::string exceptions() {
        const int row = below(least_rows_ - 1);
        return fmt::format(
            "    exceptions:\n      - {{id: but, to: [r{}, r{}], when: m > 1, then: {{level: high, weight: "
            "general.weight "
            "+ 1, word: general.word}}}}\n",
            row, row + 1);
    }

    /// A decision made per item.
    std::string each_of_a_list() {
        std::string text =
            "  of_names:\n    each: {name: names}\n    gives: {level: grade}\n    hit: first\n    table: |\n"
            "      id | name | n || level\n";
        for (int r = 0, rows = least_rows_ + below(most_rows_ - least_rows_); r < rows; ++r)
            text += fmt::format("      r{} | {} | {} || {}\n", r, of({"-", "\"a\"", "\"b\", \"c\""}),
                                chance(30) ? "-" : fmt::format("{}", below(9)), of({"low", "middle"}));
        return text + "      last | - | - || top\n";
    }

    /// Rules whose columns read outcomes of another decision, on which this one then rests.
    std::string over_outcomes() {
        std::string text =
            "  over_outcomes:\n    each: {o: rule_order}\n    gives: {level: grade}\n    hit: any\n    table: |\n"
            "      id | n | o.level || level\n";
        for (int r = 0; r < 12; ++r)
            text += fmt::format("      r{} | {} | {} || low\n", r, r < 3 ? of({"-", "1", ">= 2"}) : "-",
                                r < 3 ? "-" : of({"low", "middle", "top"}));
        return text;
    }

    std::mt19937 engine_;
    int least_rows_, most_rows_;
};

}  // namespace praxe::random_rules
