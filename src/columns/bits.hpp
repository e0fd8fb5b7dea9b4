// Truths of a block of rows as bits, and comparisons of a whole block that give them.
//
// Plain x86-64 (SSE2) where it is there, plain C++ elsewhere; both give the same.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace praxe {

inline constexpr std::size_t block_rows = 2'048;
inline constexpr std::size_t word_bits = 64;

/// A bit for each row of a block.
struct alignas(16) Mask {
    std::array<std::uint64_t, block_rows / word_bits> words;
};

template <typename Combine>
void combine(Mask& out, const Mask& a, const Mask& b, const Combine& word) {
    for (std::size_t i = 0; i < out.words.size(); ++i) out.words[i] = word(a.words[i], b.words[i]);
}
inline void set_and(Mask& out, const Mask& a, const Mask& b) {
    combine(out, a, b, [](auto x, auto y) { return x & y; });
}
inline void set_or(Mask& out, const Mask& a, const Mask& b) {
    combine(out, a, b, [](auto x, auto y) { return x | y; });
}
/// What is in `a` and not in `b`.
inline void set_less(Mask& out, const Mask& a, const Mask& b) {
    combine(out, a, b, [](auto x, auto y) { return x & ~y; });
}
inline bool is_empty(const Mask& mask) {
    std::uint64_t all = 0;
    for (const std::uint64_t word : mask.words) all |= word;
    return all == 0;
}
inline Mask first_rows(std::size_t rows) {
    Mask mask{};
    for (std::size_t i = 0; i < rows / word_bits; ++i) mask.words[i] = ~std::uint64_t{0};
    if (rows % word_bits != 0) mask.words[rows / word_bits] = (std::uint64_t{1} << (rows % word_bits)) - 1;
    return mask;
}

/// Bits [from, from + rows) of a bitmap, least significant first, into the first of the mask; the others are 0.
inline void read_bits(const std::uint8_t* bits, std::int64_t from, std::size_t rows, Mask& out) {
    constexpr std::size_t byte = 8;
    out = {};
    for (std::size_t at = 0; at < rows; at += word_bits) {
        const std::size_t count = std::min(word_bits, rows - at);
        const std::size_t place = static_cast<std::size_t>(from) + at;
        const std::size_t shift = place % byte;
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        const std::size_t bytes = (shift + count + byte - 1) / byte;
        std::memcpy(&low, bits + place / byte, std::min(bytes, sizeof(low)));
        if (bytes > sizeof(low)) high = bits[place / byte + sizeof(low)];
        std::uint64_t word = shift == 0 ? low : low >> shift | high << (word_bits - shift);
        if (count < word_bits) word &= (std::uint64_t{1} << count) - 1;
        out.words[at / word_bits] = word;
    }
}

// ------------------------------------------------------------------------------------------------------- comparisons

struct Less {
    template <typename T>
    static bool holds(T a, T b) {
        return a < b;
    }
};
struct Greater {
    template <typename T>
    static bool holds(T a, T b) {
        return a > b;
    }
};
struct Equal {
    template <typename T>
    static bool holds(T a, T b) {
        return a == b;
    }
};

#if defined(__SSE2__)
namespace sse {

inline __m128i load(const void* at) {
    return _mm_loadu_si128(static_cast<const __m128i*>(at));
}
inline __m128i all(std::int8_t v) {
    return _mm_set1_epi8(v);
}
inline __m128i all(std::int16_t v) {
    return _mm_set1_epi16(v);
}
inline __m128i all(std::int32_t v) {
    return _mm_set1_epi32(v);
}
inline __m128i all(std::int64_t v) {
    return _mm_set1_epi64x(v);
}

inline __m128i compared(Greater, std::int8_t, __m128i a, __m128i b) {
    return _mm_cmpgt_epi8(a, b);
}
inline __m128i compared(Greater, std::int16_t, __m128i a, __m128i b) {
    return _mm_cmpgt_epi16(a, b);
}
inline __m128i compared(Greater, std::int32_t, __m128i a, __m128i b) {
    return _mm_cmpgt_epi32(a, b);
}
/// In the upper half of each: SSE2 compares no integers of 64 bits.
inline __m128i compared(Greater, std::int64_t, __m128i a, __m128i b) {
    const __m128i borrow = _mm_and_si128(_mm_cmpeq_epi32(a, b), _mm_sub_epi64(b, a));
    return _mm_srai_epi32(_mm_or_si128(borrow, _mm_cmpgt_epi32(a, b)), 31);
}
inline __m128i compared(Equal, std::int8_t, __m128i a, __m128i b) {
    return _mm_cmpeq_epi8(a, b);
}
inline __m128i compared(Equal, std::int16_t, __m128i a, __m128i b) {
    return _mm_cmpeq_epi16(a, b);
}
inline __m128i compared(Equal, std::int32_t, __m128i a, __m128i b) {
    return _mm_cmpeq_epi32(a, b);
}
inline __m128i compared(Equal, std::int64_t, __m128i a, __m128i b) {
    const __m128i halves = _mm_cmpeq_epi32(a, b);
    return _mm_and_si128(halves, _mm_shuffle_epi32(halves, _MM_SHUFFLE(2, 2, 0, 0)));
}
template <typename T>
__m128i compared(Less, T type, __m128i a, __m128i b) {
    return compared(Greater(), type, b, a);
}

/// Sixteen truths, one a byte, from `at` on.
template <typename Compare, typename B>
__m128i sixteen(std::int8_t type, const std::int8_t* a, const B& b) {
    return compared(Compare(), type, load(a), b(0));
}
template <typename Compare, typename B>
__m128i sixteen(std::int16_t type, const std::int16_t* a, const B& b) {
    constexpr int lanes = 8;
    return _mm_packs_epi16(compared(Compare(), type, load(a), b(0)),
                           compared(Compare(), type, load(a + lanes), b(lanes)));
}
template <typename Compare, typename B>
__m128i sixteen(std::int32_t type, const std::int32_t* a, const B& b) {
    constexpr int lanes = 4;
    const auto four = [&](int at) { return compared(Compare(), type, load(a + at), b(at)); };
    return _mm_packs_epi16(_mm_packs_epi32(four(0), four(lanes)), _mm_packs_epi32(four(2 * lanes), four(3 * lanes)));
}
template <typename Compare, typename B>
__m128i sixteen(std::int64_t type, const std::int64_t* a, const B& b) {
    constexpr int lanes = 2;
    const auto two = [&](int at) { return _mm_castsi128_ps(compared(Compare(), type, load(a + at), b(at))); };
    const auto four = [&](int at) {
        return _mm_castps_si128(_mm_shuffle_ps(two(at), two(at + lanes), _MM_SHUFFLE(3, 1, 3, 1)));
    };
    return _mm_packs_epi16(_mm_packs_epi32(four(0), four(4)), _mm_packs_epi32(four(8), four(12)));
}

/// `b`: the right side's vector that stands beside place `at` of the sixteen values.
template <typename Compare, typename T, typename B>
std::uint64_t word(const T* a, const B& b) {
    std::uint64_t bits = 0;
    constexpr std::size_t step = 16;
    for (std::size_t i = 0; i < word_bits; i += step) {
        const auto beside = [&](int at) { return b(static_cast<int>(i) + at); };
        const auto part = static_cast<unsigned>(_mm_movemask_epi8(sixteen<Compare>(T(), a + i, beside)));
        bits |= std::uint64_t{part} << i;
    }
    return bits;
}

}  // namespace sse
#endif

/// The rows in which `a` compares so with a constant. REQUIRES: there are values for whole words of rows.
template <typename Compare, typename T>
void compare(const T* a, T b, std::size_t rows, Mask& out) {
    for (std::size_t at = 0; at < rows; at += word_bits) {
#if defined(__SSE2__)
        const __m128i right = sse::all(b);
        out.words[at / word_bits] = sse::word<Compare>(a + at, [&](int) { return right; });
#else
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < word_bits; ++i) bits |= std::uint64_t{Compare::holds(a[at + i], b)} << i;
        out.words[at / word_bits] = bits;
#endif
    }
}

/// The same with another column.
template <typename Compare, typename T>
void compare(const T* a, const T* b, std::size_t rows, Mask& out) {
    for (std::size_t at = 0; at < rows; at += word_bits) {
#if defined(__SSE2__)
        out.words[at / word_bits] = sse::word<Compare>(a + at, [&](int i) { return sse::load(b + at + i); });
#else
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < word_bits; ++i) bits |= std::uint64_t{Compare::holds(a[at + i], b[at + i])} << i;
        out.words[at / word_bits] = bits;
#endif
    }
}

/// Eight bits as eight bytes of 0 or 1, the least significant first.
inline std::uint64_t spread(std::uint8_t bits) {
    constexpr std::uint64_t each = 0x0101010101010101, places = 0x8040201008040201, low = 0x7f7f7f7f7f7f7f7f;
    return ((((bits * each) & places) + low) >> 7) & each;  // a byte that holds its place carries into its highest bit
}

}  // namespace praxe
