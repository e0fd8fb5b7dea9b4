// Texts to values: one row for each scalar type, with what it must look like and what is said when it does not.
#include "facts/scalar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "value/decimal.hpp"
#include "value/time.hpp"

namespace praxe {
namespace {

// ---------------------------------------------------------------------------- readings: absent when it is none

Value read_text(const Node& node) {
    return node.literal ? Value() : Value::string(node.text.text);
}

Value read_boolean(const Node& node) {
    if (node.style != Node::Style::plain) return Value();
    if (node.text.text == "true") return Value::boolean(true);
    if (node.text.text == "false") return Value::boolean(false);
    return Value();
}

/// A plain number that takes the whole text.
template <typename Number>
std::optional<Number> plain_number(const Node& node) {
    if (node.style != Node::Style::plain) return std::nullopt;
    Number number{};
    const std::string& text = node.text.text;
    const char* const end = text.data() + text.size();
    const auto [rest, failed] = std::from_chars(text.data(), end, number);
    if (failed != std::errc() || rest != end) return std::nullopt;
    return number;
}

template <Kind kind>
Value read_whole(const Node& node) {
    const auto number = plain_number<std::int64_t>(node);
    if (!number) return Value();
    return kind == Kind::integer ? Value::integer(*number) : Value::count(kind, *number);
}

Value read_real(const Node& node) {
    const bool spelt = node.text.text.find_first_not_of("0123456789+-.eE") != std::string::npos;  // inf, nan
    const auto number = spelt ? std::nullopt : plain_number<double>(node);
    return number ? Value::real(*number) : Value();
}

template <Kind kind>
Value read_hundredths(const Node& node) {
    const auto hundredths = parse_hundredths(node.text.text);
    return hundredths ? Value::count(kind, *hundredths) : Value();
}

Value read_instant(const Node& node) {
    const auto instant = parse_instant(node.text.text);
    return instant && instant->nanos_below == 0 ? Value::timestamp(instant->micros) : Value();
}

Value read_date(const Node& node) {
    const auto day = parse_date(node.text.text);
    return day ? Value::count(Kind::date, *day) : Value();
}

// ------------------------------------------------------------------------------------------------------ hints

std::string hint_for_text(const Node&) {
    return "put it in quotes";
}

std::string hint_for_boolean(const Node& node) {
    const bool quoted = node.text.text == "true" || node.text.text == "false";
    return quoted ? "remove the quotes" : "write true or false";
}

std::string hint_for_number(const Node& node) {
    return node.style == Node::Style::plain ? "" : "remove the quotes";
}

std::string hint_for_hundredths(const Node& node) {
    const std::string& text = node.text.text;
    if (text.find(',') != std::string::npos) return "write a decimal point, and nothing between the thousands";
    if (text.find_first_of("eE") != std::string::npos) return "write the number out, without an exponent";
    const std::size_t point = text.find('.');
    if (point != std::string::npos && text.size() - point > 3) return "write at most two decimals";
    if (text.size() > 16) return "the largest is 92233720368547758.07";
    return "write it as 120.00";
}

std::string hint_for_instant(const Node& node) {
    const std::string& text = node.text.text;
    if (parse_instant(text)) return "write at most six digits of a second";
    if (parse_instant(text + "Z")) return fmt::format("it lacks its offset from UTC: {}-03:00, for one", text);
    if (parse_date(text)) return fmt::format("it lacks its time of day and offset: {}T00:00:00-03:00, for one", text);
    return "write it as 2024-05-31T18:30:00-03:00";
}

std::string hint_for_date(const Node& node) {
    const std::string day = node.text.text.substr(0, 10);
    return parse_date(day) ? fmt::format("a date has no time of day: {}", day) : "write it as 2024-05-31";
}

// ------------------------------------------------------------------------------------------------------ table

struct Row {
    std::string_view name;
    TypeKind type;
    std::string_view expected;
    Value (*read)(const Node&);
    std::string (*hint)(const Node&);
};

constexpr Row rows[] = {
    {"string", TypeKind::string, "text", read_text, hint_for_text},
    {"bool", TypeKind::boolean, "true or false", read_boolean, hint_for_boolean},
    {"int", TypeKind::integer, "a whole number", read_whole<Kind::integer>, hint_for_number},
    {"double", TypeKind::real, "a number", read_real, hint_for_number},
    {"timestamp", TypeKind::timestamp, "an instant", read_instant, hint_for_instant},
    {"date", TypeKind::date, "a date", read_date, hint_for_date},
    {"money", TypeKind::money, "an amount of money", read_hundredths<Kind::money>, hint_for_hundredths},
    {"percent", TypeKind::percent, "a percentage", read_hundredths<Kind::percent>, hint_for_hundredths},
    {"business_days", TypeKind::business_days, "a number of business days", read_whole<Kind::business_days>,
     hint_for_number},
    {"calendar_days", TypeKind::calendar_days, "a number of calendar days", read_whole<Kind::calendar_days>,
     hint_for_number},
    {"months", TypeKind::months, "a number of months", read_whole<Kind::months>, hint_for_number},
    {"years", TypeKind::years, "a number of years", read_whole<Kind::years>, hint_for_number},
};

const Row& row_of(TypeKind kind) {
    return *std::find_if(std::begin(rows), std::end(rows), [&](const Row& row) { return row.type == kind; });
}

}  // namespace

std::optional<TypeKind> scalar_kind(std::string_view name) {
    const auto row = std::find_if(std::begin(rows), std::end(rows), [&](const Row& r) { return r.name == name; });
    return row == std::end(rows) ? std::nullopt : std::optional(row->type);
}

std::vector<std::string> scalar_type_names() {
    std::vector<std::string> names;
    for (const Row& row : rows) names.emplace_back(row.name);
    return names;
}

bool has_bounds(TypeKind kind) {
    static constexpr TypeKind unbounded[] = {TypeKind::string, TypeKind::boolean, TypeKind::real};
    const bool scalar = std::any_of(std::begin(rows), std::end(rows), [&](const Row& row) { return row.type == kind; });
    return scalar && std::find(std::begin(unbounded), std::end(unbounded), kind) == std::end(unbounded);
}

std::optional<Value> read_scalar(const Node& node, TypeKind kind, std::string_view path, std::string_view name,
                                 Diagnostics& diagnostics) {
    const Row& row = row_of(kind);
    Value value = row.read(node);
    if (!value.is_absent()) return value;
    diagnostics.error(
        node.place(),
        fmt::format("\"{}\" must be {}, not \"{}\"", join_path(path, name), row.expected, shown(node.text.text)),
        row.hint(node));
    return std::nullopt;
}

std::string join_path(std::string_view path, std::string_view name) {
    return path.empty() ? std::string(name) : fmt::format("{}.{}", path, name);
}

std::string bound_text(TypeKind kind, std::int64_t bound) {
    if (kind == TypeKind::money || kind == TypeKind::percent) return format_hundredths(bound);
    if (kind == TypeKind::date) return format_date(static_cast<Day>(bound));
    if (kind == TypeKind::timestamp) return format_utc(bound, 0);
    return std::to_string(bound);
}

std::string shown(std::string_view text) {
    constexpr std::size_t max_shown_bytes = 60;
    if (text.size() <= max_shown_bytes) return std::string(text);
    std::size_t end = max_shown_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return std::string(text.substr(0, end)) + "…";
}

}  // namespace praxe
