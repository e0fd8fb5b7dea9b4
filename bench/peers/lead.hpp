// A lead as a C++ host has it, read from leads.py's plain lines, and how each C++ peer tells what it measured.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <ctime>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace peers {

struct Lead {
    std::string stage, product, region, channel;
    std::int64_t age, score, visits, calls, amount, paid, opened, renewed;
    bool returning, blocked;
    NLOHMANN_DEFINE_TYPE_INTRUSIVE(Lead, stage, product, region, channel, age, score, visits, calls, amount, paid,
                                   opened, renewed, returning, blocked)
};

inline std::vector<std::string> lines_of(const char* path) {
    std::ifstream in(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

inline std::vector<Lead> leads_of(const char* path) {
    std::vector<Lead> leads;
    for (const std::string& line : lines_of(path)) leads.push_back(nlohmann::json::parse(line).get<Lead>());
    return leads;
}

constexpr int runs = 5;

/// Decides all once for the rules that decided and to get warm, then some times for the time: of the processor, the
/// median. `decide(i)` gives some number of the answer, which is not to be optimised away, `rule()` the rule that
/// decided last.
template <typename Decide, typename Rule>
void measure(const std::string& engine, const std::string& version, std::size_t count, Decide decide, Rule rule) {
    std::vector<std::string> rules;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        sum += decide(i);
        rules.push_back(rule());
    }
    std::array<double, runs> taken{};
    for (double& nanoseconds : taken) {
        const std::clock_t begin = std::clock();
        for (std::size_t i = 0; i < count; ++i) sum += decide(i);
        nanoseconds = static_cast<double>(std::clock() - begin) * 1e9 / CLOCKS_PER_SEC / static_cast<double>(count);
    }
    std::nth_element(taken.begin(), taken.begin() + runs / 2, taken.end());
    std::cout << nlohmann::json({{"engine", engine},
                                 {"version", version},
                                 {"nanoseconds", taken[runs / 2]},
                                 {"rules", rules},
                                 {"sum", sum}})
              << std::endl;
}

}  // namespace peers
