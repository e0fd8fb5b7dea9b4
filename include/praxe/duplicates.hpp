// Duplicate registrations over a whole base: which belong together, and which record of each group a ruleset proposes
// to keep. Nothing is merged.
//
// What joins and what is kept is the ruleset's. For each record of its fact `registrations` the decision
// `registration_mark` (`each: {…: registrations}`) says `own`, a text that tells it apart (empty where it has none),
// and `shared`, those it may have in common with others; here they are compared, as the function `lists.linked` does.
// Of each group that is found the decision `duplicates` is asked alone; the first of its `groups` is told.
//
// Thread safety: one Duplicates is for one thread at a time. Lifetimes: what is told stands alone. Errors: diagnostics;
// what fails in one decision is an error value in its answer. Nothing throws, prints or reads the clock.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <praxe/decision.hpp>
#include <praxe/export.hpp>
#include <praxe/ruleset.hpp>
#include <string>
#include <vector>

namespace praxe {

struct DuplicateOptions {
    /// The instant judged; nothing: whatever a registration tells has happened.
    std::optional<std::int64_t> at = {};
    bool texts = false;
};

/// Registrations that belong together; or some of which it cannot be told with whom.
struct DuplicateGroup {
    std::vector<std::string> ids;  // in the order they were added
    bool unclear = false;          // they share with several that are told apart
    Answer answer;                 // of `duplicates`, asked of this group alone; it has no `valid_until`
};

class PRAXE_API Duplicates {
  public:
    /// For a ruleset that has the fact and the decisions named above, or what it lacks.
    static Result<Duplicates> of(const Ruleset& ruleset, const DuplicateOptions& options = {});
    Duplicates(Duplicates&& other) noexcept;
    Duplicates& operator=(Duplicates&& other) noexcept;
    ~Duplicates();

    /// Reads one registration, a JSON object as it stands in the list `registrations` of a case. Where something is
    /// wrong it is not added, and all of that is returned.
    Diagnostics add(const SourcePtr& json);
    /// The same of all registrations of a case. REQUIRES: it was read for the ruleset, from a text.
    Diagnostics add(const Case& facts);
    std::size_t size() const;  // of those added that are there at the instant judged

    /// Tells of each group of two or more, and of those that are unclear, in the order of their first.
    using Sink = std::function<void(const DuplicateGroup&)>;
    void find(const Sink& sink) const;

    /// One line: `{"ids": […], "group": {…}, "because": […]}`, or `{"ids": […], "unclear": true}`.
    std::string to_json(const DuplicateGroup& group) const;

  private:
    struct State;
    explicit Duplicates(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace praxe
