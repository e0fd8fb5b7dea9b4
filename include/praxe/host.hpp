// How a host's own C++ types stand for facts and outcomes.
//
//   bool                                              bool
//   integers                                          int, business_days, calendar_days, months, years
//   float, double                                     double
//   std::string, std::string_view, const char*        string, or a member of a closed set by its name
//   an enum, once Binder::members names its members   a member of a closed set
//   praxe::Money, praxe::Percent                      money, percent
//   std::chrono::sys_time of microseconds or coarser  timestamp (finer does not compile: say how to round)
//   std::chrono::sys_days, year_month_day             date
//   std::optional, a pointer, std::unique_ptr, …      what it holds; empty or null: absent
//   a range (std::vector, std::map by its values, …)  list, or a map by the records' keys
//   any other class, once bound                       a record
//
// Lifetimes: a text that a member holds may be read where it stands while a decision is made, and until a session ends
// its case.
#pragma once

#include <chrono>
#include <concepts>
#include <limits>
#include <memory>
#include <optional>
#include <praxe/export.hpp>
#include <praxe/value.hpp>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeindex>

namespace praxe {

struct Money {
    std::int64_t cents = 0;
    friend bool operator==(const Money&, const Money&) = default;
};
struct Percent {
    std::int64_t hundredths = 0;  // of one percent: 12.50 % is 1250
    friend bool operator==(const Percent&, const Percent&) = default;
};
/// An instant as facts hold it.
using Microseconds = std::chrono::sys_time<std::chrono::microseconds>;

/// What a C++ type is to a vocabulary.
struct HostType {
    enum class Kind { boolean, integer, real, text, enumerator, money, percent, instant, date, record, list };
    Kind kind;
    std::type_index type;               // of an enumerator or a record
    const HostType* element = nullptr;  // of a list
    bool may_be_absent = false;
};

struct BoundRecord;
struct BoundTypes;

/// The member that is being read: what it is part of, and where it stands.
class PRAXE_API FieldReading {
  public:
    FieldReading(const BoundTypes& types, const Record& record, std::size_t field)
        : types_(types), record_(record), field_(field) {}

    FieldReading item(std::size_t index) const;
    /// For what does not outlive the reading: its texts are copied.
    FieldReading copying() const;
    /// Empty, to be filled and handed to the next.
    std::shared_ptr<List> new_list() const;
    Value filled(const std::shared_ptr<List>& list) const;
    Value text(const std::string& text) const { return copies_ ? Value::string(text) : Value::borrowed(text); }
    Value enumerator(std::type_index type, std::int64_t value) const;
    Value record(std::type_index type, const void* object) const;
    /// An error that names the fact: `"client.born" is no date of the calendar`.
    Value refused(std::string_view why) const;

  private:
    std::string path() const;
    void append_path(std::string& to) const;

    const BoundTypes& types_;
    const Record& record_;
    std::size_t field_;
    std::optional<std::size_t> index_;
    bool copies_ = false;
};

/// The outcome that is being written to a host's struct.
class PRAXE_API FieldWriting {
  public:
    explicit FieldWriting(const BoundTypes& types) : types_(types) {}

    std::optional<std::int64_t> enumerator(std::type_index type, const std::string& member) const;
    bool record(std::type_index type, void* object, const Record& record) const;

  private:
    const BoundTypes& types_;
};

namespace host {

template <typename M>
concept Text = std::convertible_to<const M&, std::string_view>;
template <typename M>
concept Range = std::ranges::input_range<const M> && !Text<M>;
template <typename M>
concept MaybeAbsent = !Text<M> && !Range<M> && requires(const M& m) {
    static_cast<bool>(m);
    *m;
};
template <typename M>
inline constexpr bool is_instant = false;
template <typename D>
inline constexpr bool is_instant<std::chrono::sys_time<D>> = true;
template <typename M>
inline constexpr bool is_pair = false;
template <typename K, typename V>
inline constexpr bool is_pair<std::pair<K, V>> = true;

template <typename M>
using Held = std::remove_cvref_t<decltype(*std::declval<const M&>())>;

/// An element of a range; of a map its value.
template <typename E>
const auto& element(const E& e) {
    if constexpr (is_pair<E>) {
        return e.second;
    } else {
        return e;
    }
}
template <typename M>
using Element = std::remove_cvref_t<decltype(element(*std::ranges::begin(std::declval<const M&>())))>;

/// Of a type that is neither a range nor one that may be absent.
template <typename M>
constexpr HostType::Kind type_of_kind() {
    using Kind = HostType::Kind;
    if (std::same_as<M, bool>) return Kind::boolean;
    if (std::integral<M>) return Kind::integer;
    if (std::floating_point<M>) return Kind::real;
    if (Text<M>) return Kind::text;
    if (std::is_enum_v<M>) return Kind::enumerator;
    if (std::same_as<M, Money>) return Kind::money;
    if (std::same_as<M, Percent>) return Kind::percent;
    if (std::same_as<M, std::chrono::sys_days> || std::same_as<M, std::chrono::year_month_day>) return Kind::date;
    return is_instant<M> ? Kind::instant : Kind::record;
}

template <typename M>
const HostType& type_of() {
    if constexpr (MaybeAbsent<M>) {
        static const HostType held = type_of<Held<M>>();
        static const HostType type{held.kind, held.type, held.element, true};
        return type;
    } else if constexpr (Range<M>) {
        static const HostType type{HostType::Kind::list, typeid(M), &type_of<Element<M>>(), true};
        return type;
    } else {
        static const HostType type{type_of_kind<M>(), typeid(M)};
        return type;
    }
}

/// Whether what a getter returns by value may be let go of once it is read: it holds no struct that is read later.
template <typename M>
constexpr bool stands_alone() {
    if constexpr (std::is_pointer_v<M> || std::ranges::borrowed_range<M> || Text<M>) {
        return true;
    } else if constexpr (MaybeAbsent<M>) {
        return stands_alone<Held<M>>();
    } else if constexpr (Range<M>) {
        return stands_alone<Element<M>>();
    } else {
        return type_of_kind<M>() != HostType::Kind::record;
    }
}

template <typename M>
Value read(const M& m, const FieldReading& reading) {
    if constexpr (MaybeAbsent<M>) {
        return static_cast<bool>(m) ? read(*m, reading) : Value();
    } else if constexpr (std::same_as<M, std::string>) {
        return reading.text(m);
    } else if constexpr (std::is_pointer_v<M> && Text<M>) {
        return m == nullptr ? Value() : Value::string(m);
    } else if constexpr (Text<M>) {
        return Value::string(std::string(std::string_view(m)));
    } else if constexpr (Range<M>) {
        const std::shared_ptr<List> items = reading.new_list();
        for (const auto& item : m) items->push_back(read(element(item), reading.item(items->size())));
        return reading.filled(items);
    } else if constexpr (std::same_as<M, bool>) {
        return Value::boolean(m);
    } else if constexpr (std::integral<M>) {
        return std::in_range<std::int64_t>(m) ? Value::integer(static_cast<std::int64_t>(m))
                                              : reading.refused("is too large a number");
    } else if constexpr (std::floating_point<M>) {
        return Value::real(m);
    } else if constexpr (std::is_enum_v<M>) {
        return reading.enumerator(typeid(M), static_cast<std::int64_t>(m));
    } else if constexpr (std::same_as<M, Money>) {
        return Value::count(Kind::money, m.cents);
    } else if constexpr (std::same_as<M, Percent>) {
        return Value::count(Kind::percent, m.hundredths);
    } else if constexpr (std::same_as<M, std::chrono::year_month_day>) {
        return m.ok() ? read(std::chrono::sys_days(m), reading) : reading.refused("is no date of the calendar");
    } else if constexpr (std::same_as<M, std::chrono::sys_days>) {
        return Value::count(Kind::date, m.time_since_epoch().count());
    } else if constexpr (is_instant<M>) {
        static_assert(std::is_convertible_v<typename M::duration, std::chrono::microseconds>,
                      "facts hold whole microseconds: round with std::chrono::floor<std::chrono::microseconds>(…)");
        return Value::timestamp(std::chrono::microseconds(m.time_since_epoch()).count());
    } else {
        static_assert(std::is_class_v<M>, "a fact cannot be of this type; see the table at the top of praxe/host.hpp");
        return reading.record(typeid(M), &m);
    }
}

/// Whether an outcome can be written to a member of the type: it owns what it holds.
template <typename M>
constexpr bool is_writable() {
    if constexpr (MaybeAbsent<M>) {
        if constexpr (std::same_as<M, std::optional<Held<M>>>) return is_writable<Held<M>>();
        return false;
    } else if constexpr (std::same_as<M, std::string>) {
        return true;
    } else if constexpr (Range<M>) {
        if constexpr (requires(M& m) { m.emplace_back(); }) return is_writable<Element<M>>();
        return false;
    } else {
        return !Text<M>;
    }
}

/// False where the value does not fit the member: a number out of its range.
template <typename M>
    requires(is_writable<M>())
bool write(M& m, const Value& value, const FieldWriting& writing) {
    if constexpr (MaybeAbsent<M>) {
        m.reset();
        return value.is_absent() || write(m.emplace(), value, writing);
    } else if constexpr (std::same_as<M, std::string>) {
        m = value.as_string();
        return true;
    } else if constexpr (Range<M>) {
        m.clear();
        if (value.is_absent()) return true;
        if (value.is(Kind::list)) {
            for (const Value& item : value.as_list()) {
                if (!write(m.emplace_back(), item, writing)) return false;
            }
        } else {
            for (const auto& [key, item] : value.as_map().entries) {
                if (!write(m.emplace_back(), item, writing)) return false;
            }
        }
        return true;
    } else if constexpr (std::same_as<M, bool>) {
        m = value.as_bool();
        return true;
    } else if constexpr (std::integral<M>) {
        m = static_cast<M>(value.as_int());
        return std::in_range<M>(value.as_int());
    } else if constexpr (std::floating_point<M>) {
        m = static_cast<M>(value.as_double());
        return true;
    } else if constexpr (std::is_enum_v<M>) {
        const auto number = writing.enumerator(typeid(M), value.as_string());
        m = static_cast<M>(number.value_or(0));
        return number.has_value();
    } else if constexpr (std::same_as<M, Money>) {
        m.cents = value.as_int();
        return true;
    } else if constexpr (std::same_as<M, Percent>) {
        m.hundredths = value.as_int();
        return true;
    } else if constexpr (std::same_as<M, std::chrono::sys_days> || std::same_as<M, std::chrono::year_month_day>) {
        m = std::chrono::sys_days(std::chrono::days(value.as_int()));
        return true;
    } else if constexpr (is_instant<M>) {
        const Microseconds instant{std::chrono::microseconds(value.as_int())};
        m = std::chrono::floor<typename M::duration>(instant);
        return m == instant;
    } else {
        return writing.record(typeid(M), &m, value.as_record());
    }
}

}  // namespace host
}  // namespace praxe
