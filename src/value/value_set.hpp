// Values by their equality: whether one was met before, without comparing it with all the others.
#pragma once

#include <praxe/value.hpp>
#include <unordered_map>
#include <vector>

namespace praxe {

/// A set under CEL's equality (1 == 1u == 1.0; a NaN is in no set). The values must outlive it and stay where they are.
class ValueSet {
  public:
    ValueSet() = default;
    explicit ValueSet(const List& values);

    /// False if an equal value is in the set already.
    bool insert(const Value& value);
    bool contains(const Value& value) const;

  private:
    bool contains(const Value& value, std::size_t hash) const;

    std::unordered_map<std::size_t, std::vector<const Value*>> by_hash_;
};

}  // namespace praxe
