// How values are made and read back, and how a map finds a key.
#include <algorithm>
#include <cassert>
#include <numeric>
#include <praxe/value.hpp>

#include "value/order.hpp"

namespace praxe {

Value Value::null() {
    Value v;
    v.kind_ = Kind::null;
    return v;
}

Value Value::boolean(bool b) {
    return count(Kind::boolean, b ? 1 : 0);
}
Value Value::integer(std::int64_t i) {
    return count(Kind::integer, i);
}
Value Value::unsigned_integer(std::uint64_t u) {
    return count(Kind::unsigned_integer, static_cast<std::int64_t>(u));
}

Value Value::real(double d) {
    Value v;
    v.kind_ = Kind::real;
    v.real_ = d;
    return v;
}

namespace {

template <typename T>
std::shared_ptr<const void> shared(T object) {
    return std::make_shared<const T>(std::move(object));
}

}  // namespace

Value Value::string(std::string s) {
    Value v;
    v.kind_ = Kind::string;
    v.object_ = shared(std::move(s));
    return v;
}

Value Value::bytes(std::string s) {
    Value v = string(std::move(s));
    v.kind_ = Kind::bytes;
    return v;
}

Value Value::type(std::string name) {
    Value v = string(std::move(name));
    v.kind_ = Kind::type;
    return v;
}

Value Value::timestamp(std::int64_t micros, int nanos_below) {
    assert(nanos_below >= 0 && nanos_below < 1000);
    Value v = count(Kind::timestamp, micros);
    v.nanos_below_ = static_cast<std::int16_t>(nanos_below);
    return v;
}

Value Value::duration(std::int64_t micros, int nanos_below) {
    Value v = timestamp(micros, nanos_below);
    v.kind_ = Kind::duration;
    return v;
}

Value Value::count(Kind kind, std::int64_t n) {
    Value v;
    v.kind_ = kind;
    v.integer_ = n;
    return v;
}

Value Value::list(List items) {
    Value v;
    v.kind_ = Kind::list;
    v.object_ = shared(std::move(items));
    return v;
}

Value Value::map(Map entries) {
    Value v;
    v.kind_ = Kind::map;
    v.object_ = shared(std::move(entries));
    return v;
}

Value Value::record(std::shared_ptr<const Record> r) {
    assert(r != nullptr);
    Value v;
    v.kind_ = Kind::record;
    v.object_ = std::move(r);
    return v;
}

Value Value::optional_none() {
    Value v;
    v.kind_ = Kind::optional;
    return v;
}

Value Value::optional_of(Value inner) {
    Value v = optional_none();
    v.object_ = shared(std::move(inner));
    return v;
}

Value Value::error(Error e) {
    Value v;
    v.kind_ = Kind::error;
    v.object_ = shared(std::move(e));
    return v;
}

Value Value::error(Error::Code code, std::string message) {
    return error(Error{code, std::move(message), {}, {}});
}

const std::string& Value::as_string() const {
    assert(kind_ == Kind::string || kind_ == Kind::bytes || kind_ == Kind::type);
    return *static_cast<const std::string*>(object_.get());
}

const List& Value::as_list() const {
    assert(kind_ == Kind::list);
    return *static_cast<const List*>(object_.get());
}

const Map& Value::as_map() const {
    assert(kind_ == Kind::map);
    return *static_cast<const Map*>(object_.get());
}

const Record& Value::as_record() const {
    assert(kind_ == Kind::record);
    return *static_cast<const Record*>(object_.get());
}

const std::shared_ptr<const Record> Value::record_ptr() const {
    assert(kind_ == Kind::record);
    return std::static_pointer_cast<const Record>(object_);
}

const Value& Value::as_optional() const {
    assert(kind_ == Kind::optional && object_ != nullptr);
    return *static_cast<const Value*>(object_.get());
}

const Error& Value::as_error() const {
    assert(kind_ == Kind::error);
    return *static_cast<const Error*>(object_.get());
}

Value Value::read_from(std::shared_ptr<const Record> record, std::size_t field) const {
    Value v = *this;
    v.from_ = std::move(record);
    v.from_field_ = static_cast<std::uint32_t>(field);
    return v;
}

Value Value::moving(Motion motion, std::int64_t base) const {
    Value v = *this;
    v.motion_ = motion;
    v.motion_base_ = base;
    return v;
}

bool Map::index() {
    by_key_.resize(entries.size());
    std::iota(by_key_.begin(), by_key_.end(), 0u);
    const auto key = [this](std::uint32_t i) -> const Value& { return entries[i].first; };
    std::stable_sort(by_key_.begin(), by_key_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return key_order(key(a), key(b)) < 0; });
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

}  // namespace praxe
