// Memory for what lives as long as a case: taken from blocks that are used again for the next.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <vector>

namespace praxe {

class Arena {
  public:
    /// Memory is taken in blocks of at least so many bytes.
    explicit Arena(std::size_t block_bytes = 32u << 10) : block_bytes_(block_bytes) {}

    /// So many of them, as their type makes them; their ends are never called.
    template <typename T>
    T* make(std::size_t count) {
        static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= alignof(std::max_align_t));
        T* const made = room<T>(count);
        std::uninitialized_value_construct_n(made, count);
        return made;
    }
    /// The same, for the caller to fill.
    template <typename T>
    T* room(std::size_t count) {
        constexpr std::size_t each = sizeof(T);  // NOLINT(bugprone-sizeof-expression): of a pointer too
        return static_cast<T*>(take(count * each));
    }
    /// Everything made so far is gone; its memory is kept.
    void clear() {
        block_ = 0;
        free_ = end_ = nullptr;
        if (!blocks_.empty()) take_block();
    }
    /// The same, and memory beyond so many bytes is given back.
    void clear(std::size_t keep) {
        std::size_t kept = 0;
        std::erase_if(blocks_, [&](const Block& block) { return (kept += block.size) > keep; });
        clear();
    }

    /// Asks for all that was made to come near the processor, where it will be read soon.
    void prefetch() const {
        constexpr std::size_t line = 64;
        for (std::size_t i = 0; i < block_; ++i) {
            const std::byte* const begin = blocks_[i].bytes.get();
            const std::byte* const end = i + 1 == block_ ? free_ : begin + blocks_[i].size;
            for (const std::byte* at = begin; at < end; at += line) __builtin_prefetch(at);
        }
    }

  private:
    struct Block {
        std::unique_ptr<std::byte[]> bytes;
        std::size_t size;
    };
    [[gnu::always_inline]] void* take(std::size_t bytes) {
        constexpr std::size_t unit = alignof(std::max_align_t);
        bytes = (bytes + unit - 1) & ~(unit - 1);
        if (bytes > static_cast<std::size_t>(end_ - free_)) next_block(bytes);
        std::byte* const made = free_;
        free_ += bytes;
        return made;
    }
    void take_block() {
        const Block& block = blocks_[block_++];
        free_ = block.bytes.get();
        end_ = free_ + block.size;
    }
    [[gnu::noinline, gnu::cold]] void next_block(std::size_t bytes) {
        do {
            if (block_ == blocks_.size()) {
                const std::size_t size = bytes > block_bytes_ ? bytes : block_bytes_;
                blocks_.push_back({std::make_unique<std::byte[]>(size), size});
            }
            take_block();
        } while (bytes > static_cast<std::size_t>(end_ - free_));
    }

    std::size_t block_bytes_;
    std::vector<Block> blocks_;
    std::size_t block_ = 0;      // the next
    std::byte* free_ = nullptr;  // of the one in use
    std::byte* end_ = nullptr;
};

/// A list that grows in an arena; what it outgrew stays there until the arena is cleared.
template <typename T>
class ArenaList {
  public:
    explicit ArenaList(Arena& arena) : arena_(arena) {}

    void push_back(const T& item) {
        if (count_ == room_) grow();
        std::construct_at(items_ + count_++, item);
    }
    void clear() { count_ = 0; }
    bool contains(const T& item) const { return std::find(items_, items_ + count_, item) != items_ + count_; }
    std::span<const T> all() const { return {items_, count_}; }

  private:
    void grow() {
        room_ = room_ == 0 ? 4 : 2 * room_;
        T* const larger = arena_.room<T>(room_);
        std::uninitialized_copy_n(items_, count_, larger);
        items_ = larger;
    }

    Arena& arena_;
    T* items_ = nullptr;
    std::size_t count_ = 0, room_ = 0;
};

}  // namespace praxe
