// Many cases as columns, decided into columns: in and out by the Arrow C data interface, without Arrow's library.
//
//     auto columns = praxe::Columns::bind(*ruleset, schema, {.decisions = {"lead_owner"}});
//     ArrowArray answers[1];                                      // one for each decision
//     auto wrong = columns->decide(array, 0, array.length, answers);
//
// In: a struct array, a row of which is a case; its children are the facts by name (docs/columns.md has the table of
// which Arrow type holds which). Out: for each decision a struct array with a row for each case, in order:
//   outcome      as it is decided: a struct, or a list of structs; null where there is an error
//   rule         that decided (a dictionary); for decisions that give lists a list, one for each item
//   exception    of that rule, if it decided; there where a rule has exceptions
//   clause       that the rule cites first
//   error        why there is no outcome; null where there is one
//   valid_until  on request: the instant from which on another outcome is decided; null: none
// A row says what `Ruleset::decide` says of the same case alone.
//
// Thread safety: immutable; any number of threads may call `decide` at once, each for rows of its own.
// Lifetimes: the schema may be released after `bind`, an array after `decide`: what is given out shares nothing with
// them. What is given out is the caller's to release.
// Errors: columns that do not fit the vocabulary are all told by `bind`; an array that does not fit its schema is told
// by `decide`, which then gives nothing. A value that the vocabulary does not allow, or that is missing, is the `error`
// of its row, where the decision reads it; it names the column by the fact's path.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <praxe/export.hpp>
#include <praxe/limits.hpp>
#include <praxe/result.hpp>
#include <praxe/ruleset.hpp>
#include <span>
#include <string>
#include <vector>

// The structures of Arrow's C data interface, whose names, members and guard are Arrow's.
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4
extern "C" {
struct ArrowSchema {
    const char* format;
    const char* name;
    const char* metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema** children;
    struct ArrowSchema* dictionary;
    void (*release)(struct ArrowSchema*);
    void* private_data;
};
struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void** buffers;
    struct ArrowArray** children;
    struct ArrowArray* dictionary;
    void (*release)(struct ArrowArray*);
    void* private_data;
};
}
#endif

namespace praxe {

struct ColumnsOptions {
    std::vector<std::string> decisions = {};    // by name, in this order; empty: all that ask, in the ruleset's order
    std::optional<std::int64_t> at = {};        // the instant of decision of all rows, instead of the column `at`
    bool valid_until = false;                   // as a column
    std::optional<std::int64_t> horizon = {};   // of the search for it, as in DecideOptions
    EvaluationLimits limits = decision_limits;  // of each evaluation
};

/// What a ruleset makes of columns of one schema.
class PRAXE_API Columns {
  public:
    /// Everything that is wrong with the schema or the names of decisions is told at once.
    static Result<Columns> bind(const Ruleset& ruleset, const ArrowSchema& facts, const ColumnsOptions& options);

    /// The decisions that are made, in the order of what `decide` gives.
    const std::vector<std::string>& decisions() const;
    /// The schema of a decision's answers, the caller's to release. REQUIRES: decision < decisions().size()
    void schema(std::size_t decision, ArrowSchema& out) const;

    /// Decides the rows [first, first + count) of an array of the schema bound, and gives one array for each decision.
    /// On diagnostics nothing is given. REQUIRES: `out` has a place for each decision, none of which holds an array.
    Diagnostics decide(const ArrowArray& facts, std::int64_t first, std::int64_t count,
                       std::span<ArrowArray> out) const;

    struct Bound;

  private:
    explicit Columns(std::shared_ptr<const Bound> bound) : bound_(std::move(bound)) {}
    std::shared_ptr<const Bound> bound_;
};

}  // namespace praxe
