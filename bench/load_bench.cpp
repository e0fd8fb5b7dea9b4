// Loading 10,000 rows of seven columns, as flow lists, as a text table and as rules in flow style, beside yaml-cpp's
// own reading of the same text (of the text table's rows as flow lists), which makes a tree of it and looks at nothing;
// and 1,000 rules.
//
// usage: praxe_load_bench [ROWS]        prints a table as bench/README.md has it; times are of the processor
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <praxe/ruleset.hpp>
#include <random>

namespace praxe::bench {
namespace {

constexpr int rounds = 7;

constexpr const char* vocabulary =
    "vocabulary: wide\nrecords: {}\nclosed_sets: {family: [tools, radar, parts, other]}\nfacts:\n  at?: timestamp\n"
    "  family?: family\n  state?: string\n  amount?: money\n  share?: percent\n  items?: int\n  first?: bool\n"
    "  year?: int\n";
constexpr const char* columns[] = {"family", "state", "amount", "share", "items", "first", "year"};

using Cells = std::vector<std::string>;  // of one row

std::vector<Cells> make_rows(std::size_t count) {
    static const char* const families[] = {"tools", "radar, parts", "other", "-"};
    static const char* const states[] = {"\"RS\"", "\"SP\", \"RJ\"", "-", "!= \"SC\""};
    static const char* const words[] = {"yes", "no", "-"};
    std::mt19937 random(3);
    std::vector<Cells> rows;
    for (std::size_t r = 0; r < count; ++r) {
        const auto n = [&](unsigned below) { return random() % below; };
        rows.push_back({families[n(4)], states[n(4)], fmt::format("[money(\"{0}.00\")..money(\"{0}.99\")]", n(1000)),
                        n(2) == 0 ? "-" : fmt::format(">= percent(\"{}.50\")", n(90)),
                        n(3) == 0 ? "-" : fmt::format("[{}..{})", n(50), 50 + n(50)), words[n(3)],
                        fmt::format("{}", 2000 + n(30))});
    }
    return rows;
}

std::string head() {
    return "ruleset: wide\nvocabulary: vocabulary.yaml\nzone: UTC\nclauses:\n  C.1: {pt: \"c\", en: \"c\"}\n"
           "decisions:\n  found:\n    gives: {row: int}\n    hit: first\n";
}

std::string as_table(const std::vector<Cells>& rows) {
    std::string text = head() + "    table: |\n      id | cite";
    for (const char* column : columns) text += fmt::format(" | {}", column);
    text += " || row\n";
    for (std::size_t r = 0; r < rows.size(); ++r) {
        text += fmt::format("      r{} | C.1", r);
        for (const std::string& cell : rows[r]) text += " | " + cell;
        text += fmt::format(" || {}\n", r);
    }
    return text;
}

std::string as_flow_lists(const std::vector<Cells>& rows) {
    std::string text = head() + "    table:\n      - [id, cite";
    for (const char* column : columns) text += fmt::format(", {}", column);
    text += ", \"|| row\"]\n";
    for (std::size_t r = 0; r < rows.size(); ++r) {
        text += fmt::format("      - [r{}, C.1", r);
        for (const std::string& cell : rows[r]) text += ", '" + cell + "'";
        text += fmt::format(", {}]\n", r);
    }
    return text;
}

/// A cell as a condition of its own, in single quotes.
std::string condition(const std::string& column, const std::string& cell) {
    if (cell == "yes") return fmt::format("'{}'", column);
    if (cell == "no") return fmt::format("'!{}'", column);
    if (cell.front() == '>' || cell.front() == '!') return fmt::format("'{} {}'", column, cell);
    if (cell.front() == '[') {
        const std::size_t dots = cell.find("..");
        return fmt::format("'{0} >= {1} && {0} {2} {3}'", column, cell.substr(1, dots - 1),
                           cell.back() == ']' ? "<=" : "<", cell.substr(dots + 2, cell.size() - dots - 3));
    }
    if (cell == "radar, parts") return fmt::format("'{} in [\"radar\", \"parts\"]'", column);
    if (column == "family") return fmt::format("'{} == \"{}\"'", column, cell);
    return fmt::format("'{} in [{}]'", column, cell);
}

std::string as_flow_rules(const std::vector<Cells>& rows) {
    std::string text = head() + "    rules:\n";
    for (std::size_t r = 0; r < rows.size(); ++r) {
        std::string when;
        for (std::size_t c = 0; c < rows[r].size(); ++c) {
            if (rows[r][c] != "-") when += (when.empty() ? "" : ", ") + condition(columns[c], rows[r][c]);
        }
        text += fmt::format("      - {{id: r{0}, cite: C.1, when: [{1}], then: {{row: {0}}}}}\n", r, when);
    }
    return text;
}

std::string as_rules(std::size_t count) {
    std::string text = head() + "    rules:\n";
    for (std::size_t r = 0; r < count; ++r) {
        text += fmt::format(
            "      - {{id: r{0}, cite: C.1, when: ['family == \"tools\"', 'items >= {0} && year == 2024', first], "
            "then: {{row: {0}}}}}\n",
            r);
    }
    return text;
}

std::size_t load(const std::string& text) {
    const auto read = [&](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path, path == "wide.yaml" ? text : vocabulary);
    };
    const auto ruleset = Ruleset::load("wide.yaml", read);
    if (ruleset) return ruleset->decisions().size();
    fmt::print(stderr, "{}", ruleset.diagnostics().to_string());
    std::exit(2);
}

double seconds() {
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

template <typename Work>
double milliseconds(const Work& work) {
    std::vector<double> taken;
    std::size_t sum = 0;
    for (int i = 0; i < rounds; ++i) {
        const double begin = seconds();
        sum += work();
        taken.push_back((seconds() - begin) * 1e3);
    }
    std::nth_element(taken.begin(), taken.begin() + rounds / 2, taken.end());
    return sum == 0 ? 0 : taken[rounds / 2];
}

int run(std::size_t count) {
    constexpr std::size_t rule_count = 1000;
    const std::vector<Cells> rows = make_rows(count);
    const std::string lists = as_flow_lists(rows), table = as_table(rows), rules = as_rules(rule_count);
    const auto by_yaml = [](const std::string& text) { return [&text] { return YAML::Load(text).size(); }; };
    const double base = milliseconds(by_yaml(lists));
    const auto print = [&](const std::string& what, double taken, double to) {
        fmt::print("| {} | {:.1f} ms | {:.2f} |\n", what, taken, taken / to);
    };
    fmt::print("| load | median | to `YAML::Load` of the same |\n|-|-:|-:|\n");
    print(fmt::format("{} rows as flow lists, by `YAML::Load`", count), base, base);
    print("the same by praxe", milliseconds([&] { return load(lists); }), base);
    print(fmt::format("{} rows as a text table, by praxe", count), milliseconds([&] { return load(table); }), base);
    const std::string flow_rules = as_flow_rules(rows);
    const double flow_base = milliseconds(by_yaml(flow_rules));
    print(fmt::format("{} rows as rules in flow style, by `YAML::Load`", count), flow_base, flow_base);
    print("the same by praxe", milliseconds([&] { return load(flow_rules); }), flow_base);
    const double rules_base = milliseconds(by_yaml(rules));
    print(fmt::format("{} rules, by `YAML::Load`", rule_count), rules_base, rules_base);
    print(fmt::format("{} rules, by praxe", rule_count), milliseconds([&] { return load(rules); }), rules_base);
    return 0;
}

}  // namespace
}  // namespace praxe::bench

int main(int argc, char** argv) {
    return praxe::bench::run(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000);
}
