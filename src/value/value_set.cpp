// A hash that equal values share, and the set over it.
#include "value/value_set.hpp"

#include <absl/hash/hash.h>

#include <algorithm>

namespace praxe {
namespace {

constexpr std::size_t max_hashed_parts = 1'000;  // of one value: what follows is compared but not hashed

template <typename... Parts>
std::size_t hash_of(const Parts&... parts) {
    return absl::HashOf(parts...);  // its seed is not known outside, so collisions cannot be prepared
}

/// Equal numbers of different types are equal as doubles.
std::size_t hash_of_number(double n) {
    return hash_of(n == 0 ? 0.0 : n);  // negative zero equals zero
}

class Hasher {
  public:
    std::size_t operator()(const Value& v) {
        if (++parts_ > max_hashed_parts) return 0;
        switch (v.kind()) {
            case Kind::integer:
                return hash_of_number(static_cast<double>(v.as_int()));
            case Kind::unsigned_integer:
                return hash_of_number(static_cast<double>(v.as_uint()));
            case Kind::real:
                return hash_of_number(v.as_double());
            case Kind::string:
            case Kind::bytes:
            case Kind::type:
                return hash_of(v.kind(), v.as_string());
            case Kind::boolean:
            case Kind::timestamp:
            case Kind::duration:
            case Kind::date:
            case Kind::money:
            case Kind::percent:
            case Kind::business_days:
            case Kind::business_hours:
            case Kind::calendar_days:
            case Kind::months:
            case Kind::years:
                return hash_of(v.kind(), v.as_int(), v.nanos_below());
            case Kind::list:
                return of_items(v.as_list(), v.kind());
            case Kind::map:
                return of_map(v.as_map());
            case Kind::record:
                return of_items(v.as_record().all(), v.kind());
            case Kind::optional:
                return v.has_value() ? hash_of(v.kind(), (*this)(v.as_optional())) : hash_of(v.kind());
            case Kind::absent:
            case Kind::error:
            case Kind::null:
                return hash_of(v.kind());
        }
        return 0;
    }

  private:
    std::size_t of_items(const List& items, Kind kind) {
        std::size_t hash = hash_of(kind, items.size());
        for (std::size_t i = 0; i < items.size() && parts_ < max_hashed_parts; ++i)
            hash = hash_of(hash, (*this)(items[i]));
        return hash;
    }
    /// By its keys alone, in whatever order they stand.
    static std::size_t of_map(const Map& map) {
        std::size_t keys = 0;
        for (const auto& [key, value] : map.entries) keys += Hasher()(key);
        return hash_of(Kind::map, map.entries.size(), keys);
    }

    std::size_t parts_ = 0;
};

bool is_nan(const Value& v) {
    return v.is(Kind::real) && v.as_double() != v.as_double();
}

}  // namespace

ValueSet::ValueSet(const List& values) {
    for (const Value& value : values) insert(value);
}

bool ValueSet::insert(const Value& value) {
    if (is_nan(value)) return true;
    const std::size_t hash = Hasher()(value);
    if (contains(value, hash)) return false;
    by_hash_[hash].push_back(&value);
    return true;
}

bool ValueSet::contains(const Value& value) const {
    return contains(value, Hasher()(value));
}

bool ValueSet::contains(const Value& value, std::size_t hash) const {
    const auto found = by_hash_.find(hash);
    return found != by_hash_.end() &&
           std::any_of(found->second.begin(), found->second.end(), [&](const Value* v) { return equal(*v, value); });
}

}  // namespace praxe
