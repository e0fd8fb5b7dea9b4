// `format`: the elements of a list in the place of the clauses of a text.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "value/budget.hpp"
#include "value/decimal.hpp"
#include "value/format.hpp"
#include "value/function_rows.hpp"
#include "value/time.hpp"
#include "value/utf8.hpp"

namespace praxe {
namespace {

constexpr double first_with_gaps = 9'007'199'254'740'992;  // from here on not every whole number is a double

/// What a clause makes of a value; nothing of a value of another type than it takes.
using Written = std::optional<std::string>;

template <typename Number, typename... How>
std::string chars_of(Number number, How... how) {
    std::array<char, std::numeric_limits<double>::max_exponent10 + std::numeric_limits<double>::digits> chars;
    const auto end = std::to_chars(chars.data(), chars.data() + chars.size(), number, how...).ptr;
    return {chars.data(), end};
}

/// The words for what is no number on the line of numbers.
Written not_finite(double d) {
    if (std::isnan(d)) return "NaN";
    if (std::isinf(d)) return d > 0 ? "Infinity" : "-Infinity";
    return std::nullopt;
}

/// The fewest digits that read back as the same number, without an exponent.
std::string shortest(double d) {
    if (const Written word = not_finite(d)) return *word;
    if (std::abs(d) < first_with_gaps) return chars_of(d, std::chars_format::fixed);
    std::string text = chars_of(d, std::chars_format::scientific);  // -d.ddde+xx
    const std::size_t e = text.find('e');
    const std::size_t zeros = std::stoul(text.substr(e + 1));
    const std::size_t digits = e - std::min(text.find('.'), e - 1) - 1;
    text.resize(e);
    std::erase(text, '.');
    return text.append(zeros - digits, '0');
}

Written in_base(const Value& v, int base) {
    if (v.is(Kind::integer)) return chars_of(v.as_int(), base);
    if (v.is(Kind::unsigned_integer)) return chars_of(v.as_uint(), base);
    return std::nullopt;
}

std::optional<double> as_real(const Value& v) {
    if (v.is(Kind::real)) return v.as_double();
    if (v.is(Kind::integer)) return static_cast<double>(v.as_int());
    if (v.is(Kind::unsigned_integer)) return static_cast<double>(v.as_uint());
    return std::nullopt;
}

Written decimal(const Value& v, int) {
    return v.is(Kind::real) ? shortest(v.as_double()) : in_base(v, 10);
}

Written fixed(const Value& v, int precision) {
    const auto d = as_real(v);
    if (!d) return std::nullopt;
    const Written word = not_finite(*d);
    return word ? *word : fmt::format("{:.{}f}", *d, precision);
}

Written scientific(const Value& v, int precision) {
    const auto d = as_real(v);
    if (!d) return std::nullopt;
    const Written word = not_finite(*d);
    return word ? *word : fmt::format("{:.{}e}", *d, precision);
}

Written binary(const Value& v, int) {
    return v.is(Kind::boolean) ? std::string(v.as_bool() ? "1" : "0") : in_base(v, 2);
}

Written octal(const Value& v, int) {
    return in_base(v, 8);
}

Written hexadecimal(const Value& v, int) {
    if (!v.is(Kind::string) && !v.is(Kind::bytes)) return in_base(v, 16);
    std::string out;
    for (const char c : v.as_string()) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return out;
}

Written upper_hexadecimal(const Value& v, int) {
    Written text = hexadecimal(v, 0);
    if (text) std::transform(text->begin(), text->end(), text->begin(), [](char c) { return c >= 'a' ? c - 32 : c; });
    return text;
}

/// A value without parts as text, without what to_text puts around it.
Written plain(const Value& v, int) {
    switch (v.kind()) {
        case Kind::null:
            return "null";
        case Kind::boolean:
            return v.as_bool() ? "true" : "false";
        case Kind::integer:
        case Kind::business_days:
        case Kind::calendar_days:
        case Kind::months:
        case Kind::years:
            return chars_of(v.as_int());
        case Kind::unsigned_integer:
            return chars_of(v.as_uint());
        case Kind::real:
            return shortest(v.as_double());
        case Kind::string:
        case Kind::type:
            return v.as_string();
        case Kind::bytes:
            return valid_utf8(v.as_string()) ? Written(v.as_string()) : std::nullopt;
        case Kind::timestamp:
            return format_utc(v.as_int(), v.nanos_below());
        case Kind::duration:
        case Kind::business_hours:
            return format_duration(v.as_int(), v.nanos_below());
        case Kind::date:
            return format_date(static_cast<Day>(v.as_int()));
        case Kind::money:
        case Kind::percent:
            return format_hundredths(v.as_int());
        case Kind::absent:
        case Kind::error:
        case Kind::list:
        case Kind::map:
        case Kind::record:
        case Kind::optional:
            return std::nullopt;
    }
    return std::nullopt;
}

struct Writer {
    char letter;
    Written (*write)(const Value&, int precision);
};
constexpr char any_value = 's';
constexpr std::array writers = {
    Writer{any_value, plain}, Writer{'d', decimal}, Writer{'f', fixed},       Writer{'e', scientific},
    Writer{'b', binary},      Writer{'o', octal},   Writer{'x', hexadecimal}, Writer{'X', upper_hexadecimal},
};

/// REQUIRES: the letter of a clause.
const Writer& writer_of(char letter) {
    return *std::find_if(writers.begin(), writers.end(), [&](const Writer& w) { return w.letter == letter; });
}

/// The text as it grows, up to the first thing that cannot be written.
class Formatter {
  public:
    Formatter(const FunctionContext& context, const List& args) : context_(context), args_(args) {}

    Value run(std::string_view format) {
        for (const FormatPart& part : parts_of_format(format)) {
            if (failure_) break;
            write(part);
        }
        return failure_ ? *failure_ : Value::string(std::move(out_));
    }

  private:
    void write(const FormatPart& part) {
        switch (part.kind) {
            case FormatPart::Kind::text:
                return append(part.text);
            case FormatPart::Kind::mistake:
                return fail(part.text);
            case FormatPart::Kind::clause:
                if (next_ == args_.size()) return fail(no_element_for_clause(part.letter, next_, args_.size()));
                return write(writer_of(part.letter), part.precision, args_[next_++]);
        }
    }

    void write(const Writer& writer, int precision, const Value& v) {
        if (writer.letter == any_value && v.is(Kind::list)) return write_list(writer, v.as_list());
        if (writer.letter == any_value && v.is(Kind::map)) return write_map(writer, v.as_map());
        if (const Written text = writer.write(v, precision)) return append(*text);
        fail(v.is(Kind::bytes) ? std::string("these bytes are not UTF-8")
                               : not_for_clause(writer.letter, author_type_name(v)));
    }

    void write_list(const Writer& writer, const List& list) {
        append("[");
        for (std::size_t i = 0; i < list.size() && !failure_; ++i) {
            append(i == 0 ? "" : ", ");
            write(writer, 0, list[i]);
        }
        append("]");
    }

    /// The entries in the order of their keys as texts.
    void write_map(const Writer& writer, const Map& map) {
        std::vector<std::pair<std::string, const Value*>> entries;
        for (const auto& [key, value] : map.entries) entries.emplace_back(plain(key, 0).value_or(""), &value);
        std::stable_sort(entries.begin(), entries.end(), [](auto& a, auto& b) { return a.first < b.first; });
        append("{");
        for (std::size_t i = 0; i < entries.size() && !failure_; ++i) {
            append(fmt::format("{}{}: ", i == 0 ? "" : ", ", entries[i].first));
            write(writer, 0, *entries[i].second);
        }
        append("}");
    }

    void append(std::string_view text) {
        if (failure_) return;
        failure_ = refuse_text(context_, out_.size() + text.size());
        if (!failure_) out_ += text;
    }
    void fail(std::string message) { failure_ = Value::error(Error::Code::conversion, std::move(message)); }

    const FunctionContext& context_;
    const List& args_;
    std::size_t next_ = 0;
    std::string out_;
    std::optional<Value> failure_;
};

Value format(const FunctionContext& context, Args a) {
    return Formatter(context, a[1].as_list()).run(a[0].as_string());
}

}  // namespace

FunctionRows format_rows() {
    return {
        {"format", "string.(list(dyn)) -> string", format,
         "with the elements of the list for its clauses: %s any value, %d a number, %.2f with so many decimals, %e, "
         "%b, %o, %x, %X; %% is a percent sign"}};
}

}  // namespace praxe
