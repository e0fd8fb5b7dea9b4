// What time costs on rules/company.yaml: `valid_until` beside the plain decision, in one run, and a book of many cases.
//
// usage: praxe_time_bench [CASES]        100,000 by default; prints tables as bench/README.md has them
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <praxe/book.hpp>
#include <random>

#include "cases.hpp"

namespace praxe::bench {
namespace {

/// Of the processor, not of the clock: what else runs on the machine disturbs it less.
double micros() {
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) * 1e6 + static_cast<double>(used.tv_nsec) / 1e3;
}
double micros_since(double begin) {
    return micros() - begin;
}

/// Of this process, resident.
double bytes_in_use() {
    std::ifstream statm("/proc/self/statm");
    double pages = 0;
    statm >> pages >> pages;
    return pages * static_cast<double>(sysconf(_SC_PAGESIZE));
}

template <typename T>
T value_of(Result<T> result) {
    if (!result) {
        fmt::print(stderr, "{}", result.diagnostics().to_string());
        std::exit(2);
    }
    return *std::move(result);
}

// ------------------------------------------------------------------------------------------- valid_until

/// One decision over many cases, each decided in every way one after another, so that the machine's moods hit all
/// alike.
struct Costs {
    double plain = 0, with = 0, explained = 0;  // microseconds in all
    std::size_t answers = 0, evaluations = 0, most = 0;

    void add(const Ruleset& ruleset, const Case& facts, const std::string& decision) {
        DecideOptions how{.decisions = {decision}, .valid_until = false};
        double begin = micros();
        const Answer answer = std::move(ruleset.decide(facts, how).front());
        const double one = micros_since(begin);
        if (answer.outcome.is_error()) return;
        plain += one;
        how.valid_until = true;
        begin = micros();
        const Answer valid = std::move(ruleset.decide(facts, how).front());
        with += micros_since(begin);
        ++answers;
        evaluations += valid.valid_until->evaluations;
        most = std::max(most, valid.valid_until->evaluations);
        how.explain = true;
        begin = micros();
        ruleset.decide(facts, how);
        explained += micros_since(begin);
    }

    void add(const Costs& other) {
        plain += other.plain;
        with += other.with;
        explained += other.explained;
        answers += other.answers;
        evaluations += other.evaluations;
        most = std::max(most, other.most);
    }

    void print(const std::string& name) const {
        const auto count = static_cast<double>(answers);
        fmt::print("| {} | {} | {:.1f} us | {:.1f} us | {:.2f} | {:.1f} us | {:.2f} | {} |\n", name, answers,
                   plain / count, with / count, with / plain, explained / count,
                   static_cast<double>(evaluations) / count, most);
    }
};

void costs_of_valid_until(const Ruleset& ruleset, const std::vector<Case>& cases, std::string_view which) {
    fmt::print(
        "| {} | answers | plain | with `valid_until` | ratio | explained | evaluations, average | most "
        "|\n|-|-|-|-|-|-|-|-|\n",
        which);
    Costs all;
    for (const std::string& decision : ruleset.decisions()) {
        Costs costs;
        for (const Case& facts : cases) costs.add(ruleset, facts, decision);
        if (costs.answers < cases.size() / 8) continue;  // too few can answer it
        costs.print(fmt::format("`{}`", decision));
        all.add(costs);
    }
    all.print("all together");
    fmt::print("\n");
}

std::vector<Case> random_cases(const Ruleset& ruleset) {
    std::vector<Case> cases;
    for (std::uint64_t i = 0; i < 4'000; ++i)
        cases.push_back(value_of(ruleset.read_case(std::make_shared<Source>("case.json", case_json(i)))));
    std::shuffle(cases.begin(), cases.end(), std::mt19937_64(1));
    return cases;
}

/// Those of the working day, as often as there are rounds.
std::vector<Case> cases_of_the_day(const Ruleset& ruleset) {
    constexpr int rounds = 50;
    std::vector<Case> cases;
    for (const auto& file : std::filesystem::directory_iterator(PRAXE_SOURCE_DIR "/rules/day/clients")) {
        std::string message;
        cases.push_back(value_of(ruleset.read_case(Ruleset::read_file(file.path().string(), message))));
    }
    const std::vector<Case> once = cases;
    for (int round = 1; round < rounds; ++round) cases.insert(cases.end(), once.begin(), once.end());
    std::shuffle(cases.begin(), cases.end(), std::mt19937_64(1));
    return cases;
}

// -------------------------------------------------------------------------------------------------- books

std::string id_of(std::uint64_t number) {
    return fmt::format("client-{}", number);
}

void figures_of_a_book(const Ruleset& ruleset, std::uint64_t count) {
    constexpr std::int64_t now_seconds = 1'714'654'800;  // 2024-05-02T10:00:00-03:00
    constexpr std::int64_t now = now_seconds * 1'000'000;
    const double before = bytes_in_use();
    Book book = value_of(Book::open(ruleset, now));
    double put = 0;
    std::size_t text_bytes = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string json = case_json(i, now_seconds);
        text_bytes += json.size();
        const double begin = micros();
        value_of(book.put(id_of(i), json));
        put += micros_since(begin);
    }
    const auto cases = static_cast<double>(count);
    fmt::print("| a book of {} cases | |\n|-|-|\n", count);
    fmt::print("| put all | {:.1f} s, {:.0f} us each |\n", put / 1e6, put / cases);
    fmt::print("| bytes for each case | {:.0f}, of which {:.0f} are its JSON |\n", (bytes_in_use() - before) / cases,
               static_cast<double>(text_bytes) / cases);
    fmt::print("| wake-ups | {} |\n", book.wakeups().size());

    std::mt19937_64 random(1);
    constexpr int updates = 2'000;
    std::vector<double> times;
    for (int i = 0; i < updates; ++i) {
        const std::string json = case_json(count + random() % count, now_seconds);
        const std::string id = id_of(random() % count);
        const double begin = micros();
        value_of(book.put(id, json));
        times.push_back(micros_since(begin));
    }
    std::sort(times.begin(), times.end());
    fmt::print("| put other facts in place of a case's | {:.0f} us, 99 % within {:.0f} us |\n", times[updates / 2],
               times[updates * 99 / 100]);

    const double asked = micros();
    for (int i = 0; i < 1'000; ++i) {
        if (!book.next_wakeup()) std::exit(1);
    }
    fmt::print("| `next_wakeup` | {:.2f} us |\n", micros_since(asked) / 1'000);

    constexpr std::int64_t day = 86'400'000'000;
    const double begin = micros();
    std::size_t changes = 0;
    for (int i = 1; i <= 30; ++i) changes += book.due(now + i * day).size();
    const double due = micros_since(begin);
    fmt::print("| thirty days in thirty calls of `due` | {:.1f} s, {} changes, {:.0f} us each |\n", due / 1e6, changes,
               due / static_cast<double>(changes));

    const double removing = micros();
    for (std::uint64_t i = 0; i < count; i += 10) book.remove(id_of(i));
    fmt::print("| `remove` | {:.2f} us |\n\n", micros_since(removing) / (cases / 10));
}

}  // namespace
}  // namespace praxe::bench

int main(int argc, char** argv) {
    const auto ruleset = praxe::bench::value_of(praxe::Ruleset::load(PRAXE_SOURCE_DIR "/rules/company.yaml"));
    // First, for what others let go of would count as the book's.
    praxe::bench::figures_of_a_book(ruleset, argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000);
    praxe::bench::costs_of_valid_until(ruleset, praxe::bench::random_cases(ruleset), "random cases");
    praxe::bench::costs_of_valid_until(ruleset, praxe::bench::cases_of_the_day(ruleset), "the working day");
}
