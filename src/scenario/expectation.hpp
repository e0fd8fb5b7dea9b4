// What a scenario expects of a decision, read against the ruleset: names and kinds are right before anything is
// decided.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "check/model.hpp"

namespace praxe {

struct ExpectedUntil {
    std::optional<Instant> until;  // nothing: never
    Place place;
};

/// A part of an outcome. What is not expected is not looked at, but inside lists that are compared as a whole.
struct Expected {
    enum class Form {
        value,    // value
        nothing,  // an optional without a value
        record,   // parts: the fields numbered in `fields`; those in `absent` are left out of the outcome
        map,      // parts: the values of `keys`
        list,     // parts: its items; see key and only
    };
    Form form = Form::value;
    Place place;
    Value value;
    std::vector<std::size_t> fields;
    std::vector<std::pair<std::size_t, Place>> absent;
    std::vector<std::string> keys;
    std::vector<Expected> parts;
    /// Of a list: the field by which its records are looked for, anywhere in it; without one (-1), and when nothing is
    /// looked for, the lists agree item by item.
    int key = -1;
    /// Of a list with a key: there are no other items.
    bool only = false;
    /// Of an item of a decision's list: clauses its own reason cites, and its own validity.
    std::vector<Excerpt> because;
    std::optional<ExpectedUntil> valid_until;
};

struct ExpectedAnswer {
    const Decision* decision = nullptr;
    Place place;
    std::optional<Expected> outcome;
    std::optional<Excerpt> error;  // a part of its message
    std::vector<Excerpt> because;
    std::optional<ExpectedUntil> valid_until;
};

/// Reads the value of `expect:`, as scenario.hpp describes it. Everything wrong goes to `diagnostics`.
std::vector<ExpectedAnswer> read_expectations(const Node& expect, const Model& model, Diagnostics& diagnostics);

}  // namespace praxe
