// A value of the expression language: CEL's own types and praxe's dates, money and counted days.
//
// Thread safety: values are immutable; copies may be read from any thread.
// Units: timestamps and durations are whole microseconds since 1970-01-01T00:00:00Z (with the nanoseconds below one
// microsecond kept apart, since CEL has them); dates are days since 1970-01-01; money is whole cents; percent is
// hundredths of one percent; business days, calendar days, months and years are counts; business hours are microseconds
// of opening time.
// Errors: an error is a value of its own kind (see Error), as in CEL; no function here throws.
#pragma once

#include <cassert>
#include <cstdint>
#include <memory>
#include <praxe/diagnostics.hpp>
#include <praxe/export.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace praxe {

enum class Kind : std::uint8_t {
    absent,  // a field that is not there; never the result of an expression
    error,
    null,
    boolean,
    integer,
    unsigned_integer,
    real,
    string,  // members of closed sets too
    bytes,
    timestamp,
    duration,
    date,
    money,
    percent,
    business_days,
    business_hours,
    calendar_days,
    months,
    years,
    type,
    list,
    map,
    record,
    optional,
};

class Value;
struct Record;

/// Why an evaluation has no value.
struct Error {
    enum class Code {
        missing_fact,
        no_such_field,
        no_such_key,
        no_such_overload,
        arithmetic,
        range,
        conversion,
        limit,
        no_rule,
        conflict,
        other
    };
    Code code = Code::other;
    std::string message;
    std::string path;    // of the fact it is about ("client.appointments[0].owner"), if any
    Place place;         // in the ruleset or expression
    Place fact_place{};  // of the fact, where it was read from a text
};

using List = std::vector<Value>;

/// Entries in the order they were written; keys are boolean, integer, unsigned_integer or string.
struct PRAXE_API Map {
    std::vector<std::pair<Value, Value>> entries;
    /// The value of the key equal to `key` under CEL's equality (1 == 1u == 1.0), or null.
    const Value* find(const Value& key) const;
    /// Called once after filling: makes `find` fast. False if two keys are equal, which no value may have.
    bool index();

  private:
    std::vector<std::uint32_t> by_key_;  // entries in order of key
};

/// The instant of decision inside a value: how the value grows with it (see src/run/moving.hpp), or steps with it, as
/// parts of the clock do (src/run/clock_parts.hpp).
enum class Motion : std::uint8_t { still, instant, day, business, part };

class PRAXE_API Value {
  public:
    Value() = default;  // absent
    static Value null();
    static Value boolean(bool v);
    static Value integer(std::int64_t v);
    static Value unsigned_integer(std::uint64_t v);
    static Value real(double v);
    static Value string(std::string v);
    /// A string that is not copied: `v` must outlive the value and all its copies (see owned()).
    static Value borrowed(const std::string& v);
    static Value bytes(std::string v);
    static Value timestamp(std::int64_t micros, int nanos_below = 0);
    static Value duration(std::int64_t micros, int nanos_below = 0);
    /// date, money, percent, business_days, business_hours, calendar_days, months, years
    static Value count(Kind kind, std::int64_t v);
    static Value type(std::string name);
    static Value list(List v);
    static Value map(Map v);
    static Value record(std::shared_ptr<const Record> v);
    static Value optional_none();
    static Value optional_of(Value v);
    static Value error(Error e);
    static Value error(Error::Code code, std::string message);

    Kind kind() const { return kind_; }
    bool is(Kind k) const { return kind_ == k; }
    bool is_error() const { return kind_ == Kind::error; }
    bool is_absent() const { return kind_ == Kind::absent; }
    bool is_true() const { return kind_ == Kind::boolean && integer_ != 0; }
    bool is_false() const { return kind_ == Kind::boolean && integer_ == 0; }

    // REQUIRES: the value is of the kind asked for.
    bool as_bool() const { return integer_ != 0; }
    std::int64_t as_int() const { return integer_; }  // integer, timestamp, duration, date, money, counts
    std::uint64_t as_uint() const { return static_cast<std::uint64_t>(integer_); }
    double as_double() const { return real_; }
    int nanos_below() const { return nanos_below_; }  // 0…999, of a timestamp or duration
    const std::string& as_string() const {            // string, bytes, type
        assert(kind_ == Kind::string || kind_ == Kind::bytes || kind_ == Kind::type);
        return *static_cast<const std::string*>(object_.get());
    }
    const List& as_list() const {
        assert(kind_ == Kind::list);
        return *static_cast<const List*>(object_.get());
    }
    const Map& as_map() const {
        assert(kind_ == Kind::map);
        return *static_cast<const Map*>(object_.get());
    }
    const Record& as_record() const {
        assert(kind_ == Kind::record);
        return *static_cast<const Record*>(object_.get());
    }
    std::shared_ptr<const Record> record_ptr() const;
    bool has_value() const { return object_ != nullptr; }  // of an optional
    const Value& as_optional() const {                     // REQUIRES: has_value()
        assert(kind_ == Kind::optional && object_ != nullptr);
        return *static_cast<const Value*>(object_.get());
    }
    const Error& as_error() const;

    /// The record and field this value was read from, for messages and traces.
    const std::shared_ptr<const Record>& from() const { return from_; }
    std::size_t from_field() const { return from_field_; }
    Value read_from(std::shared_ptr<const Record> record, std::size_t field) const&;
    Value read_from(std::shared_ptr<const Record> record, std::size_t field) &&;

    /// About how many bytes the value takes when it is written out: what stands in it twice counts twice. Of a host's
    /// object the fields are counted, not what is in them.
    std::uint64_t written_bytes() const;

    /// The same value, sharing nothing with a host's objects.
    Value owned() const;

    /// A value that grows with the instant of decision; `base` is the value's fixed part, `clock` what a count of
    /// business days or hours is read from.
    Motion motion() const { return motion_; }
    std::int64_t motion_base() const { return motion_base_; }
    const std::shared_ptr<const void>& motion_clock() const { return object_; }
    Value moving(Motion motion, std::int64_t base, std::shared_ptr<const void> clock = nullptr) const;

  private:
    Kind kind_ = Kind::absent;
    Motion motion_ = Motion::still;
    std::int16_t nanos_below_ = 0;
    std::uint32_t from_field_ = 0;
    union {
        std::int64_t integer_ = 0;  // of a list, map or optional: its written bytes
        double real_;
    };
    std::int64_t motion_base_ = 0;
    std::shared_ptr<const void> object_;
    std::shared_ptr<const Record> from_;
};

struct RecordType;

struct Record;

/// Reads the fields of a host's own object, each when it is first asked for.
class PRAXE_API FieldReader {
  public:
    virtual ~FieldReader();
    /// The field's value, absent where the object has none, an error where it may not be what it is.
    virtual Value read(const Record& record, std::size_t field) const = 0;
};

/// A fact or an outcome with named fields. One that reads a host's object is for one thread at a time.
struct PRAXE_API Record {
    const RecordType* type = nullptr;   // owned by the schema or ruleset that made the record, which must outlive it
    mutable std::vector<Value> fields;  // one for each field of the type; absent where it is not there, or not read yet
    std::string path;                   // where it stands in its case ("client.appointments[0]"); empty for outcomes
    std::uint64_t written_bytes = 0;    // with all that is in it, set once it is whole; 0: of a host's object

    const FieldReader* reader = nullptr;  // of a host's object; null where `fields` are all there is
    const void* object = nullptr;
    mutable std::vector<bool> unread{};  // the fields that `reader` was not asked for yet; empty without a reader

    const Value& at(std::size_t field) const {
        if (!unread.empty() && unread[field]) read(field);
        return fields[field];
    }
    /// All fields, read where they were not yet.
    const std::vector<Value>& all() const;
    /// Sets `written_bytes`, once the first so many fields, which are shown, are filled.
    void count_bytes(std::size_t shown_fields);

  private:
    void read(std::size_t field) const;
};

/// CEL's equality: numbers across types, lists and maps by element; values of different types are unequal.
/// NaN is unequal to everything. Records are equal when of one type with equal fields.
PRAXE_API bool equal(const Value& a, const Value& b);
/// The two are the same value of the same type, bit for bit (a NaN equals a NaN).
PRAXE_API bool identical(const Value& a, const Value& b);

/// The value as CEL source text (timestamps in UTC), for messages, traces and tests.
PRAXE_API std::string to_text(const Value& value);

}  // namespace praxe
