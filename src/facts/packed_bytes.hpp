// Whole numbers and texts as bytes, and back: numbers seven bits a byte, the lowest first; texts with their length.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace praxe {

class PackedBytes {
  public:
    void number(std::uint64_t number) {
        for (; number >= 0x80; number >>= 7) bytes_ += static_cast<char>((number & 0x7F) | 0x80);
        bytes_ += static_cast<char>(number);
    }
    void text(std::string_view text) {
        number(text.size());
        bytes_ += text;
    }
    /// As they stand: the reader knows how many.
    void raw(std::string_view bytes) { bytes_ += bytes; }

    std::string take() { return std::move(bytes_); }

  private:
    std::string bytes_;
};

/// REQUIRES: bytes written by the same calls in the same order.
class PackedReader {
  public:
    explicit PackedReader(std::string_view bytes) : rest_(bytes) {}

    std::uint64_t number() {
        std::uint64_t number = 0;
        for (int shift = 0;; shift += 7) {
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80) return number;
        }
    }
    std::string_view text() { return raw(number()); }
    std::string_view raw(std::size_t length) {
        const std::string_view bytes = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return bytes;
    }

  private:
    std::string_view rest_;
};

}  // namespace praxe
