// Schemas of columns against the vocabulary.
#include "columns/column.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "facts/scalar.hpp"

namespace praxe {
namespace {

/// What a format says that a column holds.
enum class Holds { nothing, boolean, integer, real, text, decimal, date, instant, structure, list, other };

struct Format {
    std::string_view text;  // as in a schema; with a parameter behind it where it ends in `:`
    Holds holds;
    Layout layout;
    std::int64_t times = 1;
    std::int64_t over = 1;
};
constexpr std::int64_t milliseconds_of_a_day = 86'400'000;
constexpr std::array formats{
    Format{"n", Holds::nothing, Layout::nothing},
    Format{"b", Holds::boolean, Layout::boolean},
    Format{"c", Holds::integer, Layout::int8},
    Format{"C", Holds::integer, Layout::uint8},
    Format{"s", Holds::integer, Layout::int16},
    Format{"S", Holds::integer, Layout::uint16},
    Format{"i", Holds::integer, Layout::int32},
    Format{"I", Holds::integer, Layout::uint32},
    Format{"l", Holds::integer, Layout::int64},
    Format{"L", Holds::integer, Layout::uint64},
    Format{"f", Holds::real, Layout::float32},
    Format{"g", Holds::real, Layout::float64},
    Format{"u", Holds::text, Layout::text},
    Format{"U", Holds::text, Layout::large_text},
    Format{"vu", Holds::text, Layout::text_view},
    Format{"tdD", Holds::date, Layout::int32},
    Format{"tdm", Holds::date, Layout::int64, 1, milliseconds_of_a_day},
    Format{"tss:", Holds::instant, Layout::int64, 1'000'000},
    Format{"tsm:", Holds::instant, Layout::int64, 1'000},
    Format{"tsu:", Holds::instant, Layout::int64},
    Format{"tsn:", Holds::instant, Layout::int64, 1, 1'000},
    Format{"d:", Holds::decimal, Layout::decimal128},
    Format{"+s", Holds::structure, Layout::structure},
    Format{"+l", Holds::list, Layout::list},
    Format{"+L", Holds::list, Layout::large_list},
};

/// What a field of that type may be held in, and what to give in its place.
struct Fit {
    TypeKind type;
    Kind made;
    std::array<Holds, 2> held;
    std::string_view remedy;
};
constexpr std::array fits{
    Fit{TypeKind::boolean, Kind::boolean, {Holds::boolean, Holds::boolean}, "give bool"},
    Fit{TypeKind::integer, Kind::integer, {Holds::integer, Holds::integer}, "give an integer type"},
    Fit{TypeKind::business_days, Kind::integer, {Holds::integer, Holds::integer}, "give an integer: business days"},
    Fit{TypeKind::calendar_days, Kind::integer, {Holds::integer, Holds::integer}, "give an integer: calendar days"},
    Fit{TypeKind::months, Kind::integer, {Holds::integer, Holds::integer}, "give an integer: months"},
    Fit{TypeKind::years, Kind::integer, {Holds::integer, Holds::integer}, "give an integer: years"},
    Fit{TypeKind::real, Kind::real, {Holds::real, Holds::real}, "give float64"},
    Fit{TypeKind::string, Kind::string, {Holds::text, Holds::text}, "give utf8, or a dictionary of it"},
    Fit{TypeKind::enumeration, Kind::string, {Holds::text, Holds::text}, "give utf8, or a dictionary of it"},
    Fit{TypeKind::money, Kind::money, {Holds::integer, Holds::decimal}, "give int64 (whole cents) or decimal128"},
    Fit{TypeKind::percent,
        Kind::percent,
        {Holds::integer, Holds::decimal},
        "give int64 (hundredths of one percent) or decimal128"},
    Fit{TypeKind::timestamp, Kind::timestamp, {Holds::instant, Holds::instant}, "give timestamp[us, UTC]"},
    Fit{TypeKind::date, Kind::date, {Holds::date, Holds::date}, "give date32"},
    Fit{TypeKind::record, Kind::record, {Holds::structure, Holds::structure}, "give a struct"},
    Fit{TypeKind::list, Kind::list, {Holds::list, Holds::list}, "give a list"},
    Fit{TypeKind::map, Kind::list, {Holds::list, Holds::list}, "give a list of structs, which hold their keys"},
};

const Format* format_of(std::string_view text) {
    const auto* found = std::find_if(formats.begin(), formats.end(), [&](const Format& format) {
        return format.text.ends_with(':') ? text.starts_with(format.text) : text == format.text;
    });
    return found == formats.end() ? nullptr : found;
}

/// The scale of `d:19,2`; nothing for what is not a decimal of 128 bits, or of a scale that no amount could have.
std::optional<int> scale_of(std::string_view format) {
    const std::size_t comma = format.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const std::string_view rest = format.substr(comma + 1);
    int scale = 0;
    const auto [end, wrong] = std::from_chars(rest.data(), rest.data() + rest.size(), scale);
    const std::string_view width(end, static_cast<std::size_t>(rest.data() + rest.size() - end));
    constexpr int most = 18;
    if (wrong != std::errc() || scale < 0 || scale > most) return std::nullopt;
    return width.empty() || width == ",128" ? std::optional(scale) : std::nullopt;
}

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

class Reading {
  public:
    Reading(const Schema& schema, Diagnostics& diagnostics) : schema_(schema), diagnostics_(diagnostics) {}

    Column record(const RecordType& type, const ArrowSchema& held, const std::string& path) {
        Column column;
        column.path = path;
        column.layout = Layout::structure;
        column.kind = Kind::record;
        column.type = &type;
        column.by_field.assign(type.fields.size(), -1);
        for (std::int64_t i = 0; i < held.n_children; ++i) add_child(column, *held.children[i]);
        for (std::size_t i = 0; i < type.fields.size(); ++i) {
            const bool needed = type.fields[i].required || static_cast<int>(i) == type.since;
            if (needed && column.by_field[i] < 0)
                complain(fmt::format("there is no column \"{}\"", join_path(path, type.fields[i].name)));
        }
        return column;
    }

    /// The columns of a whole case.
    Column facts(const ArrowSchema& held) {
        const std::string_view format = held.format == nullptr ? std::string_view() : held.format;
        if (format == "+s") return record(schema_.facts, held, {});
        complain(fmt::format("cases are columns of a struct, and this is of the format \"{}\"", format));
        return {};
    }

  private:
    void complain(std::string message, std::string hint = {}) {
        diagnostics_.error({}, std::move(message), std::move(hint));
    }

    void add_child(Column& column, const ArrowSchema& held) {
        const RecordType& type = *column.type;
        const std::string name = held.name == nullptr ? "" : held.name;
        const int index = type.find(name);
        Column child;
        if (index < 0) {
            const std::string near = nearest(name, type.field_names());
            complain(fmt::format("there is no fact \"{}\"", join_path(column.path, name)),
                     near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
        } else {
            const auto field = static_cast<std::size_t>(index);
            const std::string path = join_path(column.path, name);
            if (column.by_field[field] >= 0) complain(fmt::format("there are two columns \"{}\"", path));
            column.by_field[field] = static_cast<int>(column.children.size());
            child = value(type.fields[field].type, held, path);
        }
        column.children.push_back(std::move(child));
    }

    Column value(const Type& type, const ArrowSchema& held, const std::string& path) {
        Column column;
        column.path = path;
        const std::string_view text = held.format == nullptr ? std::string_view() : held.format;
        const bool is_dictionary = held.dictionary != nullptr;
        const std::string_view words =
            is_dictionary && held.dictionary->format != nullptr ? held.dictionary->format : std::string_view();
        const Format* format = format_of(is_dictionary ? words : text);
        const Format* indices = format_of(text);
        const auto* fit = std::find_if(fits.begin(), fits.end(), [&](const Fit& f) { return f.type == type.kind; });
        if (fit == fits.end()) {
            complain(fmt::format("\"{}\" is of type {}, which no column holds", path, to_string(type)));
            return column;
        }
        if (format != nullptr && format->holds == Holds::nothing && !is_dictionary) return column;
        const bool fitting =
            format != nullptr && std::find(fit->held.begin(), fit->held.end(), format->holds) != fit->held.end();
        const bool indexed =
            !is_dictionary || (indices != nullptr && indices->holds == Holds::integer && fit->made == Kind::string);
        if (!fitting || !indexed) {
            complain(fmt::format("\"{}\" is of type {}, and its column of the format \"{}\"{}", path, to_string(type),
                                 text, is_dictionary ? fmt::format(" with a dictionary of \"{}\"", words) : ""),
                     std::string(fit->remedy));
            return column;
        }
        column.kind = fit->made;
        column.layout = is_dictionary ? indices->layout : format->layout;
        column.is_dictionary = is_dictionary;
        if (is_dictionary) add_texts(column, format->layout);
        column.times = format->times;
        column.over = format->over;
        if (format->holds == Holds::instant && text == format->text) {
            complain(fmt::format("\"{}\" is an instant, and its column holds local times of no time zone", path),
                     "give it a time zone: timestamp[us, UTC]");
        }
        if (format->holds == Holds::decimal) set_scale(column, text);
        if (column.kind == Kind::record) return record(*type.record, held, path);
        if (column.kind == Kind::list) add_items(column, type.args.back(), held);
        return column;
    }

    static void add_texts(Column& dictionary, Layout layout) {
        Column texts;
        texts.path = dictionary.path;
        texts.layout = layout;
        texts.kind = Kind::string;
        dictionary.children.push_back(std::move(texts));
    }

    void set_scale(Column& column, std::string_view format) {
        const auto scale = scale_of(format);
        if (!scale) {
            return complain(
                fmt::format("\"{}\" is a decimal of the format \"{}\", which holds no amounts", column.path, format),
                "give decimal128 with two decimals");
        }
        constexpr int decimals = 2;  // of money and of percent
        if (*scale <= decimals) column.times = power_of_ten(decimals - *scale);
        if (*scale > decimals) column.over = power_of_ten(*scale - decimals);
    }

    void add_items(Column& column, const Type& element, const ArrowSchema& held) {
        if (held.n_children != 1) return complain(fmt::format("\"{}\" is a list without items", column.path));
        column.children.push_back(value(element, *held.children[0], column.path));
    }

    const Schema& schema_;
    Diagnostics& diagnostics_;
};

}  // namespace

Column column_of_facts(const Schema& schema, const ArrowSchema& facts, Diagnostics& diagnostics) {
    return Reading(schema, diagnostics).facts(facts);
}

namespace {

struct Form {
    Layout layout;
    std::int64_t buffers;
    std::size_t width;
};
constexpr std::array forms{
    Form{Layout::nothing, 0, 0},     Form{Layout::boolean, 2, 0},    Form{Layout::int8, 2, 1},
    Form{Layout::int16, 2, 2},       Form{Layout::int32, 2, 4},      Form{Layout::int64, 2, 8},
    Form{Layout::uint8, 2, 1},       Form{Layout::uint16, 2, 2},     Form{Layout::uint32, 2, 4},
    Form{Layout::uint64, 2, 8},      Form{Layout::float32, 2, 4},    Form{Layout::float64, 2, 8},
    Form{Layout::text, 3, 0},        Form{Layout::large_text, 3, 0}, Form{Layout::text_view, 3, 0},
    Form{Layout::decimal128, 2, 16}, Form{Layout::structure, 1, 0},  Form{Layout::list, 2, 0},
    Form{Layout::large_list, 2, 0},
};
static_assert(forms.back().layout == Layout::large_list &&
              forms.size() == static_cast<std::size_t>(Layout::large_list) + 1);

}  // namespace

std::int64_t buffers_of(Layout layout) {
    return forms[static_cast<std::size_t>(layout)].buffers;
}

std::size_t width_of(Layout layout) {
    return forms[static_cast<std::size_t>(layout)].width;
}

}  // namespace praxe
