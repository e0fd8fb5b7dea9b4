// Ten million rows, sixteen rules about scalars: praxe's columns beside the same policy written by hand over columns,
// on one thread and on two. Before anything is measured, both have given the same answers in every row.
//
// usage: praxe_columns_bench [ROWS]        prints a table as bench/README.md has it
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <random>

#include "arrow_table.hpp"
#include "by_hand/columns.hpp"

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

/// Random leads, each column a buffer.
struct Leads {
    explicit Leads(std::size_t count) : count(count), random(1) {
        fill(stage, 0, 5);
        fill(product, 0, 8);
        fill(region, 0, 6);
        fill(channel, 0, 4);
        fill(age, 16, 90);
        fill(score, 0, 1'000);
        fill(visits, 0, 50);
        fill(calls, 0, 9);
        fill(amount, 0, 8'000'000);
        fill(paid, 0, 8'000'000);
        fill(opened, 19'300, 20'700);
        fill(renewed, 20'300, 20'800);
        bits(has_renewed);
        bits(returning);
        bits(blocked);
        for (std::uint64_t& word : blocked) word &= random() & random() & random();
    }

    by_hand::LeadColumns columns() const {
        return {stage.data(),  product.data(), region.data(),      channel.data(),   age.data(),
                score.data(),  visits.data(),  calls.data(),       amount.data(),    paid.data(),
                opened.data(), renewed.data(), has_renewed.data(), returning.data(), blocked.data()};
    }

    template <typename T>
    void fill(std::vector<T>& out, std::int64_t from, std::int64_t to) {
        out.resize(count + spare);
        for (T& value : out)
            value = static_cast<T>(from + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(to - from)));
    }
    void bits(std::vector<std::uint64_t>& out) {
        out.resize(count / 64 + 2);
        for (std::uint64_t& word : out) word = random();
    }

    std::size_t count;
    std::mt19937_64 random;
    std::vector<std::int8_t> stage, product, region, channel;
    std::vector<std::int32_t> age, score, visits, calls, opened, renewed;
    std::vector<std::int64_t> amount, paid;
    std::vector<std::uint64_t> has_renewed, returning, blocked;
};

/// The leads as Arrow columns over the same buffers.
struct Table : ArrowTable {
    explicit Table(const Leads& leads) : ArrowTable(leads.count) {
        words("stage", leads.stage, {"new", "contacted", "quoted", "won", "lost"});
        words("product", leads.product, {"car", "home", "life", "health", "travel", "pet", "radar", "fleet"});
        words("region", leads.region, {"north", "northeast", "midwest", "southeast", "south", "abroad"});
        words("channel", leads.channel, {"phone", "site", "partner", "campaign"});
        add("i", "age", leads.age.data());
        add("i", "score", leads.score.data());
        add("i", "visits", leads.visits.data());
        add("i", "calls", leads.calls.data());
        add("l", "amount", leads.amount.data());
        add("l", "paid", leads.paid.data());
        add("tdD", "opened", leads.opened.data());
        add("tdD", "renewed", leads.renewed.data(), leads.has_renewed.data());
        add("b", "returning", leads.returning.data());
        add("b", "blocked", leads.blocked.data());
        finish("lead");
    }
};

struct Answers {
    explicit Answers(std::size_t rows)
        : route(rows + spare), rule(rows + spare), clause(rows + spare), priority(rows + spare) {}
    std::vector<std::int8_t> route, rule, clause;
    std::vector<std::int64_t> priority;
};

/// Answers by hand, of one chunk of rows. The room for them is made anew, as praxe makes it.
void by_hand_chunk(const by_hand::LeadColumns& all, std::size_t first, std::size_t count, Answers& out) {
    const by_hand::LeadColumns leads = {all.stage + first,
                                        all.product + first,
                                        all.region + first,
                                        all.channel + first,
                                        all.age + first,
                                        all.score + first,
                                        all.visits + first,
                                        all.calls + first,
                                        all.amount + first,
                                        all.paid + first,
                                        all.opened + first,
                                        all.renewed + first,
                                        all.has_renewed + first / 64,
                                        all.returning + first / 64,
                                        all.blocked + first / 64};
    by_hand::decide_leads(leads, 0, count, {out.route.data(), out.rule.data(), out.clause.data(), out.priority.data()});
}

/// Rows in which praxe says something else than the code by hand.
std::size_t differences(const Columns& columns, const Leads& leads, const Table& table) {
    std::size_t found = 0;
    for (std::size_t first = 0; first < leads.count; first += chunk_rows) {
        const std::size_t count = std::min(chunk_rows, leads.count - first);
        Answers ours(count);
        by_hand_chunk(leads.columns(), first, count, ours);
        ArrowArray theirs{};
        if (!columns
                 .decide(table.array(), static_cast<std::int64_t>(first), static_cast<std::int64_t>(count),
                         {&theirs, 1})
                 .empty())
            return leads.count;
        const ArrowArray& outcome = *theirs.children[0];
        const auto* route = static_cast<const std::int8_t*>(outcome.children[0]->buffers[1]);
        const auto* priority = static_cast<const std::int64_t*>(outcome.children[1]->buffers[1]);
        const auto* rule = static_cast<const std::int8_t*>(theirs.children[1]->buffers[1]);
        const auto* clause = static_cast<const std::int8_t*>(theirs.children[2]->buffers[1]);
        for (std::size_t i = 0; i < count; ++i) {
            const bool same = route[i] == ours.route[i] && priority[i] == ours.priority[i] && rule[i] == ours.rule[i] &&
                              clause[i] == ours.clause[i];
            if (!same && found++ == 0)
                fmt::print(stderr, "row {}: rule {} by hand, {} in praxe\n", first + i, ours.rule[i], rule[i]);
        }
        theirs.release(&theirs);
    }
    return found;
}

struct Sides {
    const Columns& columns;
    const Leads& leads;
    const Table& table;

    void by_hand(std::size_t first, std::size_t count) const {
        Answers answers(count);
        by_hand_chunk(leads.columns(), first, count, answers);
    }
    void in_praxe(std::size_t first, std::size_t count) const {
        ArrowArray answers{};
        const auto begin = static_cast<std::int64_t>(first), rows = static_cast<std::int64_t>(count);
        if (columns.decide(table.array(), begin, rows, {&answers, 1}).empty()) answers.release(&answers);
    }
};

/// The two in turn, so that both meet the same machine; medians of the processor's time, of all threads together.
void measure(const Sides& sides, std::size_t threads) {
    std::vector<double> by_hand, in_praxe;
    const std::size_t rows = sides.leads.count;
    for (int run = 0; run < runs; ++run) {
        by_hand.push_back(seconds([&](auto... chunk) { sides.by_hand(chunk...); }, rows, threads));
        in_praxe.push_back(seconds([&](auto... chunk) { sides.in_praxe(chunk...); }, rows, threads));
    }
    const double nanoseconds_a_row = 1e9 / static_cast<double>(rows);
    fmt::print("| blocks of {} | {} | {:.1f} ns | {:.1f} ns | {:.2f} |\n", rows, threads,
               median(by_hand) * nanoseconds_a_row, median(in_praxe) * nanoseconds_a_row,
               median(in_praxe) / median(by_hand));
}

/// Asked for `valid_until`, each row is decided alone.
void measure_rows(const Sides& sides) {
    const std::size_t rows = std::min<std::size_t>(sides.leads.count, 100'000);
    const double time = seconds([&](auto... chunk) { sides.in_praxe(chunk...); }, rows, 1);
    fmt::print("| {} rows alone, with `valid_until` | 1 | | {:.0f} ns | |\n", rows,
               time * 1e9 / static_cast<double>(rows));
}

}  // namespace
}  // namespace praxe::bench

int main(int argc, char** argv) {
    using namespace praxe::bench;
    // Room for answers is used again, not given back to the system: pages that it clears are no one's work here.
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    const std::size_t rows = argc > 1 ? std::stoul(argv[1]) : most_rows;
    const auto ruleset = value_of(praxe::Ruleset::load(PRAXE_SOURCE_DIR "/bench/columns/policy.yaml"));
    const Leads leads(rows);
    const Table table(leads);
    const auto columns = value_of(praxe::Columns::bind(ruleset, table.schema(), {.decisions = {"handling"}, .at = 0}));
    const std::size_t different = differences(columns, leads, table);
    fmt::print(stderr, "{} of {} rows are decided differently\n", different, rows);
    if (different > 0) return 1;
    const auto alone = value_of(
        praxe::Columns::bind(ruleset, table.schema(), {.decisions = {"handling"}, .at = 0, .valid_until = true}));
    fmt::print("| rows | threads | by hand | praxe | praxe to by hand |\n|---|---|---|---|---|\n");
    for (const std::size_t threads : {1, 2}) measure({columns, leads, table}, threads);
    measure_rows({alone, leads, table});
}
