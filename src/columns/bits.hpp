// Truths of a block of rows as bits, and comparisons of a whole block that give them.
//
// Plain x86-64 (SSE2) where it is there, plain C++ elsewhere; both give the same.
#pragma once

#include <algorithm>
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

/// Two words in one register.
typedef std::uint64_t WordPair __attribute__((vector_size(16)));
inline WordPair pair_at(const Mask& mask, std::size_t word) {
    WordPair pair;
    std::memcpy(&pair, &mask.words[word], sizeof(pair));
    return pair;
}

/// `out` may be one of the two.
template <typename Combine>
void combine(Mask& out, const Mask& a, const Mask& b, const Combine& both) {
    for (std::size_t i = 0; i < out.words.size(); i += 2) {
        const WordPair pair = both(pair_at(a, i), pair_at(b, i));
        std::memcpy(&out.words[i], &pair, sizeof(pair));
    }
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
    WordPair all = {};
    for (std::size_t i = 0; i < mask.words.size(); i += 2) all |= pair_at(mask, i);
    return (all[0] | all[1]) == 0;
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

// --------------------------------------------------------------------------------------------- narrower numbers

template <typename N>
N clamped(std::int64_t value) {
    constexpr std::int64_t most = std::numeric_limits<N>::max();
    constexpr std::int64_t least = -most - 1;
    return static_cast<N>(value < least ? least : value > most ? most : value);
}

/// Sixteen numbers, each as near as the narrow type comes to it.
template <typename W, typename N>
void narrow_sixteen(const W* wide, N* out) {
    constexpr std::size_t count = 16;
    for (std::size_t i = 0; i < count; ++i) out[i] = clamped<N>(wide[i]);
}
#if defined(__SSE2__)
namespace sse {
inline void store(void* at, __m128i value) {
    _mm_storeu_si128(static_cast<__m128i*>(at), value);
}
inline __m128i eight(const std::int32_t* wide) {
    return _mm_packs_epi32(load(wide), load(wide + 4));
}
}  // namespace sse
inline void narrow_sixteen(const std::int32_t* wide, std::int16_t* out) {
    sse::store(out, sse::eight(wide));
    sse::store(out + 8, sse::eight(wide + 8));
}
inline void narrow_sixteen(const std::int32_t* wide, std::int8_t* out) {
    sse::store(out, _mm_packs_epi16(sse::eight(wide), sse::eight(wide + 8)));
}
inline void narrow_sixteen(const std::int16_t* wide, std::int8_t* out) {
    sse::store(out, _mm_packs_epi16(sse::load(wide), sse::load(wide + 8)));
}
/// Where all fit into 32 bits, as most do, their lower halves.
inline void narrow_sixteen(const std::int64_t* wide, std::int32_t* out) {
    constexpr int count = 16, lanes = 4;
    __m128i beyond = _mm_setzero_si128();
    for (int i = 0; i < count; i += lanes) {
        const __m128 a = _mm_castsi128_ps(sse::load(wide + i)), b = _mm_castsi128_ps(sse::load(wide + i + 2));
        const __m128i low = _mm_castps_si128(_mm_shuffle_ps(a, b, _MM_SHUFFLE(2, 0, 2, 0)));
        const __m128i high = _mm_castps_si128(_mm_shuffle_ps(a, b, _MM_SHUFFLE(3, 1, 3, 1)));
        beyond = _mm_or_si128(beyond, _mm_xor_si128(high, _mm_srai_epi32(low, 31)));
        sse::store(out + i, low);
    }
    constexpr int all = 0xffff;
    if (_mm_movemask_epi8(_mm_cmpeq_epi8(beyond, _mm_setzero_si128())) == all) return;
    for (int i = 0; i < count; ++i) out[i] = clamped<std::int32_t>(wide[i]);
}
#endif

/// So many numbers, rounded up to a whole word of rows.
template <typename W, typename N>
void narrow(const W* wide, N* out, std::size_t rows) {
    constexpr std::size_t count = 16;
    const std::size_t end = (rows + word_bits - 1) / word_bits * word_bits;
    for (std::size_t at = 0; at < end; at += count) {
        if constexpr (sizeof(W) == sizeof(std::int64_t) && sizeof(N) < sizeof(std::int32_t)) {
            std::array<std::int32_t, count> half;
            narrow_sixteen(wide + at, half.data());
            narrow_sixteen(half.data(), out + at);
        } else {
            narrow_sixteen(wide + at, out + at);
        }
    }
}

/// False if one of the numbers may lie beyond; what stands behind them up to a whole word counts too.
template <typename T>
bool are_within(const T* values, std::size_t rows, std::int64_t least, std::int64_t most) {
    const std::size_t end = (rows + word_bits - 1) / word_bits * word_bits;
    const T low = clamped<T>(least), high = clamped<T>(most);
    if (low > most || high < least) return false;
#if defined(__SSE2__)
    constexpr std::size_t lanes = sizeof(__m128i) / sizeof(T);
    const __m128i below = sse::all(low), above = sse::all(high);
    __m128i beyond = _mm_setzero_si128();
    if constexpr (sizeof(T) == 1) {
        if (low == 0) {  // an index: below 0 it is above all others, read without a sign
            for (std::size_t at = 0; at < end; at += lanes) beyond = _mm_max_epu8(beyond, sse::load(values + at));
            return _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(beyond, above), above)) == 0xffff;
        }
    }
    for (std::size_t at = 0; at < end; at += lanes) {
        const __m128i value = sse::load(values + at);
        beyond = _mm_or_si128(beyond, _mm_or_si128(sse::compared(Greater(), T(), below, value),
                                                   sse::compared(Greater(), T(), value, above)));
    }
    if constexpr (sizeof(T) == sizeof(std::int64_t)) return _mm_movemask_pd(_mm_castsi128_pd(beyond)) == 0;
    return _mm_movemask_epi8(beyond) == 0;
#else
    return std::all_of(values, values + end, [&](T value) { return value >= low && value <= high; });
#endif
}

/// Eight bits as eight bytes of 0 or 1, the least significant first.
inline std::uint64_t spread(std::uint8_t bits) {
    constexpr std::uint64_t each = 0x0101010101010101, places = 0x8040201008040201, low = 0x7f7f7f7f7f7f7f7f;
    return ((((bits * each) & places) + low) >> 7) & each;  // a byte that holds its place carries into its highest bit
}

}  // namespace praxe
