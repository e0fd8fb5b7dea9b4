// Functions that take strings apart and put them together. Places count characters (code points) from 0.
#include <algorithm>
#include <array>

#include "value/budget.hpp"
#include "value/function_rows.hpp"
#include "value/search.hpp"
#include "value/utf8.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

std::size_t chars_of(const Value& text) {
    return count_code_points(text.as_string());
}

/// Where the character at a place begins, in bytes. REQUIRES: no more than the text's characters.
std::size_t byte_of(std::string_view text, std::size_t place) {
    std::size_t at = 0;
    for (; place > 0; --place) next_code_point(text, at);
    return at;
}

/// True for the place of each character, and the one behind the last.
bool has_place(const Value& text, std::int64_t place) {
    return place >= 0 && static_cast<std::uint64_t>(place) <= chars_of(text);
}
Value no_place(const Value& text, std::int64_t place) {
    return Value::error(Error::Code::range, fmt::format("there is no place {} in a string of {} character{}", place,
                                                        chars_of(text), chars_of(text) == 1 ? "" : "s"));
}

Value part_between(const Value& text, std::int64_t begin, std::int64_t end) {
    for (const std::int64_t place : {begin, end}) {
        if (!has_place(text, place)) return no_place(text, place);
    }
    if (end < begin) {
        return Value::error(Error::Code::range,
                            fmt::format("a substring cannot begin at {} and end at {}", begin, end));
    }
    const std::string_view from =
        std::string_view(text.as_string()).substr(byte_of(text.as_string(), static_cast<std::size_t>(begin)));
    return Value::string(std::string(from.substr(0, byte_of(from, static_cast<std::size_t>(end - begin)))));
}

Value char_at(const Context&, Args a) {
    const std::int64_t place = a[1].as_int();
    if (!has_place(a[0], place)) return no_place(a[0], place);
    const bool behind = static_cast<std::size_t>(place) == chars_of(a[0]);
    return part_between(a[0], place, behind ? place : place + 1);
}
Value substring_from(const Context&, Args a) {
    return part_between(a[0], a[1].as_int(), static_cast<std::int64_t>(chars_of(a[0])));
}
Value substring_between(const Context&, Args a) {
    return part_between(a[0], a[1].as_int(), a[2].as_int());
}

/// The place of the byte; -1 for none.
Value place_of(std::string_view text, std::size_t byte) {
    if (byte == std::string_view::npos) return Value::integer(-1);
    return Value::integer(static_cast<std::int64_t>(count_code_points(text.substr(0, byte))));
}
Value index_of(const Context&, Args a) {
    return place_of(a[0].as_string(), find_text(a[0].as_string(), a[1].as_string()));
}
Value index_of_from(const Context&, Args a) {
    const std::string& text = a[0].as_string();
    const std::int64_t place = a[2].as_int();
    if (!has_place(a[0], place)) return no_place(a[0], place);
    return place_of(text, find_text(text, a[1].as_string(), byte_of(text, static_cast<std::size_t>(place))));
}
Value last_index_of(const Context&, Args a) {
    return place_of(a[0].as_string(), find_last_text(a[0].as_string(), a[1].as_string()));
}
Value last_index_of_from(const Context&, Args a) {
    const std::string& text = a[0].as_string();
    const std::int64_t place = a[2].as_int();
    if (!has_place(a[0], place)) return no_place(a[0], place);
    return place_of(text, find_last_text(text, a[1].as_string(), byte_of(text, static_cast<std::size_t>(place))));
}

Value joined(const Context& context, Args a, std::string_view between) {
    const List& list = a[0].as_list();
    std::uint64_t bytes = list.empty() ? 0 : between.size() * (list.size() - 1);
    for (const Value& part : list) {
        if (!part.is(Kind::string)) return no_overload("join", a);
        bytes += part.as_string().size();
    }
    if (auto refused = refuse_text(context, bytes)) return *std::move(refused);
    std::string out;
    out.reserve(bytes);
    for (const Value& part : list) out.append(&part == list.data() ? "" : between).append(part.as_string());
    return Value::string(std::move(out));
}
Value join(const Context& context, Args a) {
    return joined(context, a, {});
}
Value join_with(const Context& context, Args a) {
    return joined(context, a, a[1].as_string());
}

/// How many bytes there are up to the next separator, or of the next character where there is no separator.
std::size_t next_part(std::string_view text, std::string_view separator) {
    if (!separator.empty()) return std::min(find_text(text, separator), text.size());
    return byte_of(text, text.empty() ? 0 : 1);
}

/// At most `limit` parts, the last one with all that is left; a negative limit is none.
Value parts_of(const Context& context, Args a, std::int64_t limit) {
    std::string_view text = a[0].as_string();
    const std::string& separator = a[1].as_string();
    List parts;
    if (limit == 0 || (text.empty() && separator.empty())) return Value::list(std::move(parts));
    while (limit < 0 || parts.size() + 1 < static_cast<std::uint64_t>(limit)) {
        const std::size_t size = next_part(text, separator);
        if (size == text.size()) break;
        if (auto refused = refuse_items(context, parts.size() + 2)) return *std::move(refused);
        parts.push_back(Value::string(std::string(text.substr(0, size))));
        text.remove_prefix(size + separator.size());
    }
    parts.push_back(Value::string(std::string(text)));
    return Value::list(std::move(parts));
}
Value split(const Context& context, Args a) {
    return parts_of(context, a, -1);
}
Value split_limited(const Context& context, Args a) {
    return parts_of(context, a, a[2].as_int());
}

/// The first `limit` occurrences replaced; a negative limit is none. An empty text stands before each character and at
/// the end.
Value replaced(const Context& context, Args a, std::int64_t limit) {
    std::string_view text = a[0].as_string();
    const std::string& old = a[1].as_string();
    std::string out;
    limit = std::max<std::int64_t>(limit, -1);
    for (std::size_t from = 0; limit != 0; limit -= limit > 0 ? 1 : 0) {
        const std::size_t found = find_text(text, old, from);
        if (found == std::string_view::npos) break;
        out.append(text.substr(0, found)).append(a[2].as_string());
        if (auto refused = refuse_text(context, out.size())) return *std::move(refused);
        text.remove_prefix(found + old.size());
        if (old.empty() && text.empty()) break;
        from = old.empty() ? byte_of(text, 1) : 0;
    }
    if (auto refused = refuse_text(context, out.size() + text.size())) return *std::move(refused);
    return Value::string(std::move(out.append(text)));
}
Value replace(const Context& context, Args a) {
    return replaced(context, a, -1);
}
Value replace_limited(const Context& context, Args a) {
    return replaced(context, a, a[3].as_int());
}

Value reversed(const Context&, Args a) {
    const std::string& text = a[0].as_string();
    std::string out(text.size(), '\0');
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        next_code_point(text, at);
        text.copy(&out[text.size() - at], at - begin, begin);
    }
    return Value::string(std::move(out));
}

struct Escape {
    char meaning;
    char letter;
};
constexpr std::array escapes = {
    Escape{'\a', 'a'}, Escape{'\b', 'b'}, Escape{'\f', 'f'},  Escape{'\n', 'n'}, Escape{'\r', 'r'},
    Escape{'\t', 't'}, Escape{'\v', 'v'}, Escape{'\\', '\\'}, Escape{'"', '"'},
};

Value quote(const Context&, Args a) {
    std::string out = "\"";
    for (const char c : a[0].as_string()) {
        const auto* escape = std::find_if(escapes.begin(), escapes.end(), [&](auto& e) { return e.meaning == c; });
        if (escape != escapes.end()) {
            out.append({'\\', escape->letter});
        } else {
            out += c;
        }
    }
    return Value::string(out + '"');
}

}  // namespace

FunctionRows string_rows() {
    return {
        {"charAt", "string.(int) -> string", char_at, "the character at a place from 0; empty right behind the last"},
        {"substring", "string.(int) -> string", substring_from, "the characters from a place on"},
        {"substring", "string.(int, int) -> string", substring_between, "from a place up to another, without it"},
        {"indexOf", "string.(string) -> int", index_of, "where the other text first stands; -1 for nowhere"},
        {"indexOf", "string.(string, int) -> int", index_of_from, "where it first stands from a place on"},
        {"lastIndexOf", "string.(string) -> int", last_index_of, "where the other text last stands; -1 for nowhere"},
        {"lastIndexOf", "string.(string, int) -> int", last_index_of_from,
         "where it last begins, at a place or before"},
        {"join", "list(string).() -> string", join, "one text after the other"},
        {"join", "list(string).(string) -> string", join_with, "one text after the other, the argument between them"},
        {"split", "string.(string) -> list(string)", split, "the texts between separators; its characters without one"},
        {"split", "string.(string, int) -> list(string)", split_limited, "at most so many; the last has all the rest"},
        {"replace", "string.(string, string) -> string", replace, "with the second text wherever the first stands"},
        {"replace", "string.(string, string, int) -> string", replace_limited, "the same, at most so many times"},
        {"reverse", "string.() -> string", reversed, "the characters from last to first"},
        {"strings.quote", "(string) -> string", quote, "between quotes, what needs it escaped"},
    };
}

}  // namespace praxe
