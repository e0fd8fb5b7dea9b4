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
#include <optional>
#include <span>
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

/// So many bits of a bitmap, at most a word's, least significant first; the others are 0.
inline std::uint64_t some_bits(const std::uint8_t* bits, std::size_t place, std::size_t count) {
    constexpr std::size_t byte = 8;
    const std::size_t shift = place % byte;
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    const std::size_t bytes = (shift + count + byte - 1) / byte;
    std::memcpy(&low, bits + place / byte, std::min(bytes, sizeof(low)));
    if (bytes > sizeof(low)) high = bits[place / byte + sizeof(low)];
    const std::uint64_t word = shift == 0 ? low : low >> shift | high << (word_bits - shift);
    return count < word_bits ? word & ((std::uint64_t{1} << count) - 1) : word;
}

/// Bits [from, from + rows) of a bitmap into the first of the mask; the others are 0.
inline void read_bits(const std::uint8_t* bits, std::int64_t from, std::size_t rows, Mask& out) {
    constexpr std::size_t byte = 8;
    const auto place = static_cast<std::size_t>(from);
    const std::size_t whole = place % byte == 0 ? rows / word_bits * word_bits : 0;  // that lie as they are wanted
    std::memcpy(out.words.data(), bits + place / byte, whole / byte);
    std::fill(out.words.begin() + static_cast<std::ptrdiff_t>(whole / word_bits), out.words.end(), 0);
    for (std::size_t at = whole; at < rows; at += word_bits)
        out.words[at / word_bits] = some_bits(bits, place + at, std::min(word_bits, rows - at));
}

// ------------------------------------------------------------------------------------------------------- comparisons

/// Asks for what lies a block further, which will be read next.
template <typename T>
void fetch_next(const T* at, std::size_t bytes) {
    constexpr std::size_t line = 64;
    const auto* const next = reinterpret_cast<const char*>(at) + block_rows * sizeof(T);
    for (std::size_t i = 0; i < bytes; i += line) __builtin_prefetch(next + i);
}

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
/// In the highest bit of each, which is what all that pack truths keep: SSE2 compares no integers of 64 bits.
inline __m128i compared(Greater, std::int64_t, __m128i a, __m128i b) {
    const __m128i borrow = _mm_and_si128(_mm_cmpeq_epi32(a, b), _mm_sub_epi64(b, a));
    return _mm_or_si128(borrow, _mm_cmpgt_epi32(a, b));
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

/// Sixteen truths, one a byte. `holds`: of a vector of values, the first of which stands at a place of the sixteen.
template <typename Holds>
__m128i sixteen(const std::int8_t* a, const Holds& holds) {
    return holds(load(a), 0);
}
template <typename Holds>
__m128i sixteen(const std::int16_t* a, const Holds& holds) {
    constexpr int lanes = 8;
    return _mm_packs_epi16(holds(load(a), 0), holds(load(a + lanes), lanes));
}
template <typename Holds>
__m128i sixteen(const std::int32_t* a, const Holds& holds) {
    constexpr int lanes = 4;
    const auto four = [&](int at) { return holds(load(a + at), at); };
    return _mm_packs_epi16(_mm_packs_epi32(four(0), four(lanes)), _mm_packs_epi32(four(2 * lanes), four(3 * lanes)));
}
template <typename Holds>
__m128i sixteen(const std::int64_t* a, const Holds& holds) {
    constexpr int lanes = 2;
    const auto two = [&](int at) { return _mm_castsi128_ps(holds(load(a + at), at)); };
    const auto four = [&](int at) {
        return _mm_castps_si128(_mm_shuffle_ps(two(at), two(at + lanes), _MM_SHUFFLE(3, 1, 3, 1)));
    };
    return _mm_packs_epi16(_mm_packs_epi32(four(0), four(4)), _mm_packs_epi32(four(8), four(12)));
}

template <typename T, typename Holds>
std::uint64_t word(const T* a, const Holds& holds) {
    std::uint64_t bits = 0;
    constexpr std::size_t step = 16;
    for (std::size_t i = 0; i < word_bits; i += step) {
        const auto here = [&](__m128i values, int at) { return holds(values, i + static_cast<std::size_t>(at)); };
        const auto part = static_cast<unsigned>(_mm_movemask_epi8(sixteen(a + i, here)));
        bits |= std::uint64_t{part} << i;
    }
    return bits;
}

}  // namespace sse
#endif

/// What becomes of the truths of a comparison, word by word: they are written,
class Written {
  public:
    explicit Written(Mask& out) : out_(&out) {}
    void operator()(std::size_t word, std::uint64_t bits) const { out_->words[word] = bits; }

  private:
    Mask* out_;
};
/// or only the rows are kept in which the comparison holds, or does not.
class Kept {
  public:
    Kept(Mask& out, bool holds) : out_(&out), flip_(holds ? 0 : ~std::uint64_t{0}) {}
    void operator()(std::size_t word, std::uint64_t bits) const { out_->words[word] &= bits ^ flip_; }

  private:
    Mask* out_;
    std::uint64_t flip_;
};

/// The rows in which `a` compares so with a constant. REQUIRES: there are values for whole words of rows.
template <typename Compare, typename T, typename Sink>
void compare(const T* a, T b, std::size_t rows, const Sink& sink) {
    for (std::size_t at = 0; at < rows; at += word_bits) {
#if defined(__SSE2__)
        const __m128i right = sse::all(b);
        sink(at / word_bits, sse::word(a + at, [&](__m128i values, std::size_t) {
                 return sse::compared(Compare(), T(), values, right);
             }));
#else
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < word_bits; ++i) bits |= std::uint64_t{Compare::holds(a[at + i], b)} << i;
        sink(at / word_bits, bits);
#endif
    }
}

/// The same with another column.
template <typename Compare, typename T, typename Sink>
void compare(const T* a, const T* b, std::size_t rows, const Sink& sink) {
    for (std::size_t at = 0; at < rows; at += word_bits) {
        fetch_next(a + at, word_bits * sizeof(T));
#if defined(__SSE2__)
        sink(at / word_bits, sse::word(a + at, [&](__m128i values, std::size_t i) {
                 return sse::compared(Compare(), T(), values, sse::load(b + at + i));
             }));
#else
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < word_bits; ++i) bits |= std::uint64_t{Compare::holds(a[at + i], b[at + i])} << i;
        sink(at / word_bits, bits);
#endif
    }
}

inline constexpr std::size_t max_members = 16;

/// The rows in which `a` is one of the members. REQUIRES: members.size() <= max_members
template <typename T, typename Sink>
void compare_members(const T* a, std::span<const T> members, std::size_t rows, const Sink& sink) {
#if defined(__SSE2__)
    struct Lanes {
        __m128i all;
    };
    std::array<Lanes, max_members> member;
    for (std::size_t i = 0; i < members.size(); ++i) member[i].all = sse::all(members[i]);
#endif
    for (std::size_t at = 0; at < rows; at += word_bits) {
#if defined(__SSE2__)
        sink(at / word_bits, sse::word(a + at, [&](__m128i values, std::size_t) {
                 __m128i any = _mm_setzero_si128();
                 for (std::size_t i = 0; i < members.size(); ++i)
                     any = _mm_or_si128(any, sse::compared(Equal(), T(), values, member[i].all));
                 return any;
             }));
#else
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < word_bits; ++i)
            bits |= std::uint64_t{std::find(members.begin(), members.end(), a[at + i]) != members.end()} << i;
        sink(at / word_bits, bits);
#endif
    }
}

/// A whole number for each double, in their order; nothing for NaN, which has no place in it.
inline std::optional<std::int64_t> in_order(double value) {
    if (value != value) return std::nullopt;
    const auto bits = std::bit_cast<std::int64_t>(value + 0.0);  // the two zeros are equal
    return bits < 0 ? bits ^ std::numeric_limits<std::int64_t>::max() : bits;
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
        fetch_next(wide + at, count * sizeof(W));
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
            for (std::size_t at = 0; at < end; at += lanes) {
                if (at % word_bits == 0) fetch_next(values + at, word_bits);
                beyond = _mm_max_epu8(beyond, sse::load(values + at));
            }
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

// ------------------------------------------------------------------------------------------------- numbers from bits

/// Eight bits as eight bytes of 0 or 1, the least significant first.
inline std::uint64_t spread(std::uint8_t bits) {
    constexpr std::uint64_t each = 0x0101010101010101, places = 0x8040201008040201, low = 0x7f7f7f7f7f7f7f7f;
    return ((((bits * each) & places) + low) >> 7) & each;  // a byte that holds its place carries into its highest bit
}

/// A word of numbers, one a byte, the binary digits of which are given, the lowest first.
inline void write_numbers(std::span<const std::uint64_t> digits, std::uint8_t* out) {
#if defined(__SSE2__)
    const __m128i places = _mm_set1_epi64x(static_cast<std::int64_t>(0x8040201008040201));
    __m128i first{}, second{}, third{}, fourth{};  // sixteen each
    for (std::size_t digit = 0; digit < digits.size(); ++digit) {
        const __m128i value = _mm_set1_epi8(static_cast<char>(1u << digit));
        const auto add = [&](__m128i& to, __m128i bits) {  // each byte of bits eight times over
            to = _mm_or_si128(to, _mm_and_si128(_mm_cmpeq_epi8(_mm_and_si128(bits, places), places), value));
        };
        const __m128i word = _mm_cvtsi64_si128(static_cast<std::int64_t>(digits[digit]));
        const __m128i twice = _mm_unpacklo_epi8(word, word);
        const __m128i low = _mm_unpacklo_epi16(twice, twice), high = _mm_unpackhi_epi16(twice, twice);
        add(first, _mm_unpacklo_epi32(low, low));
        add(second, _mm_unpackhi_epi32(low, low));
        add(third, _mm_unpacklo_epi32(high, high));
        add(fourth, _mm_unpackhi_epi32(high, high));
    }
    sse::store(out, first);
    sse::store(out + 16, second);
    sse::store(out + 32, third);
    sse::store(out + 48, fourth);
#else
    constexpr std::size_t byte = 8;
    for (std::size_t at = 0; at < word_bits; at += byte) {
        std::uint64_t numbers = 0;
        for (std::size_t digit = 0; digit < digits.size(); ++digit)
            numbers |= spread(static_cast<std::uint8_t>(digits[digit] >> at)) << digit;
        std::memcpy(out + at, &numbers, sizeof(numbers));
    }
#endif
}

}  // namespace praxe
