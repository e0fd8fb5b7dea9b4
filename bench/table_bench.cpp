// First-hit tables of three shapes and growing length: what one look-up takes with an index by hand, by hand row after
// row, with praxe's index alone, and in praxe: as an answer that stands alone, and in a session. All find the same rows
// before anything is measured.
//
// usage: praxe_table_bench [ROWS…]        10, 100, 1,000, 10,000 and 100,000 by default; prints a table as
// bench/README.md has it
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <optional>
#include <praxe/session.hpp>
#include <random>

#include "by_hand/table_index.hpp"
#include "table/table_index.hpp"

namespace praxe::bench {
namespace {

constexpr std::size_t columns = 6;
constexpr std::size_t case_count = 1 << 14;
constexpr double most_seconds = 0.25;             // of one measure
constexpr int rounds = 5;                         // of all measures in turn; medians are told
constexpr std::size_t most_hand_bytes = 1 << 30;  // an index by hand beyond it is not built

using Rows = std::vector<by_hand::TableRow>;
using Values = std::array<std::int64_t, columns>;

struct Shape {
    const char* name;
    std::int64_t width;       // values that a column has
    std::size_t key_columns;  // the first ones: every cell takes one value
    int any_in_100;           // of the other cells, those that take any value
    int ranges_in_100;        // of the rest, those that take a range
};
constexpr Shape shapes[] = {
    {"all equality", 12, columns, 0, 0},
    {"ranges on wide columns", 1'000'000, 0, 20, 100},
    {"commission, many cells any", 100, 2, 65, 30},
};

class Random {
  public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}
    std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(n)); }
    bool chance(int in_100) { return below(100) < in_100; }

  private:
    std::mt19937_64 engine_;
};

by_hand::Range cell(const Shape& shape, std::size_t column, Random& random) {
    const std::int64_t from = random.below(shape.width);
    if (column < shape.key_columns) return {from, from + 1};
    if (random.chance(shape.any_in_100)) return {};
    if (!random.chance(shape.ranges_in_100)) return {from, from + 1};
    return {from, from + 1 + random.below(std::max<std::int64_t>(1, shape.width / 3))};
}

Rows make_rows(const Shape& shape, std::size_t count) {
    Random random(count);
    Rows rows(count, by_hand::TableRow(columns));
    for (by_hand::TableRow& row : rows) {
        for (std::size_t c = 0; c < columns; ++c) row[c] = cell(shape, c, random);
    }
    rows.back() = by_hand::TableRow(columns);  // otherwise
    return rows;
}

/// Values that some row lets through; an earlier one may too.
std::vector<Values> make_cases(const Shape& shape, const Rows& rows) {
    Random random(7);
    std::vector<Values> cases(case_count);
    for (Values& values : cases) {
        const by_hand::TableRow& row =
            rows[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(rows.size())))];
        for (std::size_t c = 0; c < columns; ++c) {
            const std::int64_t from = std::max<std::int64_t>(row[c].from, 0);
            values[c] = from + random.below(std::min(row[c].until, shape.width + from) - from);
        }
    }
    return cases;
}

constexpr const char* vocabulary =
    "vocabulary: wide\nrecords: {}\nfacts:\n  at?: timestamp\n"
    "  a?: int\n  b?: int\n  c?: int\n  d?: int\n  e?: int\n  f?: int\n";

bool is_any(const by_hand::Range& range) {
    return range.from == by_hand::Range().from;
}

/// Ranges have two columns for one fact: one says from where on, one how far.
std::string ruleset_text(const Shape& shape, const Rows& rows) {
    std::string text =
        "ruleset: wide\nvocabulary: vocabulary.yaml\nzone: UTC\nclauses:\n  C.1: {pt: \"c\", en: \"c\"}\n"
        "decisions:\n  found:\n    asks: {pt: \"q\", en: \"q\"}\n    gives: {row: int}\n    hit: first\n"
        "    table: |\n      id | cite";
    const bool ranges = shape.ranges_in_100 > 0;
    for (std::size_t c = 0; c < columns; ++c) {
        const char name = static_cast<char>('a' + c);
        text += ranges ? fmt::format(" | {} | {} + 0", name, name) : fmt::format(" | {}", name);
    }
    text += " || row || pt | en\n";
    for (std::size_t r = 0; r < rows.size(); ++r) {
        text += fmt::format("      r{} | C.1", r);
        for (const by_hand::Range& range : rows[r]) {
            if (is_any(range)) {
                text += ranges ? " | - | -" : " | -";
            } else if (range.until == range.from + 1) {
                text += fmt::format(" | {}{}", range.from, ranges ? " | -" : "");
            } else {
                text += fmt::format(" | >= {} | < {}", range.from, range.until);
            }
        }
        text += fmt::format(" || {} || p | e\n", r);
    }
    return text;
}

template <typename T>
T value_of(Result<T> result) {
    if (result) return *std::move(result);
    fmt::print(stderr, "{}", result.diagnostics().to_string());
    std::exit(2);
}

Ruleset load(const std::string& text) {
    const auto read = [&](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path, path == "table.yaml" ? text : vocabulary);
    };
    return value_of(Ruleset::load("table.yaml", read));
}

Case read_case(const Ruleset& ruleset, const Values& v) {
    return value_of(ruleset.read_case(std::make_shared<Source>(
        "case.json", fmt::format(R"({{"at":"2024-05-02T10:00:00Z","a":{},"b":{},"c":{},"d":{},"e":{},"f":{}}})", v[0],
                                 v[1], v[2], v[3], v[4], v[5]))));
}

double seconds() {
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

/// Nanoseconds of one look-up, over all cases in turn as long as there is time; the sum keeps it from being left out.
template <typename LookUp>
double nanoseconds(const LookUp& look_up, std::size_t& sum) {
    const double begin = seconds();
    std::size_t done = 0;
    for (; done < 4 * case_count && (done % 64 != 0 || seconds() - begin < most_seconds); ++done)
        sum += look_up(done % case_count);
    return (seconds() - begin) / static_cast<double>(done) * 1e9;
}

double median(std::vector<double> taken) {
    std::nth_element(taken.begin(), taken.begin() + rounds / 2, taken.end());
    return taken[rounds / 2];
}

/// What the rows ask, as praxe's index takes it.
TableIndex index_of(const Rows& rows) {
    std::vector<ColumnStretches> asked(columns);
    for (std::size_t r = 0; r < rows.size(); ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
            if (!is_any(rows[r][c]))
                asked[c].push_back({static_cast<std::uint32_t>(r), rows[r][c].from, rows[r][c].until - 1});
        }
    }
    return {rows.size(), asked};
}

/// At most: it has a set of rows for each bound.
std::size_t hand_bytes(const Shape& shape, std::size_t count) {
    return columns * std::min<std::size_t>(2 * count, static_cast<std::size_t>(shape.width)) * count / 8;
}

void differ(const Shape& shape, std::size_t count, std::size_t at) {
    fmt::print(stderr, "{} of {} rows: case {} finds different rows\n", shape.name, count, at);
    std::exit(1);
}

void measure(const Shape& shape, std::size_t count) {
    const Rows rows = make_rows(shape, count);
    const std::vector<Values> cases = make_cases(shape, rows);
    std::optional<by_hand::TableIndex> by_hand_index;
    if (hand_bytes(shape, count) <= most_hand_bytes) by_hand_index.emplace(rows);
    const TableIndex index = index_of(rows);
    const Ruleset ruleset = load(ruleset_text(shape, rows));
    std::vector<Case> read;
    for (const Values& values : cases) read.push_back(read_case(ruleset, values));
    const DecideOptions options{.decisions = {"found"}, .valid_until = false};
    const auto by_praxe = [&](std::size_t i) {
        const Answer answer = std::move(ruleset.decide(read[i], options).front());
        return static_cast<std::size_t>(answer.outcome.as_record().fields[0].as_int());
    };
    Session session(ruleset);
    const Session::Question question = value_of(session.question("found"));
    const auto in_session = [&](std::size_t i) {
        session.begin(read[i]);
        const AnswerView answer = session.decide(question);
        return answer.because().size() == 1 ? static_cast<std::size_t>(answer.outcome()[0].whole()) : 0;
    };
    const auto by_hand = [&](std::size_t i) { return by_hand_index->find(cases[i].data()); };
    const auto by_index = [&](std::size_t i) { return index.first(cases[i].data()); };
    const auto by_scan = [&](std::size_t i) { return by_hand::scan(rows, cases[i].data()); };
    for (std::size_t i = 0; i < case_count; ++i) {
        const std::size_t row = by_scan(i);
        if (by_index(i) != row || by_praxe(i) != row || in_session(i) != row || (by_hand_index && by_hand(i) != row))
            differ(shape, count, i);
    }
    std::size_t sum = 0;
    std::vector<double> by_hand_taken, index_taken, scan_taken, praxe_taken, session_taken;
    for (int round = 0; round < rounds; ++round) {
        by_hand_taken.push_back(by_hand_index ? nanoseconds(by_hand, sum) : 0);
        index_taken.push_back(nanoseconds(by_index, sum));
        scan_taken.push_back(nanoseconds(by_scan, sum));
        praxe_taken.push_back(nanoseconds(by_praxe, sum));
        session_taken.push_back(nanoseconds(in_session, sum));
    }
    const double hand = median(by_hand_taken), indexed = median(index_taken);
    const double scanned = median(scan_taken), praxe = median(praxe_taken);
    const double by_session = median(session_taken);
    const auto if_built = [&](const std::string& text) { return by_hand_index ? text : std::string("–"); };
    fmt::print("| {} | {} | {} | {:.0f} ns | {:.0f} ns | {} | {:.0f} ns | {:.0f} ns | {} | {} KiB |\n", shape.name,
               count, if_built(fmt::format("{:.0f} ns", hand)), scanned, indexed,
               if_built(fmt::format("{:.2f}", indexed / hand)), by_session, praxe,
               if_built(fmt::format("{} KiB", by_hand_index ? by_hand_index->bytes() / 1024 : 0)),
               index.bytes() / 1024);
    if (sum == 0) fmt::print("\n");
}

}  // namespace
}  // namespace praxe::bench

int main(int argc, char** argv) {
    std::vector<std::size_t> lengths;
    for (int i = 1; i < argc; ++i) lengths.push_back(std::strtoull(argv[i], nullptr, 10));
    if (lengths.empty()) lengths = {10, 100, 1'000, 10'000, 100'000};
    fmt::print(
        "| table | rows | index by hand | row after row by hand | praxe's index alone | to by hand | praxe in a "
        "session | praxe | index by hand | praxe's index |\n|-|-:|-:|-:|-:|-:|-:|-:|-:|-:|\n");
    for (const auto& shape : praxe::bench::shapes) {
        for (const std::size_t length : lengths) praxe::bench::measure(shape, length);
    }
}
