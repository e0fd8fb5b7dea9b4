// Decisions for a host in a hurry: the answers of Ruleset::decide, shown where they stand instead of copied.
//
//     praxe::Session session(*ruleset);
//     const auto lead_owner = *session.question("lead_owner");    // by name once
//     const auto owner = *session.field("lead_owner", "owner");
//     session.begin(facts);                                                  // for each case
//     const praxe::AnswerView answer = session.decide(lead_owner);
//     if (answer.has_outcome()) notify(answer.outcome()[owner].text());
//
// What a session needs it keeps for the next case: once it has met cases as large, no memory is asked for. What only
// the reference engine can say (errors; see ARCHITECTURE.md, "The machine") is copied as by Ruleset::decide.
//
// Thread safety: a session is for one thread at a time; a ruleset may have many.
// Lifetimes: a session keeps its ruleset alive. The case, and a host's object behind it, must stay as they are until
// the next begins; views stand as long. Errors: as those of Ruleset::decide.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <praxe/export.hpp>
#include <praxe/result.hpp>
#include <praxe/ruleset.hpp>
#include <praxe/view.hpp>
#include <span>
#include <string_view>

namespace praxe {

struct HostReader;

/// A host's object, to be read where it stands: Facts::in_place of praxe/bind.hpp makes it.
struct HostObject {
    const Model* model = nullptr;
    const FieldReader* reader = nullptr;
    const RecordType* type = nullptr;
    const void* object = nullptr;
    const HostReader* in_place = nullptr;  // the reader, where it needs no Values
};

struct SessionAnswer;
struct SessionState;

/// What was decided. What is asked of it is worked out when it is first asked for: ask for every outcome of a case
/// before the first `valid_until`, and what they share is worked out once.
class PRAXE_API AnswerView {
  public:
    std::string_view decision() const;
    bool has_outcome() const;
    /// REQUIRES: there is one.
    ValueView outcome() const;
    /// Why there is none: an answer that Ruleset::decide gives to a decision asked for by name. REQUIRES: there is
    /// none.
    const Error& error() const;

    /// The deciding rule first; for decisions made per item one entry for each item, in order. Empty
    /// without an outcome.
    std::span<const ReasonView> because() const;
    /// REQUIRES: there is an outcome.
    const ValidUntil& valid_until() const;
    /// Of a decision made per item: of the items of `because`, in their order.
    std::span<const ValidUntil> items_valid_until() const;

  private:
    friend class Session;
    explicit AnswerView(SessionAnswer& answer) : answer_(&answer) {}
    SessionAnswer* answer_;
};

class PRAXE_API Session {
  public:
    /// A decision, found by its name once.
    class Question {
      public:
        Question() = default;  // the ruleset's first decision

      private:
        friend class Session;
        explicit Question(std::size_t decision) : decision_(decision) {}
        std::size_t decision_ = 0;
    };

    /// Of the options those about limits and about how far to look for `valid_until` count, and `by_reference`.
    explicit Session(const Ruleset& ruleset, const DecideOptions& options = {});
    ~Session();
    Session(Session&&) noexcept;
    Session& operator=(Session&&) noexcept;

    /// The decision of that name, which may take no arguments.
    Result<Question> question(std::string_view name) const;
    Result<OutcomeField> field(std::string_view decision, std::string_view name) const;

    /// The case that is decided from here on, at its own instant or at `at`.
    void begin(const Case& facts, std::optional<std::int64_t> at = {});
    void begin(const Case&& facts, std::optional<std::int64_t> at = {}) = delete;  // it must outlive its views
    void begin(const HostObject& facts, std::optional<std::int64_t> at = {});

    /// A fact that all hosts' objects hold alike (a table of staff): it is read from the next of them alone, which must
    /// stay as it is while this session is used, or until `keep` is called again: then all that is kept is read anew.
    Diagnostics keep(std::string_view fact);

    /// REQUIRES: a case was begun; the question was found in a session of this ruleset.
    AnswerView decide(Question question);

  private:
    std::unique_ptr<SessionState> state_;
};

}  // namespace praxe
