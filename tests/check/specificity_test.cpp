// The hit policy most_specific on random tables, against every case that a table can tell apart, tried one by one.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <praxe/ruleset.hpp>
#include <random>
#include <set>

namespace praxe {
namespace {

constexpr const char* vocabulary = R"(
vocabulary: v
closed_sets: {colour: [red, green, blue]}
records: {Thing: {fields: {colour: colour, gift: bool, n: int}}}
facts:
  at?: timestamp
  thing: Thing
)";

struct Point {
    int colour, gift, n;
    auto operator<=>(const Point&) const = default;
};
constexpr std::array colours = {"red", "green", "blue"};
constexpr int least = -2, most = 9;  // beyond all that cells name, on either side

std::vector<Point> all_points() {
    std::vector<Point> points;
    for (int colour = 0; colour < 3; ++colour) {
        for (int gift = 0; gift < 2; ++gift) {
            for (int n = least; n <= most; ++n) points.push_back({colour, gift, n});
        }
    }
    return points;
}

/// A random cell, and which values it takes in.
struct CellDraw {
    std::string text = "-";
    std::set<int> values;
    bool says = false;
};

struct RowDraw {
    std::array<CellDraw, 3> cells;

    bool applies(const Point& p) const {
        return cells[0].values.contains(p.colour) && cells[1].values.contains(p.gift) && cells[2].values.contains(p.n);
    }
};

class Draw {
  public:
    explicit Draw(unsigned seed) : random_(seed) {}
    int number(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }

    RowDraw row() { return {{colour(), gift(), n()}}; }

  private:
    static std::set<int> span(int from, int to) {
        std::set<int> all;
        for (int i = from; i <= to; ++i) all.insert(i);
        return all;
    }
    CellDraw colour() {
        CellDraw cell{"-", span(0, 2), false};
        const int kind = number(0, 3);
        if (kind == 0) return cell;
        const int one = number(0, 2), other = number(0, 2);
        cell.says = true;
        if (kind == 1) return {fmt::format("!= {}", colours[one]), without(cell.values, one), true};
        if (kind == 2) return {colours[one], {one}, true};
        return {fmt::format("{}, {}", colours[one], colours[other]), {one, other}, true};
    }
    CellDraw gift() {
        const int kind = number(0, 3);
        if (kind < 2) return {"-", {0, 1}, false};
        return {kind == 2 ? "yes" : "no", {kind == 2 ? 1 : 0}, true};
    }
    CellDraw n() {
        const int a = number(0, 7), b = number(a, 7);
        switch (number(0, 6)) {
            case 0:
                return {fmt::format("[{}..{}]", a, b), span(a, b), true};
            case 1:
                return {fmt::format("({}..{})", a, b + 1), span(a + 1, b), true};
            case 2:
                return {fmt::format("> {}", a), span(a + 1, most), true};
            case 3:
                return {fmt::format("<= {}", a), span(least, a), true};
            case 4:
                return {fmt::format("{}, {}", a, b), {a, b}, true};
            case 5:
                return {fmt::format("!= {}", a), without(span(least, most), a), true};
            default:
                return {"-", span(least, most), false};
        }
    }
    static std::set<int> without(std::set<int> all, int one) {
        all.erase(one);
        return all;
    }

    std::mt19937 random_;
};

using Precedence = std::vector<int>;
constexpr std::array columns = {"thing.colour", "thing.gift", "thing.n"};

bool more_specific(const RowDraw& a, const RowDraw& b, const Precedence& precedence) {
    for (const int column : precedence) {
        if (a.cells[column].says != b.cells[column].says) return a.cells[column].says;
    }
    bool less = false;
    for (int i = 0; i < 3; ++i) {
        const auto& ours = a.cells[i].values;
        const auto& theirs = b.cells[i].values;
        if (!std::includes(theirs.begin(), theirs.end(), ours.begin(), ours.end())) return false;
        less = less || ours.size() < theirs.size();
    }
    return less;
}

/// The rows that apply and give way to no other that does.
std::vector<std::size_t> winners(const std::vector<RowDraw>& rows, const Point& p, const Precedence& precedence) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool beaten = std::any_of(rows.begin(), rows.end(), [&](const RowDraw& other) {
            return other.applies(p) && more_specific(other, rows[i], precedence);
        });
        if (rows[i].applies(p) && !beaten) out.push_back(i);
    }
    return out;
}

std::string ruleset_text(const std::vector<RowDraw>& rows, const Precedence& precedence) {
    std::string names;
    for (const int column : precedence) {
        const bool is_said =
            std::any_of(rows.begin(), rows.end(), [&](const RowDraw& r) { return r.cells[column].says; });
        if (is_said) names += fmt::format("{}{}", names.empty() ? "" : ", ", columns[column]);
    }
    std::string text = fmt::format(
        "ruleset: r\nvocabulary: v\ndecisions:\n  row:\n    gives: {{n: int}}\n    hit: most_specific\n"
        "    precedence: [{}]\n    table: |\n      id | thing.colour | thing.gift | thing.n || n\n",
        names);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& cells = rows[i].cells;
        text += fmt::format("      r{} | {} | {} | {} || {}\n", i, cells[0].text, cells[1].text, cells[2].text, i);
    }
    return text;
}

/// The row that the ruleset's answer names; nothing where none applies.
std::optional<std::size_t> answered(const Ruleset& ruleset, const Point& p) {
    const std::string text =
        fmt::format("{{\"at\": \"2024-05-02T10:00:00Z\", \"thing\": {{\"colour\": \"{}\", \"gift\": {}, \"n\": {}}}}}",
                    colours[static_cast<std::size_t>(p.colour)], p.gift == 1, p.n);
    const auto thing = ruleset.read_case(std::make_shared<Source>("case", text), true);
    EXPECT_TRUE(thing) << thing.diagnostics().to_string();
    const auto answers = ruleset.decide(*thing, {.decisions = {"row"}, .valid_until = false});
    const Value& outcome = answers.front().outcome;
    if (outcome.is_error()) return std::nullopt;
    return static_cast<std::size_t>(outcome.as_record().fields[0].as_int());
}

TEST(Specificity, TiesAreFoundAndTheMostSpecificRowDecides) {
    Draw draw(1);
    const std::vector<Point> points = all_points();
    int tied = 0, settled = 0;
    for (int round = 0; round < 1500; ++round) {
        std::vector<RowDraw> rows(static_cast<std::size_t>(draw.number(1, 7)));
        for (RowDraw& row : rows) row = draw.row();
        Precedence precedence;
        for (const int column : {2, 0, 1}) {
            if (draw.number(0, 1) == 1) precedence.push_back(column);
        }
        bool ties = false;
        for (const Point& p : points) ties = ties || winners(rows, p, precedence).size() > 1;

        const std::string text = ruleset_text(rows, precedence);
        const auto read = [&](const std::string& path, std::string&) {
            return std::make_shared<const Source>(path, path == "v" ? vocabulary : text);
        };
        const auto ruleset = Ruleset::load("r", read);
        if (!ruleset && ruleset.diagnostics().to_string().find("nothing lies between") != std::string::npos) continue;
        ASSERT_EQ(!ruleset, ties) << text << (ruleset ? "" : ruleset.diagnostics().to_string());
        ++(ties ? tied : settled);
        if (ties || settled % 4 != 0) continue;
        for (const Point& p : points) {
            const auto expected = winners(rows, p, precedence);
            const auto found = answered(*ruleset, p);
            ASSERT_EQ(found.has_value(), !expected.empty()) << text;
            if (found) {
                ASSERT_EQ(*found, expected.front()) << text << colours[p.colour] << p.gift << p.n;
            }
        }
    }
    EXPECT_GT(tied, 200);
    EXPECT_GT(settled, 200);
}

/// Two rows that a tree of sixteen covers where they meet, and so many rows between that take in something each.
std::string overlapping(int between) {
    std::vector<std::string> names{"thing.gift", "thing.n == 0"};
    for (int i = 0; i < 4 + 3 * between; ++i) names.push_back(fmt::format("thing.n == {}", 100 + i));
    std::vector<std::vector<std::string>> rows;
    const auto row = [&](bool first, bool second) {
        rows.emplace_back(names.size(), "-");
        if (first) rows.back()[0] = "yes";
        if (second) rows.back()[1] = "yes";
    };
    row(true, false);
    row(false, true);
    for (int leaf = 0; leaf < 16; ++leaf) {
        row(true, true);
        for (int bit = 0; bit < 4; ++bit)
            rows.back()[static_cast<std::size_t>(2 + bit)] = (leaf >> bit & 1) == 1 ? "yes" : "no";
    }
    for (int i = 0; i < between; ++i) {
        row(true, true);
        for (int k = 0; k < 3; ++k) rows.back()[static_cast<std::size_t>(6 + 3 * i + k)] = "yes";
    }
    std::string text = fmt::format(
        "ruleset: r\nvocabulary: v\ndecisions:\n  row:\n    gives: {{n: int}}\n    hit: most_specific\n    table: |\n"
        "      id | {} || n\n",
        fmt::join(names, " | "));
    for (std::size_t i = 0; i < rows.size(); ++i)
        text += fmt::format("      r{} | {} || 1\n", i, fmt::join(rows[i], " | "));
    return text;
}

std::string told_of(const std::string& text) {
    const auto read = [&](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path, path == "v" ? vocabulary : text);
    };
    const auto ruleset = Ruleset::load("r", read);
    return ruleset ? "" : ruleset.diagnostics().to_string();
}

TEST(Specificity, TheSearchForTiesIsBounded) {
    // The rows between tie with each other and with the tree, but neither r0 nor r1 is told of.
    EXPECT_EQ(told_of(overlapping(1)).find("too many rows overlap"), std::string::npos);
    EXPECT_NE(told_of(overlapping(12)).find("too many rows overlap with \""), std::string::npos);
}

}  // namespace
}  // namespace praxe
