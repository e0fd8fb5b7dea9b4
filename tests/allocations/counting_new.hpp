// How often memory is asked for: a program that links counting_new.cpp counts each call of `operator new` of its own
// thread.
#pragma once

#include <cstdint>

namespace praxe::allocations {

struct Count {
    std::uint64_t times = 0;
    std::uint64_t bytes = 0;
};

/// Since the thread began.
Count counted();

/// While the work is done.
template <typename Work>
Count during(const Work& work) {
    const Count before = counted();
    work();
    const Count after = counted();
    return {after.times - before.times, after.bytes - before.bytes};
}

}  // namespace praxe::allocations
