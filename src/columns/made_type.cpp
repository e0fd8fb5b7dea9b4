// Which Arrow format stands for which type.
#include "columns/made_type.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "columns/given_out.hpp"

namespace praxe {
namespace {

using Form = MadeType::Form;

Form form_of(TypeKind kind) {
    static constexpr std::array forms{
        std::pair{TypeKind::boolean, Form::boolean},
        std::pair{TypeKind::integer, Form::integer},
        std::pair{TypeKind::unsigned_integer, Form::unsigned_integer},
        std::pair{TypeKind::real, Form::real},
        std::pair{TypeKind::string, Form::text},
        std::pair{TypeKind::bytes, Form::bytes},
        std::pair{TypeKind::timestamp, Form::instant},
        std::pair{TypeKind::duration, Form::duration},
        std::pair{TypeKind::date, Form::date},
        std::pair{TypeKind::money, Form::amount},
        std::pair{TypeKind::percent, Form::amount},
        std::pair{TypeKind::business_days, Form::integer},
        std::pair{TypeKind::business_hours, Form::duration},
        std::pair{TypeKind::calendar_days, Form::integer},
        std::pair{TypeKind::months, Form::integer},
        std::pair{TypeKind::years, Form::integer},
        std::pair{TypeKind::list, Form::list},
        std::pair{TypeKind::enumeration, Form::word},
        std::pair{TypeKind::record, Form::structure},
    };
    const auto* found = std::find_if(forms.begin(), forms.end(), [&](const auto& row) { return row.first == kind; });
    return found == forms.end() ? Form::json : found->second;
}

struct Written {
    Form form;
    const char* format;
    std::size_t width;
};
constexpr std::array written{
    Written{Form::boolean, "b", 0},    Written{Form::integer, "l", 8},      Written{Form::unsigned_integer, "L", 8},
    Written{Form::real, "g", 8},       Written{Form::date, "tdD", 4},       Written{Form::instant, "tsu:UTC", 8},
    Written{Form::duration, "tDu", 8}, Written{Form::amount, "d:19,2", 16}, Written{Form::text, "U", 0},
    Written{Form::bytes, "Z", 0},      Written{Form::json, "U", 0},         Written{Form::word, "", 0},
    Written{Form::list, "+L", 0},      Written{Form::structure, "+s", 0},
};

const Written& written_as(Form form) {
    return written[static_cast<std::size_t>(form)];
}

const char* format_of(const MadeType& type) {
    if (type.form != Form::word) return written_as(type.form).format;
    return type.width() == 1 ? "c" : type.width() == 2 ? "s" : "i";
}

}  // namespace

MadeType MadeType::dictionary(std::string name, std::vector<std::string> words) {
    MadeType type;
    type.name = std::move(name);
    type.form = Form::word;
    for (std::string& word : words) {
        if (type.index.try_emplace(word, static_cast<int>(type.words.size())).second)
            type.words.push_back(std::move(word));
    }
    return type;
}

MadeType MadeType::list(std::string name, MadeType items) {
    MadeType type;
    type.name = std::move(name);
    type.form = Form::list;
    type.children.push_back(std::move(items));
    return type;
}

int MadeType::index_of(std::string_view word) const {
    const auto found = index.find(word);
    return found == index.end() ? -1 : found->second;
}

bool MadeType::has_offsets() const {
    return form == Form::text || form == Form::bytes || form == Form::json || form == Form::list;
}

std::size_t MadeType::width() const {
    if (form != Form::word) return written_as(form).width;
    if (words.size() <= std::numeric_limits<std::int8_t>::max()) return 1;
    return words.size() <= std::numeric_limits<std::int16_t>::max() ? 2 : 4;
}

namespace {

/// `within`: the records around it, for one that holds its own kind has no end as columns.
MadeType made_type(std::string name, const Type& type, const Model& model, std::vector<const RecordType*>& within) {
    if (type.kind == TypeKind::optional) return made_type(std::move(name), type.args.front(), model, within);
    if (type.kind == TypeKind::enumeration)
        return MadeType::dictionary(std::move(name), model.schema->closed_sets.find(type.name)->second.members);
    MadeType made;
    made.name = std::move(name);
    made.form = form_of(type.kind);
    made.model = &model;
    const bool endless = std::find(within.begin(), within.end(), type.record) != within.end();
    if (made.form == Form::structure && (type.record == nullptr || endless)) made.form = Form::json;
    if (made.form == Form::list) {
        const TypeKind item = type.args.front().kind;  // a list's items are values: null is not one
        if (item == TypeKind::optional || form_of(item) == Form::json) {
            made.form = Form::json;
        } else {
            made.children.push_back(made_type("item", type.args.front(), model, within));
        }
    }
    if (made.form != Form::structure) return made;
    within.push_back(type.record);
    for (std::size_t i = 0; i < model.shown_fields(*type.record); ++i) {
        const Field& field = type.record->fields[i];
        const bool keyed = field.type.kind == TypeKind::map && !field.key.empty();  // its records hold their keys
        made.children.push_back(
            made_type(field.name, keyed ? Type::list(field.type.args.back()) : field.type, model, within));
    }
    within.pop_back();
    return made;
}

}  // namespace

MadeType made_type(std::string name, const Type& type, const Model& model) {
    std::vector<const RecordType*> within;
    return made_type(std::move(name), type, model, within);
}

// ------------------------------------------------------------------------------------------------------------- schema

namespace {

/// What a schema that was given out keeps, until it is released.
struct SchemaOwner {
    std::string name;
    std::vector<ArrowSchema> children;
    std::vector<ArrowSchema*> pointers;
    ArrowSchema dictionary{};
};

}  // namespace

void write_schema(const MadeType& type, ArrowSchema& out) {
    auto* const owner = new SchemaOwner;  // NOLINT(cppcoreguidelines-owning-memory)
    owner->name = type.name;
    owner->children.resize(type.children.size());
    for (std::size_t i = 0; i < type.children.size(); ++i) {
        write_schema(type.children[i], owner->children[i]);
        owner->pointers.push_back(&owner->children[i]);
    }
    out = {};
    if (type.form == Form::word) {
        MadeType words;
        words.form = Form::text;
        write_schema(words, owner->dictionary);
        out.dictionary = &owner->dictionary;
    }
    out.format = format_of(type);
    out.name = owner->name.c_str();
    out.flags = ARROW_FLAG_NULLABLE;
    out.n_children = static_cast<std::int64_t>(type.children.size());
    out.children = owner->pointers.data();
    out.release = release<SchemaOwner, ArrowSchema>;
    out.private_data = owner;
}

}  // namespace praxe
