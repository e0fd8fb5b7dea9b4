// `operator new` in place of the library's, which the arrays' and the non-throwing forms fall back to.
#include "counting_new.hpp"

#include <cstdlib>
#include <new>

namespace praxe::allocations {
namespace {

thread_local Count of_thread;

void* taken(std::size_t bytes, void* memory) {
    if (memory == nullptr) std::abort();  // no test runs out of memory
    ++of_thread.times;
    of_thread.bytes += bytes;
    return memory;
}

}  // namespace

Count counted() {
    return of_thread;
}

}  // namespace praxe::allocations

using praxe::allocations::taken;

void* operator new(std::size_t bytes) {
    return taken(bytes, std::malloc(bytes == 0 ? 1 : bytes));
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
    const auto step = static_cast<std::size_t>(alignment);
    return taken(bytes, std::aligned_alloc(step, (bytes + step - 1) / step * step));
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    std::free(memory);
}
