// A ruleset in service that many threads share and that a new version replaces while they work.
//
//     praxe::Live<praxe::Ruleset> live(*praxe::Ruleset::load("rules/company.yaml"));
//     auto ruleset = live.get();                     // any thread; what it decides, it decides by one version
//     auto wrong = live.reload([] { return praxe::Ruleset::load("rules/company.yaml"); });
//     if (!wrong.empty()) log(wrong.to_string());    // the version before serves on
//
// What else belongs to a version (the bindings of a host's structs) is put beside the ruleset in a struct of the
// host's, and held as Live<thatStruct>.
//
// Thread safety: all functions, from any thread, without further locks. `get` waits for nothing but the copying of a
// pointer: a new version is made before it is swapped in.
// Lifetimes: what `get` gave lives as long as anybody holds it, whatever serves by then.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <praxe/result.hpp>
#include <utility>

namespace praxe {

template <typename T>
class Live {
  public:
    explicit Live(T first) : serving_(std::make_shared<const T>(std::move(first))) {}

    /// What serves now; never null.
    std::shared_ptr<const T> get() const {
        const std::lock_guard lock(mutex_);
        return serving_;
    }
    /// How many versions served before this one.
    std::uint64_t swaps() const {
        const std::lock_guard lock(mutex_);
        return swaps_;
    }

    void swap(T next) {
        auto made = std::make_shared<const T>(std::move(next));
        {
            const std::lock_guard lock(mutex_);
            serving_.swap(made);
            ++swaps_;
        }  // the version before is let go of outside of the lock
    }

    /// Swaps in what `make`, which returns a Result<T>, gives; otherwise says what is wrong and leaves what serves.
    template <typename Make>
    Diagnostics reload(const Make& make) {
        Result<T> next = make();
        if (!next) return next.diagnostics();
        swap(*std::move(next));
        return {};
    }

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<const T> serving_;
    std::uint64_t swaps_ = 0;
};

}  // namespace praxe
