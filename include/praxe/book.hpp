// Many cases, and the one instant at which the first of their answers changes: one timer for the whole book.
//
//     auto book = praxe::Book::open(ruleset, now);
//     book->put("c1", facts_as_json);                  // again whenever the facts of c1 change
//     set_timer(book->next_wakeup()->at);              // the one timer
//     for (const praxe::Change& change : book->due(now)) act_on(change);
//
// The book has a clock, which only `due` moves; a case is decided at the clock's instant, whatever its own `at` says.
// An outcome that is an error is one too: a ruleset that comes into force wakes the cases it was not in force for.
//
// Cost: `put` reads the case, makes those of its decisions that read what is other than before, and looks for until
// when they hold; `due` the same for each decision that is due, and once more for what stood before; no other case is
// looked at. Beside that both take the logarithm of the decisions that have a wake-up, as `remove` does. Kept are, of
// each case, its id and its facts as JSON (or nothing, where the host keeps them) and 24 bytes for each decision with
// about 64 more where it has a wake-up; figures in bench/README.md. Thread safety: a Book is for one thread at a time;
// any number may use its const functions while none changes it. Lifetimes: a Book keeps its ruleset alive; what it
// gives out stands alone. Errors: a case that is wrong is told, and leaves the book as it was. Units: instants are
// microseconds since 1970-01-01T00:00:00Z.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <praxe/decision.hpp>
#include <praxe/export.hpp>
#include <praxe/result.hpp>
#include <praxe/ruleset.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace praxe {

/// When it is looked for until when an outcome holds.
enum class Lookahead {
    always,      // wake-ups are exact: an outcome differs then
    of_changes,  // and in the answers of changes; a wake-up may find nothing changed
    never
};

struct BookOptions {
    /// Decisions by name; empty: all questions that a case's facts can answer.
    std::vector<std::string> decisions = {};
    bool texts = false;  // in the reasons of changes
    /// Other than `always`, `put` is cheap, and each decision is looked at whenever a comparison that it made turns
    /// over. What changes is told the same.
    Lookahead lookahead = Lookahead::always;
    bool explain = true;  // of changes that time brings about, what turned over: one evaluation more
    /// Keeps what is shown of each outcome, in about a third of the bytes of its JSON, so that what stood before a
    /// change need not be made again.
    bool keep_outcomes = false;
    /// As in DecideOptions: at the end of the search a decision is looked at again, and it goes on from there.
    std::size_t max_evaluations = 100'000;
    std::optional<std::int64_t> horizon = {};
    EvaluationLimits limits = decision_limits;  // of each evaluation
};

/// When a decision of a case is looked at again: its outcome differs then, or the search for that went no further.
struct Wakeup {
    std::int64_t at = 0;
    std::string case_id;
    std::string decision;
};

/// A decision of a case whose outcome is another than before.
struct Change {
    std::int64_t at = 0;
    std::string case_id;
    /// The outcome until then. Absent where it had none: the case is new, its facts could not answer the question, or
    /// the host keeps the facts and they are others by now.
    Value before;
    /// The answer from then on, with its reasons and `valid_until`; its outcome is absent where the facts can no longer
    /// answer the question.
    Answer now;
    /// What turned over; nothing where the case was put.
    std::optional<Flip> because;
};

class PRAXE_API Book {
  public:
    /// Gives the facts of a case as they were last put; must not throw.
    using FactsOf = std::function<Result<Case>(const std::string& case_id)>;
    static constexpr std::size_t all = std::numeric_limits<std::size_t>::max();

    /// A book that keeps the facts of its cases.
    static Result<Book> open(Ruleset ruleset, std::int64_t now, BookOptions options = {});
    /// A book whose host keeps them, and is asked for those of a case that is due, and before it is put again.
    static Result<Book> open(Ruleset ruleset, std::int64_t now, FactsOf facts_of, BookOptions options = {});

    Book(Book&&) noexcept;
    Book& operator=(Book&&) noexcept;
    ~Book();

    /// Puts a case into the book, or other facts in place of those it has: JSON text, kept as it is. Gives what the new
    /// facts change at the clock's instant; of a case that is new, all it decides.
    Result<std::vector<Change>> put(const std::string& case_id, std::string_view json);
    /// The same where the host keeps the facts.
    Result<std::vector<Change>> put(const std::string& case_id, const Case& facts);
    /// The same where the host gives the facts that it put before, too: decisions that read nothing of what differs are
    /// left alone. REQUIRES: they are those that were put last.
    Result<std::vector<Change>> put(const std::string& case_id, const Case& facts, const Case& before);
    /// False if there is no such case.
    bool remove(const std::string& case_id);

    /// The earliest of all; nothing: no answer changes by itself.
    std::optional<Wakeup> next_wakeup() const;
    /// The earliest ones in order: by instant, then case, then as the ruleset orders its decisions.
    std::vector<Wakeup> wakeups(std::size_t at_most = all) const;

    /// Moves the clock on, and decides at its own instant each decision that is due by then. Gives what changes in
    /// order; where that are `at_most`, the clock stands at the last, and the next call goes on from there. The clock
    /// does not go back.
    std::vector<Change> due(std::int64_t until, std::size_t at_most = all);

    std::int64_t now() const;
    std::size_t size() const;
    bool contains(const std::string& case_id) const;
    const Ruleset& ruleset() const;

  private:
    struct State;
    explicit Book(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace praxe
