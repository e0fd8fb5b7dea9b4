// A record is reached from the case by selections alone; wherever one is passed on as a whole, all of it counts as
// read.
#include "plan/fact_parts.hpp"

#include <algorithm>

#include "check/expressions.hpp"

namespace praxe {
namespace {

using Branch = FactParts::Branch;

/// The fields of a record; one that holds a record of a type around it is one part.
void add_fields(Branch& branch, const RecordType& type, std::vector<const RecordType*>& around) {
    branch.record = &type;
    around.push_back(&type);
    for (const Field& field : type.fields) {
        Branch& inner = branch.fields.emplace_back();
        inner.first = branch.end;
        inner.end = inner.first + 1;
        const bool nests = field.type.kind == TypeKind::record &&
                           std::find(around.begin(), around.end(), field.type.record) == around.end();
        if (nests) add_fields(inner, *field.type.record, around);
        branch.end = inner.end;
    }
    around.pop_back();
}

bool same(const Value& before, const Value& after);

bool same_record(const Record& before, const Record& after) {
    return &before == &after || (before.type == after.type && std::equal(before.all().begin(), before.all().end(),
                                                                         after.all().begin(), after.all().end(), same));
}

bool same_map(const Map& before, const Map& after) {
    return std::equal(before.entries.begin(), before.entries.end(), after.entries.begin(), after.entries.end(),
                      [](const auto& a, const auto& b) { return same(a.first, b.first) && same(a.second, b.second); });
}

/// The same fact, as far as any decision can tell.
bool same(const Value& before, const Value& after) {
    if (before.kind() != after.kind()) return false;
    if (before.is(Kind::record)) return same_record(before.as_record(), after.as_record());
    if (before.is(Kind::map)) return same_map(before.as_map(), after.as_map());
    if (before.is(Kind::list)) {
        return std::equal(before.as_list().begin(), before.as_list().end(), after.as_list().begin(),
                          after.as_list().end(), same);
    }
    return identical(before, after);
}

void set(PartSet& parts, const Branch& branch) {
    std::fill(parts.begin() + static_cast<std::ptrdiff_t>(branch.first),
              parts.begin() + static_cast<std::ptrdiff_t>(branch.end), true);
}

/// The two may be absent, or errors; only of two records the fields are looked at.
void compare(const Branch& branch, const Value& before, const Value& after, PartSet& differing) {
    if (branch.record == nullptr || !before.is(Kind::record) || !after.is(Kind::record)) {
        if (!same(before, after)) set(differing, branch);
        return;
    }
    if (&before.as_record() == &after.as_record()) return;
    for (std::size_t i = 0; i < branch.fields.size(); ++i)
        compare(branch.fields[i], before.as_record().at(i), after.as_record().at(i), differing);
}

/// The parts that expressions read.
class Reads {
  public:
    Reads(const Branch& whole, PartSet& read) : whole_(whole), read_(read) {}

    void of(const Expr& expr) {
        if (const Branch* branch = reached(expr)) return set(read_, *branch);
        for (const ExprPtr& part : expr.args) of(*part);
    }

    /// What is needed must be there: of a record nothing else is looked at but what dates it.
    void of(const Need& need) {
        const Branch* branch = &whole_;
        for (std::string_view path = need.fact; !path.empty();) {
            const std::string_view name = path.substr(0, path.find('.'));
            path = name.size() < path.size() ? path.substr(name.size() + 1) : std::string_view();
            branch = field(*branch, name);
            if (branch == nullptr || branch->record == nullptr) break;
        }
        if (branch == nullptr) return;
        if (branch->record == nullptr) return set(read_, *branch);
        read_[branch->first] = true;
        if (branch->record->since >= 0) set(read_, branch->fields[static_cast<std::size_t>(branch->record->since)]);
    }

  private:
    /// The fact that an expression names: `client`, `client.preference.term`. What a macro or an argument calls as a
    /// fact is called counts as that fact, which is more than is read.
    const Branch* reached(const Expr& expr) {
        if (expr.kind == ExprKind::ident) return field(whole_, expr.resolved.empty() ? expr.name : expr.resolved);
        if (expr.kind != ExprKind::select) return nullptr;
        const Branch* owner = reached(*expr.args[0]);
        if (owner == nullptr || owner->record == nullptr) return owner;
        return field(*owner, expr.name);
    }

    /// A field by name, with what reading it looks at besides: that the record is there, and what dates either.
    const Branch* field(const Branch& branch, std::string_view name) {
        const int index = branch.record->find(name);
        if (index < 0) return nullptr;
        if (&branch != &whole_) read_[branch.first] = true;
        const Field& field = branch.record->fields[static_cast<std::size_t>(index)];
        for (const int dating : {branch.record->since, field.dated_by}) {
            if (dating >= 0) set(read_, branch.fields[static_cast<std::size_t>(dating)]);
        }
        return &branch.fields[static_cast<std::size_t>(index)];
    }

    const Branch& whole_;
    PartSet& read_;
};

}  // namespace

bool overlap(const PartSet& a, const PartSet& b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] && b[i]) return true;
    }
    return false;
}

FactParts::FactParts(const RecordType& facts) {
    std::vector<const RecordType*> around;
    add_fields(whole_, facts, around);
}

PartSet FactParts::differing(const Record& before, const Record& after) const {
    PartSet differing(size());
    for (std::size_t i = 0; i < whole_.fields.size(); ++i)
        compare(whole_.fields[i], before.at(i), after.at(i), differing);
    return differing;
}

std::vector<PartSet> parts_read(const Model& model, const FactParts& parts) {
    const std::size_t definitions = model.define.size();
    std::vector<PartSet> read(definitions + model.decisions.size(), PartSet(parts.size()));
    for (std::size_t i = 0; i < definitions; ++i) Reads(parts.whole(), read[i]).of(*model.define[i].value.root);
    for (std::size_t i = 0; i < model.decisions.size(); ++i) {
        Reads reads(parts.whole(), read[definitions + i]);
        for_each_expression(*model.decisions[i], [&](const Expression& expression) { reads.of(*expression.root); });
        for (const Need& need : model.decisions[i]->needs) reads.of(need);
    }
    for (const auto& [user, used] : model.uses) {  // what is used stands before what uses it
        for (std::size_t part = 0; part < parts.size(); ++part) {
            if (read[used][part]) read[user][part] = true;
        }
    }
    return {read.begin() + static_cast<std::ptrdiff_t>(definitions), read.end()};
}

}  // namespace praxe
