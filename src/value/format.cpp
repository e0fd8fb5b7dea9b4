// Reading a format, and the table of its clauses.
#include "value/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <praxe/value.hpp>

#include "value/utf8.hpp"

namespace praxe {
namespace {

constexpr int default_precision = 6;  // digits after the point
constexpr int max_precision = 1'000;

struct ClauseRow {
    char letter;
    std::string_view takes;
    std::vector<TypeKind> kinds;  // empty: see is_plain
};

const std::array<ClauseRow, 8>& clause_rows() {
    using enum TypeKind;
    static const std::array<ClauseRow, 8> rows = {
        ClauseRow{'s', "a text, a number, a time, or a list or map of them", {}},
        ClauseRow{'d', "an int, uint or double", {integer, unsigned_integer, real}},
        ClauseRow{'f', "a double, int or uint", {integer, unsigned_integer, real}},
        ClauseRow{'e', "a double, int or uint", {integer, unsigned_integer, real}},
        ClauseRow{'b', "an int, uint or bool", {integer, unsigned_integer, boolean}},
        ClauseRow{'o', "an int or uint", {integer, unsigned_integer}},
        ClauseRow{'x', "an int, uint, string or bytes", {integer, unsigned_integer, string, bytes, enumeration}},
        ClauseRow{'X', "an int, uint, string or bytes", {integer, unsigned_integer, string, bytes, enumeration}},
    };
    return rows;
}

const ClauseRow* find_row(char letter) {
    const auto& rows = clause_rows();
    const auto* row = std::find_if(rows.begin(), rows.end(), [&](const ClauseRow& r) { return r.letter == letter; });
    return row == rows.end() ? nullptr : row;
}

/// What `%s` writes: all but records and optional values.
bool is_plain(const Type& type) {
    if (type.kind == TypeKind::list || type.kind == TypeKind::map) {
        return std::all_of(type.args.begin(), type.args.end(), is_plain);
    }
    return type.kind != TypeKind::record && type.kind != TypeKind::optional;
}

class Reader {
  public:
    explicit Reader(std::string_view format) : rest_(format) {}

    std::vector<FormatPart> run() {
        while (!rest_.empty() && (parts_.empty() || parts_.back().kind != FormatPart::Kind::mistake)) {
            const std::size_t percent = std::min(rest_.find('%'), rest_.size());
            if (percent > 0) add_text(rest_.substr(0, percent));
            rest_.remove_prefix(percent);
            if (!rest_.empty()) clause();
        }
        return std::move(parts_);
    }

  private:
    /// `%%`, or `%`, perhaps a precision, and a letter.
    void clause() {
        const std::string_view begin = rest_;
        rest_.remove_prefix(1);
        if (accept('%')) return add_text("%");
        const int precision = read_precision();
        const bool known = precision >= 0 && !rest_.empty() && find_row(rest_.front()) != nullptr;
        if (!known) return add_mistake(no_clause(begin));
        if (precision > max_precision)
            return add_mistake(fmt::format("at most {} decimals are written", max_precision));
        parts_.push_back({FormatPart::Kind::clause, {}, rest_.front(), precision});
        rest_.remove_prefix(1);
    }

    bool accept(char c) {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// The digits after a point, if there is one; -1 if none follow it.
    int read_precision() {
        if (!accept('.')) return default_precision;
        const std::size_t digits = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
        int precision = 0;
        const char* const first = rest_.data();
        const auto failed = std::from_chars(first, first + digits, precision).ec;
        rest_.remove_prefix(digits);
        if (digits == 0) return -1;
        return failed == std::errc{} ? precision : max_precision + 1;
    }

    /// What was read of the clause, and one character more.
    std::string no_clause(std::string_view begin) const {
        std::size_t size = begin.size() - rest_.size();
        if (size < begin.size()) next_code_point(begin, size);
        std::string letters;
        for (const ClauseRow& row : clause_rows()) letters += fmt::format("%{}, ", row.letter);
        return fmt::format("{} is no clause of a format: there are {}%%, and %.2f or %.2e for so many decimals",
                           to_text(Value::string(std::string(begin.substr(0, size)))), letters);
    }

    void add_text(std::string_view text) { parts_.push_back({FormatPart::Kind::text, std::string(text), 0, 0}); }
    void add_mistake(std::string said) { parts_.push_back({FormatPart::Kind::mistake, std::move(said), 0, 0}); }

    std::string_view rest_;
    std::vector<FormatPart> parts_;
};

}  // namespace

std::vector<FormatPart> parts_of_format(std::string_view format) {
    return Reader(format).run();
}

std::string not_for_clause(char letter, std::string_view type) {
    return fmt::format("%{} takes {}, not {}", letter, find_row(letter)->takes, type);
}

bool is_for_clause(char letter, const Type& type) {
    if (type.kind == TypeKind::dyn || type.kind == TypeKind::error || type.kind == TypeKind::param) return true;
    const auto& kinds = find_row(letter)->kinds;
    return kinds.empty() ? is_plain(type) : std::find(kinds.begin(), kinds.end(), type.kind) != kinds.end();
}

std::string no_element_for_clause(char letter, std::size_t element, std::size_t elements) {
    return fmt::format("%{} asks for {} elements, and the list has {}", letter, element + 1, elements);
}

}  // namespace praxe
