// Sixty-four rows as the bits of a word: comparisons of sixteen values in one register, and numbers made narrow.
#pragma once

#include <emmintrin.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace praxe::by_hand {

using Word = std::uint64_t;
inline constexpr std::size_t rows = 64;
inline constexpr std::size_t step = 16;

template <typename T>
using Narrow = std::array<T, rows>;

inline __m128i load(const void* at) {
    return _mm_loadu_si128(static_cast<const __m128i*>(at));
}

template <typename Sixteen>
inline Word word(const Sixteen& sixteen) {
    Word bits = 0;
    for (std::size_t i = 0; i < rows; i += step)
        bits |= static_cast<Word>(static_cast<unsigned>(_mm_movemask_epi8(sixteen(i)))) << i;
    return bits;
}

inline Word is(const std::int8_t* v, int c) {
    return word([&](std::size_t i) { return _mm_cmpeq_epi8(load(v + i), _mm_set1_epi8(static_cast<char>(c))); });
}
inline Word less(const std::int8_t* v, int c) {
    return word([&](std::size_t i) { return _mm_cmplt_epi8(load(v + i), _mm_set1_epi8(static_cast<char>(c))); });
}
inline Word less(const std::int16_t* v, int c) {
    return word([&](std::size_t i) {
        const __m128i right = _mm_set1_epi16(static_cast<short>(c));
        return _mm_packs_epi16(_mm_cmplt_epi16(load(v + i), right), _mm_cmplt_epi16(load(v + i + 8), right));
    });
}
inline Word less(const std::int32_t* v, int c) {
    return word([&](std::size_t i) {
        const __m128i right = _mm_set1_epi32(c);
        const auto four = [&](std::size_t k) { return _mm_cmplt_epi32(load(v + i + k), right); };
        return _mm_packs_epi16(_mm_packs_epi32(four(0), four(4)), _mm_packs_epi32(four(8), four(12)));
    });
}

inline __m128i eight(const std::int32_t* v) {
    return _mm_packs_epi32(load(v), load(v + 4));
}
inline Narrow<std::int16_t> to_16(const std::int32_t* v) {
    Narrow<std::int16_t> out;
    for (std::size_t i = 0; i < rows; i += 8)
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out.data() + i), eight(v + i));
    return out;
}
inline Narrow<std::int8_t> to_8(const std::int32_t* v) {
    Narrow<std::int8_t> out;
    for (std::size_t i = 0; i < rows; i += step)
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out.data() + i), _mm_packs_epi16(eight(v + i), eight(v + i + 8)));
    return out;
}
inline Narrow<std::int32_t> to_32(const std::int64_t* v) {
    Narrow<std::int32_t> out;
    __m128i beyond = _mm_setzero_si128();
    for (std::size_t i = 0; i < rows; i += 4) {
        const __m128 a = _mm_castsi128_ps(load(v + i)), b = _mm_castsi128_ps(load(v + i + 2));
        const __m128i low = _mm_castps_si128(_mm_shuffle_ps(a, b, _MM_SHUFFLE(2, 0, 2, 0)));
        const __m128i high = _mm_castps_si128(_mm_shuffle_ps(a, b, _MM_SHUFFLE(3, 1, 3, 1)));
        beyond = _mm_or_si128(beyond, _mm_xor_si128(high, _mm_srai_epi32(low, 31)));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out.data() + i), low);
    }
    if (_mm_movemask_epi8(_mm_cmpeq_epi8(beyond, _mm_setzero_si128())) == 0xffff) return out;
    for (std::size_t i = 0; i < rows; ++i)
        out[i] = v[i] > INT32_MAX ? INT32_MAX : v[i] < INT32_MIN ? INT32_MIN : static_cast<std::int32_t>(v[i]);
    return out;
}
inline Word less(const std::int64_t* a, const std::int64_t* b) {
    Word bits = 0;
    for (std::size_t i = 0; i < rows; ++i) bits |= static_cast<Word>(a[i] < b[i]) << i;
    return bits;
}

inline Word eight_bytes(std::uint8_t bits) {
    constexpr Word each = 0x0101010101010101;
    return ((((bits * each) & 0x8040201008040201) + 0x7f7f7f7f7f7f7f7f) >> 7) & each;
}

/// The rules of sixty-four rows, one after another over the rows that remain, as digits of their numbers.
class Hits {
  public:
    void operator()(unsigned rule, Word when) {
        when &= remaining_;
        for (unsigned digit = 0; digit < digits_.size(); ++digit) {
            if ((rule >> digit & 1) != 0) digits_[digit] |= when;
        }
        remaining_ &= ~when;
    }
    void write(std::uint8_t* rule) const {
        for (std::size_t i = 0; i < rows; i += 8) {
            Word numbers = 0;
            for (std::size_t digit = 0; digit < digits_.size(); ++digit)
                numbers |= eight_bytes(static_cast<std::uint8_t>(digits_[digit] >> i)) << digit;
            std::memcpy(rule + i, &numbers, sizeof(numbers));
        }
    }

  private:
    Word remaining_ = ~Word{0};
    std::array<Word, 4> digits_{};
};

}  // namespace praxe::by_hand
