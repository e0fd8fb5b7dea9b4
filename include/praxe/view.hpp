// An answer where it stands, without a copy: how a Session (praxe/session.hpp) shows it.
//
// Thread safety: that of the session. Lifetimes: a view, and every text and list it shows, stands until the session
// begins the next case. Units: those of praxe/value.hpp. Nothing here takes memory but what the session keeps.
#pragma once

#include <cstdint>
#include <optional>
#include <praxe/decision.hpp>
#include <praxe/export.hpp>
#include <praxe/value.hpp>
#include <span>
#include <string_view>

namespace praxe {

struct Datum;
struct MadeOutcome;
struct Model;
struct Shape;

/// A field of a decision's outcome, found by its name once (Session::field).
class OutcomeField {
  public:
    OutcomeField() = default;

  private:
    friend class Session;
    friend class ValueView;
    explicit OutcomeField(std::size_t place) : place_(place) {}
    std::size_t place_ = 0;
};

/// A value of an answer. An optional reads as the value it holds.
class PRAXE_API ValueView {
  public:
    ValueView() = default;  // absent
    ValueView(const Model& model, const Datum& datum, const Shape& shape);
    ValueView(const Model& model, const Value& value);

    /// Kind::optional: of an optional that holds nothing.
    Kind kind() const;
    /// It is not there, or an optional that holds nothing.
    bool is_absent() const { return kind() == Kind::absent || kind() == Kind::optional; }

    // REQUIRES: the value is of a kind that has what is asked for.
    bool is_true() const { return whole() != 0; }
    std::int64_t whole() const;  // boolean, whole numbers, instants, dates, amounts, counts
    double real() const;
    std::string_view text() const;  // a member of a closed set by its name

    /// How many items a list has, entries a map, fields an outcome; 0 of all else.
    std::size_t size() const;
    /// Of a list the item, of a map the value, of an outcome the field (absent where the rules gave none).
    ValueView operator[](std::size_t place) const;
    /// REQUIRES: it is an outcome of the decision that the field was found in.
    ValueView operator[](OutcomeField field) const { return (*this)[field.place_]; }
    ValueView key(std::size_t place) const;          // of a map
    std::string_view name(std::size_t place) const;  // of an outcome's field

    /// The same, standing alone.
    Value value() const;

  private:
    const Model* model_ = nullptr;
    const Shape* shape_ = nullptr;  // null: there is a Value
    const Datum* datum_ = nullptr;
    const Value* value_ = nullptr;
};

/// A rule that decided, or on whose outcome the answer rested, as praxe::Because.
struct ReasonView {
    std::string_view decision;
    std::string_view rule;
    std::string_view exception;
    std::span<const std::string_view> cite;
    std::string_view item;
};

/// Until when an answer holds, as praxe::Validity.
struct ValidUntil {
    std::optional<std::int64_t> until;
    LimitedBy limited_by = LimitedBy::nothing;
    std::size_t evaluations = 0;
};

}  // namespace praxe
