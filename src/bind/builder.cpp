// Putting bindings together, and everything that can be wrong with them: names, types, what is missing.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>

#include "bind/bound_types.hpp"

namespace praxe {
namespace {

using HostKind = HostType::Kind;

/// What a field of that type may be bound to, and what to bind it to when it is something else.
struct Fit {
    TypeKind type;
    std::array<HostKind, 2> kinds;
    std::string_view remedy;
};
constexpr std::array fits{
    Fit{TypeKind::boolean, {HostKind::boolean, HostKind::boolean}, "bind a bool"},
    Fit{TypeKind::integer, {HostKind::integer, HostKind::integer}, "bind an integer"},
    Fit{TypeKind::business_days, {HostKind::integer, HostKind::integer}, "bind an integer: it counts business days"},
    Fit{TypeKind::calendar_days, {HostKind::integer, HostKind::integer}, "bind an integer: it counts calendar days"},
    Fit{TypeKind::months, {HostKind::integer, HostKind::integer}, "bind an integer: it counts months"},
    Fit{TypeKind::years, {HostKind::integer, HostKind::integer}, "bind an integer: it counts years"},
    Fit{TypeKind::real, {HostKind::real, HostKind::real}, "bind a double"},
    Fit{TypeKind::string, {HostKind::text, HostKind::text}, "bind a std::string"},
    Fit{TypeKind::enumeration, {HostKind::enumerator, HostKind::text}, "bind a std::string or an enum"},
    Fit{TypeKind::money, {HostKind::money, HostKind::money}, "bind a praxe::Money: it holds whole cents"},
    Fit{TypeKind::percent,
        {HostKind::percent, HostKind::percent},
        "bind a praxe::Percent: it holds hundredths of one percent"},
    Fit{TypeKind::timestamp,
        {HostKind::instant, HostKind::instant},
        "bind a std::chrono::sys_time of microseconds or coarser"},
    Fit{TypeKind::date, {HostKind::date, HostKind::date}, "bind std::chrono::sys_days or year_month_day"},
    Fit{TypeKind::record, {HostKind::record, HostKind::record}, "bind a struct"},
    Fit{TypeKind::list, {HostKind::list, HostKind::list}, "bind a std::vector or another range"},
    Fit{TypeKind::map, {HostKind::list, HostKind::list}, "bind a range of structs, or a map of them"},
};

std::string_view name_of(HostKind kind) {
    switch (kind) {
        case HostKind::boolean:
            return "a bool";
        case HostKind::integer:
            return "an integer";
        case HostKind::real:
            return "a floating-point number";
        case HostKind::text:
            return "a text";
        case HostKind::enumerator:
            return "an enum";
        case HostKind::money:
            return "praxe::Money";
        case HostKind::percent:
            return "praxe::Percent";
        case HostKind::instant:
            return "an instant";
        case HostKind::date:
            return "a date";
        case HostKind::record:
            return "a struct";
        case HostKind::list:
            return "a range";
    }
    return "";
}

std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known) {
    const std::string near = nearest(wrong, known);
    return near.empty() ? std::string() : fmt::format("did you mean \"{}\"?", near);
}

}  // namespace

struct BoundTypesBuilder::State {
    struct NamedField {
        std::string name;
        HostType type;
        Read read;
        Write write;
        Look look;
    };
    struct NamedRecord {
        std::type_index type;
        std::string name;  // empty: the case
        std::vector<NamedField> fields;
    };
    struct NamedMembers {
        std::type_index type;
        std::string set;
        std::vector<std::pair<std::int64_t, std::string>> names;
    };
    std::shared_ptr<const Model> model;
    std::vector<NamedRecord> records;
    std::vector<NamedMembers> members;
};

namespace {

/// One build: the bindings that a struct needs, against the ruleset's types.
class Build {
  public:
    Build(const std::shared_ptr<const Model>& model, bool as_facts)
        : types_(std::make_shared<BoundTypes>()), as_facts_(as_facts) {
        types_->model = model;
    }

    void add_members(std::type_index type, const std::string& set,
                     const std::vector<std::pair<std::int64_t, std::string>>& names) {
        const auto found = model().schema->closed_sets.find(set);
        if (found == model().schema->closed_sets.end()) {
            std::vector<std::string> known;
            for (const auto& [name, members] : model().schema->closed_sets) known.push_back(name);
            return complain(fmt::format("there is no closed set \"{}\"", set), did_you_mean(set, known));
        }
        for (const auto& [value, name] : names) check_member(found->second, name);
        if (!types_->members.emplace(type, names).second)
            complain(fmt::format("an enum is named twice, again as \"{}\"", set));
        sets_.emplace(type, set);
    }

    /// The type that a name stands for; null and a complaint if there is none.
    const RecordType* find_record(const std::string& name) {
        if (name.empty()) return &model().schema->facts;
        const auto found = model().schema->records.find(name);
        if (found != model().schema->records.end()) return found->second.get();
        if (const Decision* decision = model().find(name)) return &decision->outcome;
        std::vector<std::string> known = model().decision_names();
        for (const auto& [record, type] : model().schema->records) known.push_back(record);
        complain(fmt::format("there is no record and no decision \"{}\"", name), did_you_mean(name, known));
        return nullptr;
    }

    void add_record(std::type_index type, const RecordType& record) {
        const auto [found, is_new] = types_->records.emplace(type, BoundRecord());
        if (!is_new) return complain(fmt::format("a struct is bound twice, again to {}", said(record)));
        found->second.types = types_.get();
        found->second.type = &record;
        found->second.bound_as.assign(record.fields.size(), -1);
    }

    void add_field(std::type_index record_type, const std::string& name, const HostType& type,
                   const BoundTypesBuilder::Read& read, const BoundTypesBuilder::Write& write,
                   const BoundTypesBuilder::Look& look) {
        BoundRecord& record = types_->records.find(record_type)->second;
        const int index = record.type->find(name);
        const bool hidden = index >= static_cast<int>(model().shown_fields(*record.type));
        if (index < 0 || hidden) {
            return complain(fmt::format("{} has no field \"{}\"", said(*record.type), name),
                            did_you_mean(name, record.type->field_names()));
        }
        const auto field = static_cast<std::size_t>(index);
        if (record.bound_as[field] >= 0)
            return complain(fmt::format("\"{}.{}\" is bound twice", record.type->name, name));
        record.bound_as[field] = static_cast<int>(record.fields.size());
        record.fields.push_back({field, type, read, write, look});
    }

    Result<std::shared_ptr<const BoundTypes>> take(std::type_index root) {
        if (!types_->records.contains(root)) complain("the struct that is asked for is not bound");
        if (diagnostics_.empty()) visit(root);
        if (!diagnostics_.empty()) return diagnostics_;
        for (const std::type_index type : visited_) {
            if (as_facts_) make_host_fields(*types_, types_->records.find(type)->second);
        }
        return std::shared_ptr<const BoundTypes>(types_);
    }

  private:
    const Model& model() const { return *types_->model; }

    void complain(std::string message, std::string hint = {}) {
        diagnostics_.error({}, std::move(message), std::move(hint));
    }

    static std::string said(const RecordType& record) {
        return record.name.empty() ? std::string("the case") : fmt::format("\"{}\"", record.name);
    }

    void check_member(const ClosedSet& set, const std::string& name) {
        if (std::find(set.members.begin(), set.members.end(), name) != set.members.end()) return;
        complain(fmt::format("\"{}\" has no member \"{}\"", set.name, name), did_you_mean(name, set.members));
    }

    /// A bound struct and, through its fields, all that it holds.
    void visit(std::type_index type) {
        if (!visited_.insert(type).second) return;
        const BoundRecord& record = types_->records.find(type)->second;
        const bool is_facts = !record.type->is_outcome;
        if (as_facts_ != is_facts) {
            const std::string_view what = is_facts ? "of facts, not an outcome" : "an outcome, not of facts";
            return complain(fmt::format("{} is {}", said(*record.type), what));
        }
        for (const BoundField& field : record.fields) check_field(record, field);
        for (std::size_t i = 0; is_facts && i < record.type->fields.size(); ++i) check_missing(record, i);
    }

    /// What tells a record apart, or says since when it is there, must be bound.
    void check_missing(const BoundRecord& record, std::size_t i) {
        const Field& field = record.type->fields[i];
        const bool needed = field.required || static_cast<int>(i) == record.type->since;
        if (!needed || record.bound_as[i] >= 0) return;
        complain(fmt::format("{} needs the field \"{}\"", said(*record.type), field.name));
    }

    void check_field(const BoundRecord& record, const BoundField& bound) {
        const Field& field = record.type->fields[bound.field];
        const std::string name =
            fmt::format("{}{}{}", record.type->name, record.type->name.empty() ? "" : ".", field.name);
        check_type(field.type, bound.type, name);
        if (as_facts_) return;
        if (!bound.write) return complain(fmt::format("\"{}\" cannot be written: bind a member that holds it", name));
        if (!field.required && !bound.type.may_be_absent)
            complain(fmt::format("\"{}\" may be left out: bind a std::optional", name));
    }

    void check_type(const Type& declared, const HostType& bound, const std::string& name) {
        const auto* fit = std::find_if(fits.begin(), fits.end(), [&](const Fit& f) { return f.type == declared.kind; });
        if (fit == fits.end())
            return complain(fmt::format("\"{}\" is of type {}, which no struct holds", name, to_string(declared)));
        if (std::find(fit->kinds.begin(), fit->kinds.end(), bound.kind) == fit->kinds.end()) {
            return complain(fmt::format("\"{}\" is of type {}, and {} is bound to it", name, to_string(declared),
                                        name_of(bound.kind)),
                            std::string(fit->remedy));
        }
        if (bound.kind == HostKind::list) check_type(declared.args.back(), *bound.element, name);
        if (bound.kind == HostKind::enumerator) check_set(declared, bound, name);
        if (bound.kind == HostKind::record) check_record(declared, bound, name);
    }

    void check_set(const Type& declared, const HostType& bound, const std::string& name) {
        const auto set = sets_.find(bound.type);
        if (set == sets_.end()) {
            return complain(fmt::format("\"{}\" is bound to an enum whose members have no names", name),
                            fmt::format("call members(\"{}\", {{…}}) for it", declared.name));
        }
        if (set->second == declared.name) return;
        complain(fmt::format("\"{}\" is of the closed set \"{}\", and the enum of \"{}\" is bound to it", name,
                             declared.name, set->second));
    }

    void check_record(const Type& declared, const HostType& bound, const std::string& name) {
        const auto record = types_->records.find(bound.type);
        if (record == types_->records.end()) {
            return complain(fmt::format("\"{}\" is bound to a struct that is not bound itself", name),
                            fmt::format("call record<…>(\"{}\") for it", declared.record->name));
        }
        if (record->second.type != declared.record) {
            return complain(fmt::format("\"{}\" is a \"{}\", and the struct of {} is bound to it", name,
                                        declared.record->name, said(*record->second.type)));
        }
        visit(bound.type);
    }

    std::shared_ptr<BoundTypes> types_;
    bool as_facts_;
    std::map<std::type_index, std::string> sets_;
    std::set<std::type_index> visited_;
    Diagnostics diagnostics_;
};

}  // namespace

BoundTypesBuilder::BoundTypesBuilder(const Ruleset& ruleset) : state_(std::make_unique<State>()) {
    state_->model = ruleset.shared_model();
}
BoundTypesBuilder::~BoundTypesBuilder() = default;
BoundTypesBuilder::BoundTypesBuilder(BoundTypesBuilder&&) noexcept = default;
BoundTypesBuilder& BoundTypesBuilder::operator=(BoundTypesBuilder&&) noexcept = default;

void BoundTypesBuilder::members(std::type_index type, std::string_view set,
                                std::vector<std::pair<std::int64_t, std::string>> names) {
    state_->members.push_back({type, std::string(set), std::move(names)});
}

std::size_t BoundTypesBuilder::record(std::type_index type, std::string_view name) {
    state_->records.push_back({type, std::string(name), {}});
    return state_->records.size() - 1;
}

std::size_t BoundTypesBuilder::facts(std::type_index type) {
    return record(type, {});
}

void BoundTypesBuilder::field(std::size_t record, std::string_view name, const HostType& type, Read read, Write write,
                              Look look) {
    state_->records[record].fields.push_back(
        {std::string(name), type, std::move(read), std::move(write), std::move(look)});
}

Result<std::shared_ptr<const BoundTypes>> BoundTypesBuilder::build(std::type_index type, bool as_facts) const {
    Build build(state_->model, as_facts);
    for (const auto& members : state_->members) build.add_members(members.type, members.set, members.names);
    for (const auto& record : state_->records) {
        const RecordType* known = build.find_record(record.name);
        if (known == nullptr) continue;
        build.add_record(record.type, *known);
        for (const auto& field : record.fields)
            build.add_field(record.type, field.name, field.type, field.read, field.write, field.look);
    }
    return build.take(type);
}

}  // namespace praxe
