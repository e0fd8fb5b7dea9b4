// A value or the diagnostics that stand in its way. No exceptions.
#pragma once

#include <praxe/diagnostics.hpp>
#include <utility>
#include <variant>

namespace praxe {

template <typename T>
class Result {
  public:
    Result(T value) : state_(std::move(value)) {}
    Result(Diagnostics diagnostics) : state_(std::move(diagnostics)) {}

    explicit operator bool() const { return std::holds_alternative<T>(state_); }
    // REQUIRES: *this is true.
    T& operator*() & { return std::get<T>(state_); }
    const T& operator*() const& { return std::get<T>(state_); }
    T&& operator*() && { return std::get<T>(std::move(state_)); }
    T* operator->() { return &std::get<T>(state_); }
    const T* operator->() const { return &std::get<T>(state_); }
    // REQUIRES: *this is false.
    const Diagnostics& diagnostics() const { return std::get<Diagnostics>(state_); }

  private:
    std::variant<T, Diagnostics> state_;
};

}  // namespace praxe
