// What a view shows: a cell of the machine by its shape, or a value as it stands.
#include <praxe/view.hpp>

#include "machine/made_value.hpp"
#include "program/host_cells.hpp"
#include "value/type_kind.hpp"

namespace praxe {

ValueView::ValueView(const Model& model, const Value& value) : model_(&model), value_(&value) {
    while (value_->is(Kind::optional) && value_->has_value()) value_ = &value_->as_optional();
}

/// Records of facts and maps are values to the machine too.
ValueView::ValueView(const Model& model, const Datum& datum, const Shape& shape) : model_(&model) {
    const Shape* held = &shape;
    while (held->kind == TypeKind::optional && datum.is_ok()) held = held->part;
    if (!datum.is_ok() && held->kind != TypeKind::optional) return;
    const bool is_fact = held->kind == TypeKind::record && !held->has_outcomes;
    if (is_fact || held->kind == TypeKind::map) {
        value_ = is_fact ? &value_of(*datum.facts) : datum.map->value;
        return;
    }
    shape_ = held;
    datum_ = &datum;
}

Kind ValueView::kind() const {
    if (shape_ != nullptr) return *kind_of(shape_->kind);
    return value_ != nullptr ? value_->kind() : Kind::absent;
}

std::int64_t ValueView::whole() const {
    return shape_ != nullptr ? datum_->whole : value_->as_int();
}

double ValueView::real() const {
    return shape_ != nullptr ? datum_->real : value_->as_double();
}

std::string_view ValueView::text() const {
    if (shape_ == nullptr) return value_->as_string();
    if (shape_->kind == TypeKind::enumeration) return shape_->set->members[static_cast<std::size_t>(datum_->whole)];
    return datum_->text();
}

std::size_t ValueView::size() const {
    switch (kind()) {
        case Kind::list:
            return shape_ != nullptr ? datum_->items->count : value_->as_list().size();
        case Kind::map:
            return value_->as_map().entries.size();
        case Kind::record:
            return shape_ != nullptr ? datum_->outcome->decision->shown_fields
                                     : model_->shown_fields(*value_->as_record().type);
        default:
            return 0;
    }
}

ValueView ValueView::operator[](std::size_t place) const {
    if (shape_ != nullptr && shape_->kind == TypeKind::record) {
        const MadeOutcome& outcome = *datum_->outcome;
        return {*model_, outcome.fields[place], *model_->program->outcomes[outcome.number][place]};
    }
    if (shape_ != nullptr && shape_->kind == TypeKind::list) {
        return {*model_, datum_->items->cells[place], *shape_->part};
    }
    switch (kind()) {
        case Kind::list:
            return {*model_, value_->as_list()[place]};
        case Kind::map:
            return {*model_, value_->as_map().entries[place].second};
        case Kind::record:
            return {*model_, value_->as_record().at(place)};
        default:
            return {};
    }
}

ValueView ValueView::key(std::size_t place) const {
    return {*model_, value_->as_map().entries[place].first};
}

std::string_view ValueView::name(std::size_t place) const {
    const RecordType& type = shape_ != nullptr ? datum_->outcome->decision->outcome : *value_->as_record().type;
    return type.fields[place].name;
}

Value ValueView::value() const {
    if (shape_ != nullptr) return made_value(*model_->program, *datum_, *shape_).owned();
    return value_ != nullptr ? value_->owned() : Value();
}

}  // namespace praxe
