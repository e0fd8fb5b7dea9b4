// Looks for the fact and the decisions that tell duplicates.
#include "duplicates/base.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace praxe {
namespace {

class Search {
  public:
    Search(const Ruleset& ruleset, Diagnostics& diagnostics)
        : model_(ruleset.model()), name_(ruleset.name()), diagnostics_(diagnostics) {}

    std::optional<Base> find() {
        Base base;
        if (!find_fact(base) || !find_mark(base) || !find_groups(base)) return std::nullopt;
        return base;
    }

  private:
    bool lacks(const std::string& what, const std::string& hint) {
        diagnostics_.error({}, fmt::format("the ruleset \"{}\" has no {}", name_, what), hint);
        return false;
    }

    bool find_fact(Base& base) {
        const RecordType& facts = model_.schema->facts;
        const int fact = facts.find(registrations_name);
        const Field* field = fact < 0 ? nullptr : &facts.fields[static_cast<std::size_t>(fact)];
        if (field == nullptr || field->type.kind != TypeKind::list || field->type.args[0].kind != TypeKind::record)
            return lacks(fmt::format("fact \"{}\"", registrations_name),
                         "a vocabulary says registrations: {list: RECORD}");
        base.registration = field->type.args[0].record;
        if (base.registration->key < 0)
            return lacks(fmt::format("key of \"{}\"", base.registration->name), "its record says key: id");
        base.fact = static_cast<std::size_t>(fact);
        base.id = static_cast<std::size_t>(base.registration->key);
        base.most_in_a_case = field->max_items > 0 ? field->max_items : default_max_items;
        return true;
    }

    bool find_mark(Base& base) {
        base.mark = model_.find(mark_name);
        const std::string hint =
            "registration_mark: {each: {record: registrations}, gives: {own: string, shared: list(string)}}";
        if (base.mark == nullptr || !base.mark->each || base.mark->collects())
            return lacks(fmt::format("decision \"{}\" for each registration", mark_name), hint);
        const Type& element = base.mark->each->type;
        if (element.kind != TypeKind::record || element.record != base.registration)
            return lacks(fmt::format("decision \"{}\" for each registration", mark_name), hint);
        const int own = base.mark->outcome.find("own"), shared = base.mark->outcome.find("shared");
        const auto type = [&](int field) -> const Type& {
            return base.mark->outcome.fields[static_cast<std::size_t>(field)].type;
        };
        if (own < 0 || type(own).kind != TypeKind::string || shared < 0 || type(shared).kind != TypeKind::list ||
            type(shared).args[0].kind != TypeKind::string)
            return lacks(fmt::format("texts \"own\" and \"shared\" in \"{}\"", mark_name), hint);
        base.own = static_cast<std::size_t>(own);
        base.shared = static_cast<std::size_t>(shared);
        return true;
    }

    bool find_groups(Base& base) {
        const Decision* decision = model_.find(duplicates_name);
        const bool one = decision != nullptr && !decision->has_arguments() && !decision->each && !decision->pick &&
                         !decision->collects();
        const int groups = one ? decision->outcome.find("groups") : -1;
        const Type* type = groups < 0 ? nullptr : &decision->outcome.fields[static_cast<std::size_t>(groups)].type;
        if (type == nullptr || type->kind != TypeKind::list || type->args[0].kind != TypeKind::record)
            return lacks(fmt::format("decision \"{}\" with one outcome", duplicates_name),
                         "duplicates: {gives: {groups: list(DECISION)}}");
        base.groups = static_cast<std::size_t>(groups);
        return true;
    }

    const Model& model_;
    const std::string& name_;
    Diagnostics& diagnostics_;
};

}  // namespace

std::optional<Base> base_of(const Ruleset& ruleset, Diagnostics& diagnostics) {
    return Search(ruleset, diagnostics).find();
}

}  // namespace praxe
