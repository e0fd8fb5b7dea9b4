// Random cases as JSON text, the same on every machine: number N is always the same case.
#pragma once

#include <cstdint>
#include <string>

namespace praxe::bench {

/// One case for all decisions of rules/company.yaml, on one line: a client with one to five appointments, sometimes
/// sales and an inactivation, a request, and a team of six. No two numbers give the same case.
std::string case_json(std::uint64_t number);
/// The same decided at another instant, with all that lies before and after it.
std::string case_json(std::uint64_t number, std::int64_t at_seconds);

}  // namespace praxe::bench
