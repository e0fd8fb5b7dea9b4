// The one table: rows of all areas with their signatures parsed, and choosing a row by the arguments' types.
#include "value/functions.hpp"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <optional>
#include <unordered_map>

#include "value/function_rows.hpp"
#include "value/type_kind.hpp"

namespace praxe {
namespace {

constexpr std::string_view arrow = " -> ";
constexpr std::string_view dots = "...";

/// The comma that ends the first parameter of `list`, or its end: commas in brackets do not count.
std::size_t end_of_first(std::string_view list) {
    int depth = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i] == '(') ++depth;
        if (list[i] == ')') --depth;
        if (list[i] == ',' && depth == 0) return i;
    }
    return list.size();
}

void parse_params(std::string_view list, std::vector<Type>& params) {
    while (!list.empty()) {
        const std::size_t end = end_of_first(list);
        params.push_back(parse_type(list.substr(0, end)));
        list.remove_prefix(end);
        list.remove_prefix(std::min(list.find_first_not_of(", "), list.size()));
    }
}

/// Where the parameters' opening bracket stands: after the receiver's dot, or first.
std::size_t params_begin(std::string_view signature) {
    const std::size_t dot = signature.find(".(");
    return dot == std::string_view::npos ? 0 : dot + 1;
}

Overload parse_row(const FunctionRow& row) {
    const std::string_view signature = row.signature;
    const std::size_t end = signature.rfind(arrow);
    const std::size_t begin = params_begin(signature);
    assert(end != std::string_view::npos && signature[begin] == '(' && signature[end - 1] == ')');

    Overload overload;
    overload.name = row.name;
    overload.receiver = begin > 0;
    if (overload.receiver) overload.params.push_back(parse_type(signature.substr(0, begin - 1)));
    std::string_view params = signature.substr(begin + 1, end - begin - 2);
    overload.variadic = params.ends_with(dots);
    if (overload.variadic) params.remove_suffix(dots.size());
    parse_params(params, overload.params);
    overload.result = parse_type(signature.substr(end + arrow.size()));
    overload.call = row.call;
    overload.signature = signature;
    overload.doc = row.doc;
    return overload;
}

/// The rows and the overloads whose signatures point into them; those of one name stand together.
struct Table {
    FunctionRows rows;
    std::vector<Overload> overloads;
    std::unordered_map<std::string_view, std::span<const Overload>> named;

    Table() {
        for (const auto area :
             {comparison_rows, number_rows,     conversion_rows, text_rows,     string_rows,         format_rows,
              regex_rows,      encoder_rows,    time_rows,       date_rows,     term_rows,           hours_rows,
              money_rows,      share_rows,      list_rows,       optional_rows, list_extension_rows, set_rows,
              link_rows,       identifier_rows, fact_rows,       math_rows}) {
            for (FunctionRow& row : area()) rows.push_back(std::move(row));
        }
        for (const FunctionRow& row : rows) overloads.push_back(parse_row(row));
        std::stable_sort(overloads.begin(), overloads.end(),
                         [](const Overload& a, const Overload& b) { return a.name < b.name; });
        for (auto begin = overloads.begin(); begin != overloads.end();) {
            const auto end =
                std::find_if(begin, overloads.end(), [&](const Overload& o) { return o.name != begin->name; });
            named.emplace(begin->name, std::span(begin, end));
            begin = end;
        }
    }
};

const Table& the_table() {
    static const Table table;
    return table;
}

bool fits(const Overload& overload, bool receiver, Args args) {
    return overload.receiver == receiver && accepts_all(overload, args);
}

bool is_or_has_dyn(const Type& type) {
    return type.kind == TypeKind::dyn || std::any_of(type.args.begin(), type.args.end(), is_or_has_dyn);
}

constexpr std::string_view rounding_words[] = {"half_up", "half_even", "half_down", "up", "down"};
constexpr std::string_view ends_words[] = {"start", "end", "both"};

struct ArgumentWords {
    std::string_view function;
    std::size_t argument;
    std::span<const std::string_view> words;
};
constexpr ArgumentWords argument_word_rows[] = {
    {"divide", 2, rounding_words},
    {"percent_of", 2, rounding_words},
    {"prorate", 3, rounding_words},
    {"count_business_days", 2, ends_words},
};

/// `+` for `_+_`, `in` for `@in`: operators as authors know them.
std::string as_written(std::string_view name) {
    std::string written(name);
    if (std::isalpha(static_cast<unsigned char>(name.front())) == 0) {
        std::erase_if(written, [](char c) { return c == '_' || c == '@'; });
    }
    return written;
}

}  // namespace

bool counts_to_now(std::string_view function) {
    static constexpr std::string_view counting[] = {"days_since", "business_days_since", "business_hours_since"};
    return std::ranges::find(counting, function) != std::end(counting);
}

bool gives_dyn(const Overload& row) {
    return is_or_has_dyn(row.result);
}

std::string author_type_name(const Value& value) {
    // Of what has parts the name is known without looking at them.
    if (value.is(Kind::list)) return "list";
    if (value.is(Kind::map)) return "map";
    if (value.is(Kind::optional)) return "optional";
    const std::string name = to_string(type_of(value));
    return name.substr(0, name.find('('));
}

std::span<const Overload> functions() {
    return the_table().overloads;
}

std::span<const Overload> functions_named(std::string_view name) {
    const auto& named = the_table().named;
    const auto found = named.find(name);
    return found == named.end() ? std::span<const Overload>() : found->second;
}

bool has_style(std::span<const Overload> rows, bool receiver) {
    return std::any_of(rows.begin(), rows.end(), [&](const Overload& o) { return o.receiver == receiver; });
}

std::span<const std::string_view> argument_words(std::string_view function, std::size_t argument) {
    const auto row =
        std::find_if(std::begin(argument_word_rows), std::end(argument_word_rows),
                     [&](const ArgumentWords& r) { return r.function == function && r.argument == argument; });
    return row == std::end(argument_word_rows) ? std::span<const std::string_view>() : row->words;
}

bool accepts(const Type& type, const Value& value) {
    const std::optional<Kind> kind = kind_of(type.kind);
    return kind ? value.is(*kind) : !value.is_absent() && !value.is_error();
}

bool accepts_all(const Overload& row, std::span<const Value> args) {
    if (!row.takes(args.size())) return false;
    for (std::size_t i = 0; i < args.size(); ++i) {
        if (!accepts(row.param(i), args[i])) return false;
    }
    return true;
}

Value call_function(std::string_view name, bool receiver, std::span<const Value> args, const FunctionContext& context) {
    const auto error = std::find_if(args.begin(), args.end(), [](const Value& v) { return v.is_error(); });
    if (error != args.end()) return *error;
    const auto rows = functions_named(name);
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const Overload& o) { return fits(o, receiver, args); });
    return row == rows.end() ? no_overload(name, args) : row->call(context, args);
}

Value no_overload(std::string_view name, Args args) {
    std::string types;
    for (const Value& arg : args) types += (types.empty() ? "" : ", ") + author_type_name(arg);
    return Value::error(Error::Code::no_such_overload, fmt::format("cannot apply {} to ({})", as_written(name), types));
}

Value out_of_range(const Value& a, std::string_view op, const Value& b, std::string_view type) {
    return out_of_range(fmt::format("{} {} {}", to_text(a), op, to_text(b)), type);
}

Value out_of_range(std::string_view expression, std::string_view type) {
    return Value::error(Error::Code::arithmetic, fmt::format("{} is out of the range of {}", expression, type));
}

}  // namespace praxe
