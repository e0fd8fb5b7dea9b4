// Columns cut into atoms, and sets of these.
#include "check/cell_atoms.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "value/functions.hpp"
#include "value/order.hpp"

namespace praxe {

// ---------------------------------------------------------------------------------------------------------- sets

bool meet(const Atoms& a, const Atoms& b) {
    for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
        if (std::max(a[i].first, b[k].first) <= std::min(a[i].last, b[k].last)) return true;
        a[i].last < b[k].last ? ++i : ++k;
    }
    return false;
}

Atoms common(const Atoms& a, const Atoms& b) {
    Atoms out;
    for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
        const AtomRun both{std::max(a[i].first, b[k].first), std::min(a[i].last, b[k].last)};
        if (both.first <= both.last) out.push_back(both);
        a[i].last < b[k].last ? ++i : ++k;
    }
    return out;
}

Atoms without(const Atoms& a, const Atoms& b) {
    Atoms out;
    for (AtomRun run : a) {
        for (const AtomRun& taken : b) {
            if (taken.last < run.first) continue;
            if (taken.first > run.last) break;
            if (taken.first > run.first) out.push_back({run.first, taken.first - 1});
            run.first = taken.last + 1;
        }
        if (run.first <= run.last) out.push_back(run);
    }
    return out;
}

bool takes_in(const Atoms& all, const Atoms& some) {
    return without(some, all).empty();
}

std::size_t count(const Atoms& atoms) {
    std::size_t sum = 0;
    for (const AtomRun& run : atoms) sum += static_cast<std::size_t>(run.last - run.first + 1);
    return sum;
}

// ------------------------------------------------------------------------------------------------------- columns

namespace {

/// Kinds whose values are whole numbers: between one and the next there is nothing.
bool is_counted(const Value& value) {
    switch (value.kind()) {
        case Kind::integer:
        case Kind::money:
        case Kind::percent:
        case Kind::date:
        case Kind::business_days:
        case Kind::calendar_days:
        case Kind::months:
        case Kind::years:
            return true;
        case Kind::boolean:
        case Kind::unsigned_integer:
        case Kind::real:
        case Kind::string:
        case Kind::bytes:
        case Kind::timestamp:
        case Kind::duration:
        case Kind::business_hours:
        case Kind::list:
        case Kind::map:
        case Kind::record:
        case Kind::optional:
        case Kind::null:
        case Kind::type:
        case Kind::absent:
        case Kind::error:
            return false;
    }
    return false;
}

/// True for kinds that have an order and more values than can be listed.
bool is_ordered(const Type& type) {
    if (type.kind == TypeKind::boolean || type.kind == TypeKind::enumeration) return false;
    const auto rows = functions_named("_<_");
    return std::any_of(rows.begin(), rows.end(),
                       [&](const Overload& row) { return row.params[0] == type && row.params[1] == type; });
}

}  // namespace

bool nothing_between(const Value& a, const Value& b) {
    return is_counted(a) && is_counted(b) && a.as_int() < b.as_int() && a.as_int() + 1 == b.as_int();
}

ColumnAtoms::ColumnAtoms(const Type& type, const std::vector<Value>& named, const Schema& schema)
    : is_ordered_(is_ordered(type)) {
    for (const Value& value : named) {
        const auto same = [&](const Value& known) { return equal(known, value); };
        if (is_ordered_ || std::none_of(values_.begin(), values_.end(), same)) values_.push_back(value);
    }
    is_ordered_ ? cut_in_order() : cut_apart(type, schema);
}

void ColumnAtoms::add_point(std::size_t value) {
    points_.push_back(static_cast<int>(atoms_.size()));
    atoms_.push_back({Part::point, value});
}

void ColumnAtoms::cut_in_order() {
    std::sort(values_.begin(), values_.end(), [](const Value& a, const Value& b) { return sort_order(a, b) < 0; });
    values_.erase(std::unique(values_.begin(), values_.end(), equal), values_.end());
    if (values_.empty()) return atoms_.push_back({Part::other, 0});
    atoms_.push_back({Part::before, 0});
    for (std::size_t i = 0; i < values_.size(); ++i) {
        add_point(i);
        if (i + 1 < values_.size() && !nothing_between(values_[i], values_[i + 1]))
            atoms_.push_back({Part::between, i});
    }
    atoms_.push_back({Part::beyond, values_.size() - 1});
}

void ColumnAtoms::cut_apart(const Type& type, const Schema& schema) {
    std::vector<Value> every;
    if (type.kind == TypeKind::boolean) every = {Value::boolean(false), Value::boolean(true)};
    if (type.kind == TypeKind::enumeration) {
        for (const std::string& member : schema.closed_sets.find(type.name)->second.members)
            every.push_back(Value::string(member));
    }
    if (!every.empty()) values_ = every;
    for (std::size_t i = 0; i < values_.size(); ++i) add_point(i);
    if (every.empty()) atoms_.push_back({Part::other, 0});
}

Atoms ColumnAtoms::all() const {
    return {{0, static_cast<int>(atoms_.size()) - 1}};
}

int ColumnAtoms::atom_of(const Value& value) const {
    const auto before = [](const Value& a, const Value& b) { return sort_order(a, b) < 0; };
    const auto found = is_ordered_ ? std::lower_bound(values_.begin(), values_.end(), value, before)
                                   : std::find_if(values_.begin(), values_.end(),
                                                  [&](const Value& known) { return equal(known, value); });
    return points_[static_cast<std::size_t>(found - values_.begin())];
}

Atoms ColumnAtoms::of(const Cell& cell, const std::vector<Value>& values) const {
    const int last = static_cast<int>(atoms_.size()) - 1;
    const auto compared = [&](const std::string& comparison, const Value& value) -> Atoms {
        const int atom = atom_of(value);
        if (comparison == "_!=_") return without(all(), {{atom, atom}});
        const bool up = comparison.starts_with("_>");
        const int step = comparison.ends_with("=_") ? 0 : 1;
        const AtomRun run = up ? AtomRun{atom + step, last} : AtomRun{0, atom - step};
        return run.first <= run.last ? Atoms{run} : Atoms{};
    };
    switch (cell.form) {
        case Cell::Form::yes:
        case Cell::Form::no: {
            const int atom = atom_of(Value::boolean(cell.form == Cell::Form::yes));
            return {{atom, atom}};
        }
        case Cell::Form::compare:
            return compared(cell.comparison, values.front());
        case Cell::Form::range:
            return common(compared(cell.comparison, values.front()), compared(cell.upper_comparison, values.back()));
        case Cell::Form::one_of:
            break;
    }
    Atoms rest = all();
    for (const Value& value : values) {
        const int atom = atom_of(value);
        rest = without(rest, {{atom, atom}});
    }
    return without(all(), rest);
}

std::string ColumnAtoms::described(const std::string& column, int atom) const {
    const Atom& one = atoms_[static_cast<std::size_t>(atom)];
    switch (one.part) {
        case Part::point:
            return fmt::format("{} == {}", column, to_text(values_[one.value]));
        case Part::before:
            return fmt::format("{} < {}", column, to_text(values_[one.value]));
        case Part::beyond:
            return fmt::format("{} > {}", column, to_text(values_[one.value]));
        case Part::between:
            return fmt::format("{} in ({}..{})", column, to_text(values_[one.value]), to_text(values_[one.value + 1]));
        case Part::other:
            return fmt::format("{} is something else", column);
    }
    return {};
}

}  // namespace praxe
