// Arrow arrays for tests: facts of cases as columns, and the values of columns, and of answers, as one form of text.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <praxe/columns.hpp>
#include <string>
#include <vector>

#include "columns/made_column.hpp"

namespace praxe::columns_test {

/// Releases what it holds.
struct Array : ArrowArray {
    Array() : ArrowArray{} {}
    Array(const Array&) = delete;
    ~Array() {
        if (release != nullptr) release(this);
    }
};
struct Schema : ArrowSchema {
    Schema() : ArrowSchema{} {}
    Schema(const Schema&) = delete;
    ~Schema() {
        if (release != nullptr) release(this);
    }
};

/// Cases of a ruleset as columns, as the vocabulary has them.
struct FactColumns {
    explicit FactColumns(const Ruleset& ruleset, const std::vector<Case>& cases) {
        const Model& model = ruleset.model();
        const MadeType type = made_type("", Type::record_of(model.schema->facts), model);
        write_schema(type, schema);
        MadeColumn column(type);
        for (const Case& one : cases) column.append(Value::record(ruleset.facts(one)));
        column.take(array);
    }
    Schema schema;
    Array array;
};

template <typename T>
T at(const ArrowArray& array, int buffer, std::int64_t place) {
    T value;
    std::memcpy(&value, static_cast<const char*>(array.buffers[buffer]) + place * static_cast<std::int64_t>(sizeof(T)),
                sizeof(T));
    return value;
}

inline bool is_null(const ArrowArray& array, std::int64_t row) {
    const auto* bits = static_cast<const std::uint8_t*>(array.n_buffers > 0 ? array.buffers[0] : nullptr);
    const std::int64_t place = array.offset + row;
    return bits != nullptr && (bits[place / 8] >> (place % 8) & 1) == 0;
}

/// `{route: transfer, candidates: [ana]}`: fields that are null are left out.
inline std::string text_of(const ArrowSchema& schema, const ArrowArray& array, std::int64_t row) {
    const std::int64_t place = array.offset + row;
    const std::string format = schema.format;
    if (is_null(array, row)) return "null";
    if (schema.dictionary != nullptr) {
        const std::int64_t index = format == "c"   ? at<std::int8_t>(array, 1, place)
                                   : format == "s" ? at<std::int16_t>(array, 1, place)
                                                   : at<std::int32_t>(array, 1, place);
        return text_of(*schema.dictionary, *array.dictionary, index);
    }
    if (format == "+s") {
        std::string text;
        for (std::int64_t i = 0; i < schema.n_children; ++i) {
            const std::string field = text_of(*schema.children[i], *array.children[i], place);
            if (field != "null")
                text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", schema.children[i]->name, field);
        }
        return "{" + text + "}";
    }
    if (format == "+L") {
        std::string text;
        for (auto i = at<std::int64_t>(array, 1, place); i < at<std::int64_t>(array, 1, place + 1); ++i)
            text += (text.empty() ? "" : ", ") + text_of(*schema.children[0], *array.children[0], i);
        return "[" + text + "]";
    }
    if (format == "U" || format == "Z") {
        const auto from = at<std::int64_t>(array, 1, place);
        const auto size = static_cast<std::size_t>(at<std::int64_t>(array, 1, place + 1) - from);
        return std::string(static_cast<const char*>(array.buffers[2]) + from, size);
    }
    if (format == "b") return (at<std::uint8_t>(array, 1, place / 8) >> (place % 8) & 1) != 0 ? "true" : "false";
    if (format == "g") return fmt::format("{}", at<double>(array, 1, place));
    if (format == "tdD") return fmt::format("{}", at<std::int32_t>(array, 1, place));
    return fmt::format("{}", at<std::int64_t>(array, 1, format == "d:19,2" ? 2 * place : place));
}

/// The same of a value.
inline std::string text_of(const Model& model, const Value& value) {
    const auto list = [&](const List& items) {
        std::string text;
        for (const Value& item : items) text += (text.empty() ? "" : ", ") + text_of(model, item);
        return "[" + text + "]";
    };
    switch (value.kind()) {
        case Kind::absent:
            return "null";
        case Kind::optional:
            return value.has_value() ? text_of(model, value.as_optional()) : "null";
        case Kind::string:
            return value.as_string();
        case Kind::boolean:
            return value.as_bool() ? "true" : "false";
        case Kind::real:
            return fmt::format("{}", value.as_double());
        case Kind::list:
            return list(value.as_list());
        case Kind::map: {
            List items;
            for (const auto& [key, item] : value.as_map().entries) items.push_back(item);
            return list(items);
        }
        case Kind::record: {
            const Record& record = value.as_record();
            std::string text;
            for (std::size_t i = 0; i < model.shown_fields(*record.type); ++i) {
                if (record.at(i).is_absent()) continue;
                const std::string field = text_of(model, record.at(i));
                if (field == "null") continue;
                text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", record.type->fields[i].name, field);
            }
            return "{" + text + "}";
        }
        default:
            return fmt::format("{}", value.as_int());
    }
}

/// An answer as the row of its columns.
inline std::string text_of(const Model& model, const Answer& answer) {
    if (answer.outcome.is_error()) return fmt::format("{{error: {}}}", answer.outcome.as_error().message);
    const Decision& decision = *model.find(answer.decision);
    const bool is_list = decision.each || decision.collects();
    std::string text;
    const auto add = [&](std::string_view name, const std::string& of) {
        if (of != "null") text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", name, of);
    };
    const auto words = [&](std::string_view name, const auto& word_of) {
        std::string all;
        for (const Because& because : answer.because) {
            const std::string word = word_of(because).empty() ? "null" : word_of(because);
            if (!is_list) return add(name, word);
            all += (all.empty() ? "" : ", ") + word;
        }
        if (is_list) add(name, "[" + all + "]");
    };
    add("outcome", text_of(model, answer.outcome));
    words("rule", [](const Because& because) { return because.rule; });
    const auto has_exceptions = [](const Decision& of) {
        return std::any_of(of.rules.begin(), of.rules.end(), [](const Rule& rule) { return !rule.exceptions.empty(); });
    };
    // A decision without rules of its own rests on those of others.
    const bool excepted = decision.rules.empty()
                              ? std::any_of(model.decisions.begin(), model.decisions.end(),
                                            [&](const auto& other) { return has_exceptions(*other); })
                              : has_exceptions(decision);
    if (excepted) words("exception", [](const Because& because) { return because.exception; });
    words("clause", [](const Because& because) { return because.cite.empty() ? std::string() : because.cite.front(); });
    if (answer.valid_until && answer.valid_until->until) add("valid_until", std::to_string(*answer.valid_until->until));
    return "{" + text + "}";
}

}  // namespace praxe::columns_test
