// The most that values can be, as far as the vocabulary and the text of a ruleset tell: bytes written out, items, and
// the same of their parts.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "check/model.hpp"

namespace praxe {

/// The most there can be of something; beyond what can be counted, the most that can.
struct Bound {
    std::uint64_t most = 0;
    const Field* missing = nullptr;  // the field that declares no bound, so that none is known
};
Bound operator+(Bound a, Bound b);
Bound operator*(Bound a, Bound b);
Bound greater_of(Bound a, Bound b);

struct Size {
    Bound bytes;                     // as Value::written_bytes counts
    Bound items;                     // of a list or map
    std::vector<const Size*> parts;  // of a list: its elements; of a map: keys, values; of an optional: its value; of
                                     // an outcome: its fields
};
using SizeRef = const Size*;

/// Makes sizes, and owns them; two that are the same are one.
class Sizes {
  public:
    /// The model must outlive it.
    explicit Sizes(const Model& model) : model_(model) {}

    SizeRef scalar();
    SizeRef text(Bound bytes);
    SizeRef list(SizeRef element, Bound items);
    SizeRef list(SizeRef element, Bound items, Bound bytes);
    SizeRef map(SizeRef key, SizeRef value, Bound items);
    SizeRef optional(SizeRef value);
    SizeRef outcome(std::vector<SizeRef> fields);
    SizeRef of(const Value& value);
    /// What a case can hold there.
    SizeRef of(const Field& field);
    /// The most that the limits of an evaluation let through.
    SizeRef anything(const Type& type);
    /// A part by its place; of what has none there, a single value.
    SizeRef part(SizeRef size, std::size_t index);
    /// The least that is no smaller than either.
    SizeRef joined(SizeRef a, SizeRef b);
    /// What a call of a function makes of its arguments, whose expressions `args` are.
    SizeRef made_by(const Expr& call, std::span<const Expr* const> args, std::span<const SizeRef> sizes);

  private:
    struct Before {
        bool operator()(const Size& a, const Size& b) const;
    };
    SizeRef kept(Size size);
    SizeRef of_type(const Type& type, const Field& field);
    SizeRef of_record(const RecordType& type, const Field& field);

    const Model& model_;
    std::set<Size, Before> all_;
    SizeRef scalar_ = nullptr;             // once it was asked for
    std::vector<const RecordType*> open_;  // records whose size is being worked out
};

/// How many bytes of text a text's size stands for.
Bound text_bytes(SizeRef text);
/// True if it is known what the function makes: of single values it always is.
bool knows_what_is_made(const Overload& row);

}  // namespace praxe
