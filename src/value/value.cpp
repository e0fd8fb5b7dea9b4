// How values are made and read back, and how a map finds a key.
#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>
#include <praxe/value.hpp>

#include "value/order.hpp"

namespace praxe {

Value Value::null() {
    Value value;
    value.kind_ = Kind::null;
    return value;
}

Value Value::boolean(bool v) {
    return count(Kind::boolean, v ? 1 : 0);
}
Value Value::integer(std::int64_t v) {
    return count(Kind::integer, v);
}
Value Value::unsigned_integer(std::uint64_t v) {
    return count(Kind::unsigned_integer, static_cast<std::int64_t>(v));
}

Value Value::real(double v) {
    Value value;
    value.kind_ = Kind::real;
    value.real_ = v;
    return value;
}

namespace {

template <typename T>
std::shared_ptr<const void> shared(T object) {
    return std::make_shared<const T>(std::move(object));
}

constexpr std::uint64_t scalar_bytes = 8;
constexpr std::uint64_t most_bytes = std::numeric_limits<std::int64_t>::max();

/// The sum; beyond what can be counted, the most that can.
std::uint64_t more_bytes(std::uint64_t a, std::uint64_t b) {
    return a > most_bytes - b ? most_bytes : a + b;
}

std::uint64_t written_bytes_of(const List& list) {
    std::uint64_t bytes = scalar_bytes;
    for (const Value& item : list) bytes = more_bytes(bytes, item.written_bytes());
    return bytes;
}

std::uint64_t written_bytes_of(const Map& map) {
    std::uint64_t bytes = scalar_bytes;
    for (const auto& [key, value] : map.entries) {
        bytes = more_bytes(bytes, more_bytes(key.written_bytes(), value.written_bytes()));
    }
    return bytes;
}

}  // namespace

Value Value::string(std::string v) {
    Value value;
    value.kind_ = Kind::string;
    value.object_ = shared(std::move(v));
    return value;
}

Value Value::borrowed(const std::string& v) {
    Value value;
    value.kind_ = Kind::string;
    value.object_ = std::shared_ptr<const void>(std::shared_ptr<const void>(), &v);  // owns nothing
    return value;
}

Value Value::bytes(std::string v) {
    Value value = string(std::move(v));
    value.kind_ = Kind::bytes;
    return value;
}

Value Value::type(std::string name) {
    Value value = string(std::move(name));
    value.kind_ = Kind::type;
    return value;
}

Value Value::timestamp(std::int64_t micros, int nanos_below) {
    assert(nanos_below >= 0 && nanos_below < 1000);
    Value value = count(Kind::timestamp, micros);
    value.nanos_below_ = static_cast<std::int16_t>(nanos_below);
    return value;
}

Value Value::duration(std::int64_t micros, int nanos_below) {
    Value value = timestamp(micros, nanos_below);
    value.kind_ = Kind::duration;
    return value;
}

Value Value::count(Kind kind, std::int64_t v) {
    Value value;
    value.kind_ = kind;
    value.integer_ = v;
    return value;
}

Value Value::list(List v) {
    Value value = count(Kind::list, static_cast<std::int64_t>(written_bytes_of(v)));
    value.object_ = shared(std::move(v));
    return value;
}

Value Value::map(Map v) {
    Value value = count(Kind::map, static_cast<std::int64_t>(written_bytes_of(v)));
    value.object_ = shared(std::move(v));
    return value;
}

Value Value::record(std::shared_ptr<const Record> v) {
    assert(v != nullptr);
    Value value;
    value.kind_ = Kind::record;
    value.object_ = std::move(v);
    return value;
}

Value Value::optional_none() {
    Value value;
    value.kind_ = Kind::optional;
    return value;
}

Value Value::optional_of(Value v) {
    Value value = optional_none();
    value.integer_ = static_cast<std::int64_t>(more_bytes(scalar_bytes, v.written_bytes()));
    value.object_ = shared(std::move(v));
    return value;
}

Value Value::error(Error e) {
    Value value;
    value.kind_ = Kind::error;
    value.object_ = shared(std::move(e));
    return value;
}

Value Value::error(Error::Code code, std::string message) {
    return error(Error{code, std::move(message), {}, {}});
}

std::shared_ptr<const Record> Value::record_ptr() const {
    assert(kind_ == Kind::record);
    return std::static_pointer_cast<const Record>(object_);
}

const Error& Value::as_error() const {
    assert(kind_ == Kind::error);
    return *static_cast<const Error*>(object_.get());
}

std::uint64_t Value::written_bytes() const {
    if (is(Kind::string) || is(Kind::bytes)) return scalar_bytes + as_string().size();
    if (is(Kind::list) || is(Kind::map)) return static_cast<std::uint64_t>(integer_);
    if (is(Kind::optional) && has_value()) return static_cast<std::uint64_t>(integer_);
    if (is(Kind::record) && as_record().written_bytes > 0) return as_record().written_bytes;
    if (is(Kind::record)) return scalar_bytes * (1 + as_record().fields.size());
    return scalar_bytes;
}

Value Value::read_from(std::shared_ptr<const Record> record, std::size_t field) const& {
    return Value(*this).read_from(std::move(record), field);
}

Value Value::read_from(std::shared_ptr<const Record> record, std::size_t field) && {
    from_ = std::move(record);
    from_field_ = static_cast<std::uint32_t>(field);
    return std::move(*this);
}

Value Value::moving(Motion motion, std::int64_t base, std::shared_ptr<const void> clock) const {
    Value v = *this;
    v.motion_ = motion;
    v.motion_base_ = base;
    v.object_ = std::move(clock);  // what moves has no other object
    return v;
}

bool Map::index() {
    by_key_.resize(entries.size());
    std::iota(by_key_.begin(), by_key_.end(), 0u);
    const auto key = [this](std::uint32_t i) -> const Value& { return entries[i].first; };
    const auto below = [&](std::uint32_t a, std::uint32_t b) { return key_order(key(a), key(b)) < 0; };
    if (!std::is_sorted(by_key_.begin(), by_key_.end(), below)) std::stable_sort(by_key_.begin(), by_key_.end(), below);
    const auto same = [&](std::uint32_t a, std::uint32_t b) { return key_order(key(a), key(b)) == 0; };
    return std::adjacent_find(by_key_.begin(), by_key_.end(), same) == by_key_.end();
}

const Value* Map::find(const Value& key) const {
    if (by_key_.size() != entries.size()) {  // not indexed
        const auto is_key = [&](const auto& entry) { return equal(entry.first, key); };
        const auto found = std::find_if(entries.begin(), entries.end(), is_key);
        return found == entries.end() ? nullptr : &found->second;
    }
    const auto below = [&](std::uint32_t i, const Value& k) { return key_order(entries[i].first, k) < 0; };
    const auto found = std::lower_bound(by_key_.begin(), by_key_.end(), key, below);
    if (found == by_key_.end() || !equal(entries[*found].first, key)) return nullptr;
    return &entries[*found].second;
}

FieldReader::~FieldReader() = default;

void Record::read(std::size_t field) const {
    unread[field] = false;
    fields[field] = reader->read(*this, field);
}

const std::vector<Value>& Record::all() const {
    for (std::size_t i = 0; i < unread.size(); ++i) at(i);
    return fields;
}

void Record::count_bytes(std::size_t shown_fields) {
    written_bytes = scalar_bytes;
    for (std::size_t i = 0; i < shown_fields; ++i) written_bytes = more_bytes(written_bytes, fields[i].written_bytes());
}

namespace {

List owned_list(const List& list) {
    List out;
    out.reserve(list.size());
    for (const Value& item : list) out.push_back(item.owned());
    return out;
}

Map owned_map(const Map& map) {
    Map out;
    for (const auto& [key, value] : map.entries) out.entries.emplace_back(key.owned(), value.owned());
    out.index();
    return out;
}

std::shared_ptr<const Record> owned_record(const Record& record) {
    auto out = std::make_shared<Record>();
    out->type = record.type;
    out->path = record.path;
    out->fields = owned_list(record.all());
    out->written_bytes = record.written_bytes;
    return out;
}

}  // namespace

Value Value::owned() const {
    Value out = *this;
    switch (kind_) {
        case Kind::string:
            out = string(as_string());
            break;
        case Kind::list:
            out = list(owned_list(as_list()));
            break;
        case Kind::map:
            out = map(owned_map(as_map()));
            break;
        case Kind::record:
            out = record(owned_record(as_record()));
            break;
        case Kind::optional:
            if (has_value()) out = optional_of(as_optional().owned());
            break;
        default:
            break;
    }
    out.from_ = nullptr;
    return out;
}

}  // namespace praxe
