// Real rows: the invoices of a shop (docs/examples/online_retail), one after another as often as it takes, decided by
// praxe's columns beside the same policy written by hand. Before anything is measured, both have given the same
// answers.
//
// usage: praxe_invoices_bench [ROWS [INVOICES.CSV]]        prints a row as bench/README.md has it
#include <fmt/format.h>
#include <malloc.h>

#include <fstream>
#include <sstream>

#include "arrow_table.hpp"
#include "by_hand/invoices.hpp"

namespace praxe::bench {
namespace {

constexpr std::size_t most_rows = 10'000'000;
constexpr std::size_t spare = 64;
constexpr int runs = 5;

template <typename T>
T value_of(Result<T> result) {
    if (result) return *std::move(result);
    fmt::print(stderr, "{}", result.diagnostics().to_string());
    std::exit(2);
}

/// Days since 1970-01-01 of `2011-12-09T12:50:00`.
std::int32_t day_of(const std::string& text) {
    std::tm time{};
    time.tm_year = std::stoi(text.substr(0, 4)) - 1900;
    time.tm_mon = std::stoi(text.substr(5, 2)) - 1;
    time.tm_mday = std::stoi(text.substr(8, 2));
    constexpr int seconds_of_a_day = 86'400;
    return static_cast<std::int32_t>(timegm(&time) / seconds_of_a_day);
}

/// `-27.50` in thousandths.
std::int64_t thousandths_of(std::string text) {
    constexpr std::size_t decimals = 3;
    const std::size_t point = std::min(text.find('.'), text.size());
    std::string digits = point < text.size() ? text.substr(point + 1) : std::string();
    digits.resize(decimals, '0');
    return std::stoll(text.substr(0, point) + digits);
}

/// Columns of the invoices of a file.
struct Invoices {
    Invoices(const std::string& path, std::size_t count) : count(count) {
        std::ifstream in(path);
        std::string line;
        std::getline(in, line);
        while (std::getline(in, line)) add(line);
        if (kind.empty()) {
            fmt::print(stderr, "{} has no invoices\n", path);
            std::exit(2);
        }
        in_file = kind.size();
        repeat(kind);
        repeat(country);
        repeat(lines);
        repeat(day);
        repeat(thousandths);
        repeat(customer);
        has_customer.resize(count / 64 + 2);
        for (std::size_t i = 0; i < count; ++i)
            has_customer[i / 64] |= static_cast<std::uint64_t>(customer[i] != 0) << (i % 64);
    }

    void add(const std::string& line) {
        std::istringstream in(line);
        std::array<std::string, 6> cells;
        for (std::string& cell : cells) std::getline(in, cell, ',');
        const auto& [no, at, client, land, count_of_lines, amount] = cells;
        kind.push_back(no.front() == 'C' ? 1 : no.front() == 'A' ? 2 : 0);
        country.push_back(number_of(land));
        customer.push_back(client.empty() ? 0 : std::stoi(client));
        lines.push_back(std::stoi(count_of_lines));
        day.push_back(day_of(at));
        thousandths.push_back(thousandths_of(amount));
    }
    /// By the order in which they come.
    std::int8_t number_of(const std::string& land) {
        const auto found = std::find(lands.begin(), lands.end(), land);
        if (found == lands.end()) return lands.push_back(land), static_cast<std::int8_t>(lands.size() - 1);
        return static_cast<std::int8_t>(found - lands.begin());
    }
    std::int8_t known(const std::string& land) const {
        const auto found = std::find(lands.begin(), lands.end(), land);
        return static_cast<std::int8_t>(found == lands.end() ? -1 : found - lands.begin());
    }
    template <typename T>
    void repeat(std::vector<T>& column) const {
        const std::size_t own = column.size();
        column.resize(count + spare);
        for (std::size_t i = own; i < column.size(); ++i) column[i] = column[i - own];
    }

    std::size_t count, in_file = 0;
    std::vector<std::int8_t> kind, country;
    std::vector<std::int32_t> lines, day, customer;
    std::vector<std::int64_t> thousandths;
    std::vector<std::uint64_t> has_customer;
    std::vector<std::string> lands;
};

struct Table : ArrowTable {
    explicit Table(const Invoices& invoices) : ArrowTable(invoices.count) {
        words("kind", invoices.kind, {"sale", "cancellation", "adjustment"});
        words("country", invoices.country, invoices.lands);
        add("i", "customer", invoices.customer.data(), invoices.has_customer.data());
        add("i", "lines", invoices.lines.data());
        add("tdD", "day", invoices.day.data());
        add("l", "thousandths", invoices.thousandths.data());
        finish("invoice");
    }
};

struct Answers {
    explicit Answers(std::size_t rows) : desk(rows + spare), rule(rows + spare), days(rows + spare) {}
    std::vector<std::int8_t> desk, rule;
    std::vector<std::int64_t> days;
};

struct Sides {
    const Columns& columns;
    const Invoices& invoices;
    const Table& table;
    const by_hand::Countries& countries;

    /// The room for answers is made anew, as praxe makes it.
    Answers by_hand(std::size_t first, std::size_t count) const {
        Answers out(count);
        const by_hand::InvoiceColumns rows = {invoices.kind.data() + first,       invoices.country.data() + first,
                                              &invoices.has_customer[first / 64], invoices.lines.data() + first,
                                              invoices.day.data() + first,        invoices.thousandths.data() + first};
        by_hand::decide_invoices(rows, countries, 0, count, {out.desk.data(), out.rule.data(), out.days.data()});
        return out;
    }
    ArrowArray in_praxe(std::size_t first, std::size_t count) const {
        ArrowArray out{};
        const auto begin = static_cast<std::int64_t>(first), rows = static_cast<std::int64_t>(count);
        if (!columns.decide(table.array(), begin, rows, {&out, 1}).empty()) std::exit(2);
        return out;
    }

    std::size_t differences() const {
        std::size_t found = 0;
        for (std::size_t first = 0; first < invoices.count; first += chunk_rows) {
            const std::size_t count = std::min(chunk_rows, invoices.count - first);
            const Answers ours = by_hand(first, count);
            ArrowArray theirs = in_praxe(first, count);
            const ArrowArray& outcome = *theirs.children[0];
            const auto* desk = static_cast<const std::int8_t*>(outcome.children[0]->buffers[1]);
            const auto* days = static_cast<const std::int64_t*>(outcome.children[1]->buffers[1]);
            const auto* rule = static_cast<const std::int8_t*>(theirs.children[1]->buffers[1]);
            for (std::size_t i = 0; i < count; ++i)
                found += desk[i] == ours.desk[i] && days[i] == ours.days[i] && rule[i] == ours.rule[i] ? 0 : 1;
            theirs.release(&theirs);
        }
        return found;
    }
};

/// The two in turn, so that both meet the same machine; medians of the processor's time.
void measure(const Sides& sides) {
    std::vector<double> by_hand, in_praxe;
    const std::size_t rows = sides.invoices.count;
    for (int run = 0; run < runs; ++run) {
        by_hand.push_back(seconds([&](auto... chunk) { sides.by_hand(chunk...); }, rows, 1));
        in_praxe.push_back(seconds(
            [&](auto... chunk) {
                ArrowArray answers = sides.in_praxe(chunk...);
                answers.release(&answers);
            },
            rows, 1));
    }
    const double nanoseconds_a_row = 1e9 / static_cast<double>(rows);
    fmt::print("| {} invoices of {} in the file | 1 | {:.1f} ns | {:.1f} ns | {:.2f} |\n", rows, sides.invoices.in_file,
               median(by_hand) * nanoseconds_a_row, median(in_praxe) * nanoseconds_a_row,
               median(in_praxe) / median(by_hand));
}

}  // namespace
}  // namespace praxe::bench

int main(int argc, char** argv) {
    using namespace praxe::bench;
    // Room for answers is used again, not given back to the system: pages that it clears are no one's work here.
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    const std::size_t rows = argc > 1 ? std::stoul(argv[1]) : most_rows;
    const std::string path = argc > 2 ? argv[2] : PRAXE_SOURCE_DIR "/docs/examples/online_retail/extract.csv";
    const Invoices invoices(path, rows);
    const Table table(invoices);
    praxe::by_hand::Countries countries = {invoices.known("United Kingdom"), invoices.known("Channel Islands"), {}};
    const std::array near = {"Germany", "France", "EIRE", "Belgium", "Spain", "Netherlands", "Portugal", "Italy"};
    for (std::size_t i = 0; i < near.size(); ++i) countries.near[i] = invoices.known(near[i]);
    const auto ruleset = value_of(praxe::Ruleset::load(PRAXE_SOURCE_DIR "/bench/columns/invoices.yaml"));
    const auto columns = value_of(praxe::Columns::bind(ruleset, table.schema(), {.decisions = {"handling"}, .at = 0}));
    const Sides sides{columns, invoices, table, countries};
    const std::size_t different = sides.differences();
    fmt::print(stderr, "{} of {} rows are decided differently\n", different, rows);
    if (different > 0) return 1;
    measure(sides);
}
