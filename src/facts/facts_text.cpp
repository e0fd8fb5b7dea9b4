// Facts as text: what reads back as the same facts.
#include "facts/facts_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "document/json_writer.hpp"
#include "facts/schema_fields.hpp"
#include "value/decimal.hpp"

namespace praxe {
namespace {

/// A value on one line, in JSON or in YAML, which needs fewer quotes.
class LineWriter {
  public:
    enum class Notation { json, yaml };
    LineWriter(Notation notation, const Zone& zone) : notation_(notation), zone_(zone) {}

    std::string value(const Value& value) const {
        if (value.is(Kind::record)) return record(value.as_record());
        if (value.is(Kind::list)) return list(value.as_list());
        if (value.is(Kind::map)) return list(items_of(value.as_map()));
        return scalar(value);
    }

    std::string record(const Record& record) const {
        std::string fields;
        for (std::size_t i = 0; i < record.fields.size(); ++i) {
            if (record.fields[i].is_absent()) continue;
            fields += fmt::format("{}{}: {}", fields.empty() ? "" : ", ", key(record.type->fields[i].name),
                                  value(record.fields[i]));
        }
        return "{" + fields + "}";
    }

    /// A map of records is written as a list of them.
    static List items_of(const Map& map) {
        List items;
        for (const auto& [key, item] : map.entries) items.push_back(item);
        return items;
    }

  private:
    std::string key(const std::string& name) const { return notation_ == Notation::yaml ? name : json_text(name); }

    std::string list(const List& list) const {
        std::string items;
        for (const Value& item : list) items += fmt::format("{}{}", items.empty() ? "" : ", ", value(item));
        return "[" + items + "]";
    }

    std::string scalar(const Value& value) const {
        if (value.is(Kind::boolean)) return value.as_bool() ? "true" : "false";
        if (value.is(Kind::real)) return fmt::format("{}", value.as_double());
        if (value.is(Kind::string)) return text(value.as_string());
        if (value.is(Kind::timestamp)) return plain(zone_.format(value.as_int()));
        if (value.is(Kind::date)) return plain(format_date(static_cast<Day>(value.as_int())));
        if (value.is(Kind::money) || value.is(Kind::percent)) return json_text(format_hundredths(value.as_int()));
        return std::to_string(value.as_int());
    }

    std::string plain(const std::string& text) const { return notation_ == Notation::yaml ? text : json_text(text); }

    /// Without quotes where YAML reads a plain word as itself.
    std::string text(const std::string& text) const {
        static constexpr std::string_view other_meanings[] = {"true", "false", "null", "yes", "no",
                                                              "on",   "off",   "y",    "n"};
        std::string lower = text;
        std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c; });
        const bool word = notation_ == Notation::yaml && is_name(text);
        return word && std::ranges::find(other_meanings, lower) == std::end(other_meanings) ? text : json_text(text);
    }

    Notation notation_;
    const Zone& zone_;
};

class BlockWriter {
  public:
    explicit BlockWriter(const Zone& zone) : line_(LineWriter::Notation::yaml, zone) {}

    std::string record(const Record& record, std::size_t indentation) const {
        std::string lines;
        for (std::size_t i = 0; i < record.fields.size(); ++i) {
            if (record.fields[i].is_absent()) continue;
            lines += fmt::format("{:{}}{}:{}", "", indentation, record.type->fields[i].name,
                                 value(record.fields[i], indentation + 2));
        }
        return lines;
    }

  private:
    /// What stands after the colon, to the end of its last line.
    std::string value(const Value& value, std::size_t indentation) const {
        if (value.is(Kind::record) && indentation <= most_nested) {
            const std::string lines = record(value.as_record(), indentation);
            return lines.empty() ? " {}\n" : "\n" + lines;
        }
        if (value.is(Kind::map)) return list(LineWriter::items_of(value.as_map()), indentation);
        if (value.is(Kind::list)) return list(value.as_list(), indentation);
        return " " + line_.value(value) + "\n";
    }

    std::string list(const List& items, std::size_t indentation) const {
        const bool records = !items.empty() && items.front().is(Kind::record);
        if (!records) return " " + line_.value(Value::list(items)) + "\n";
        std::string lines = "\n";
        for (const Value& item : items) lines += fmt::format("{:{}}- {}\n", "", indentation, line_.value(item));
        return lines;
    }

    static constexpr std::size_t most_nested = 2;
    LineWriter line_;
};

}  // namespace

std::string json_text(const std::string& text) {
    JsonWriter json;
    json.text(text);
    return json.take();
}

std::string facts_json(const Record& facts, const Zone& zone) {
    return LineWriter(LineWriter::Notation::json, zone).record(facts);
}

std::string facts_yaml(const Record& facts, const Zone& zone) {
    return BlockWriter(zone).record(facts, 0);
}

}  // namespace praxe
