// Decisions: needs, arguments, elements, outcomes, names of their own, hit policies.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "check/build.hpp"
#include "check/building.hpp"
#include "check/wording.hpp"
#include "facts/schema_fields.hpp"

namespace praxe {
namespace {

struct HitName {
    std::string_view name;
    HitPolicy policy;
};
constexpr std::array hit_names{
    HitName{"unique", HitPolicy::unique},
    HitName{"first", HitPolicy::first},
    HitName{"priority", HitPolicy::priority},
    HitName{"any", HitPolicy::any},
    HitName{"most_specific", HitPolicy::most_specific},
    HitName{"collect", HitPolicy::collect},
    HitName{"rule_order", HitPolicy::rule_order},
};

std::vector<std::string> hit_policies() {
    std::vector<std::string> names;
    for (const HitName& hit : hit_names) names.emplace_back(hit.name);
    return names;
}

class DecisionBuilder {
  public:
    DecisionBuilder(const RawDecision& raw, Decision& decision, const Building& building)
        : raw_(raw), decision_(decision), building_(building) {}

    /// The names that only its own expressions know.
    OwnNames build_frame() {
        decision_.name = raw_.name.text;
        decision_.place = raw_.place;
        for (const RawNeed& need : raw_.needs) build_need(need);
        build_names();
        if (raw_.where) decision_.where = building_.parse(*raw_.where);
        building_.parse_all(raw_.order, decision_.order);
        return own_;
    }

    void build() {
        build_frame();
        decision_.asks = languages_of(raw_.asks);
        building_.parse_all(raw_.require, decision_.require);
        build_outcome();
        for (const RawAssignment& output : raw_.always)
            build_output(output, decision_, own_, building_, decision_.always);
        build_hit_policy();
        build_rules(raw_, decision_, own_, building_);
        set_type();
        check_shape(raw_, decision_, building_.diagnostics);
    }

  private:
    void build_need(const RawNeed& raw) {
        Need need{raw.fact.text, std::nullopt, raw.fact.place()};
        const RecordType* record = &building_.model.schema->facts;
        std::size_t begin = 0;
        while (begin <= need.fact.size()) {
            const std::size_t end = std::min(need.fact.find('.', begin), need.fact.size());
            const std::string name = need.fact.substr(begin, end - begin);
            const int field = record == nullptr ? -1 : record->find(name);
            if (field < 0) {
                building_.diagnostics.error(raw.fact.place(), fmt::format("there is no fact \"{}\"", need.fact),
                                            record == nullptr
                                                ? fmt::format("\"{}\" has no fields", need.fact.substr(0, begin - 1))
                                                : did_you_mean(name, record->field_names()));
                return;
            }
            record = record->fields[static_cast<std::size_t>(field)].type.record;
            begin = end + 1;
        }
        if (raw.when) need.when = building_.parse(*raw.when);
        decision_.needs.push_back(std::move(need));
    }

    /// The names that only this decision's expressions know.
    void build_names() {
        for (const RawAssignment& param : raw_.given) {
            claim(param.name);
            decision_.params.emplace_back(param.name.text,
                                          read_type(param.value, building_.model, building_.diagnostics));
        }
        if (raw_.each) decision_.each = bind(*raw_.each);
        if (raw_.pick) decision_.pick = bind(*raw_.pick);
        for (const RawAssignment& let : raw_.let) decision_.let.push_back(bind(let));
    }

    Binding bind(const RawAssignment& raw) {
        claim(raw.name);
        return building_.bind(raw);
    }

    void claim(const Excerpt& name) {
        if (!check_name(name, building_.diagnostics)) return;
        const bool hides = building_.model.globals.contains(name.text);
        if (own_.insert(name.text).second && !hides) return;
        building_.diagnostics.error(name.place(), fmt::format("the name \"{}\" is taken", name.text),
                                    "give it another name: names do not hide each other");
    }

    /// Of a field of a vocabulary the mark says that it may be left out; of an outcome the list of those says it.
    std::string output_name(const Excerpt& name) {
        if (is_name(name.text)) return name.text;
        const std::string unmarked = name.text.substr(0, name.text.size() - 1);
        if (!name.text.ends_with('?') || !is_name(unmarked)) {
            check_name(name, building_.diagnostics);
            return name.text;
        }
        building_.diagnostics.error(name.place(), fmt::format("\"{}\" is not a name", name.text),
                                    fmt::format("write \"{0}\", and optional: [{0}]", unmarked));
        return unmarked;
    }

    void build_outcome() {
        for (const auto& [name, node] : raw_.gives) {
            Field field;
            field.name = output_name(name);
            if (node.is_scalar() && node.text.text == "clause") {
                field.type = Type::of(TypeKind::string);
                decision_.cited.push_back(decision_.outcome.fields.size());
            } else {
                field.type = type_or_members(node, fmt::format("{}.{}", decision_.name, name.text), building_.model,
                                             building_.diagnostics);
            }
            field.required = is_name(name.text);  // enough is said of one that is none
            field.place = name.place();
            decision_.outcome.fields.push_back(std::move(field));
        }
        decision_.shown_fields = decision_.outcome.fields.size();
        set_key();
        for (const Excerpt& name : raw_.optional) {
            const int field = decision_.outcome.find(name.text);
            if (field < 0) {
                report_unknown_output(name, decision_, building_.diagnostics);
            } else {
                decision_.outcome.fields[static_cast<std::size_t>(field)].required = false;
            }
        }
        if (decision_.each) add_element();
    }

    /// Outcomes are told apart by the text they give as `id`.
    void set_key() {
        const int id = decision_.outcome.find("id");
        if (id >= 0 && decision_.outcome.fields[static_cast<std::size_t>(id)].type.kind == TypeKind::string)
            decision_.outcome.key = id;
    }

    /// The element that an outcome was made for goes with it, as a last field that is not shown.
    void add_element() {
        if (decision_.outcome.find(decision_.each->name) >= 0) {
            building_.diagnostics.error(decision_.each->place,
                                        fmt::format("the name \"{}\" is taken", decision_.each->name),
                                        "it is one of the outputs, and the element is read beside them");
        }
        Field element;
        element.name = decision_.each->name;
        decision_.outcome.fields.push_back(std::move(element));
    }

    void build_hit_policy() {
        if (raw_.priority && (!raw_.hit || raw_.hit->text != "priority")) {
            building_.diagnostics.error(raw_.priority->place(), "\"priority\" goes with the hit policy of that name",
                                        "write hit: priority");
        }
        if (!raw_.precedence.empty() && (!raw_.hit || raw_.hit->text != "most_specific")) {
            building_.diagnostics.error(raw_.precedence.front().place(),
                                        "\"precedence\" goes with the hit policy most_specific",
                                        "write hit: most_specific");
        }
        decision_.precedence = raw_.precedence;
        if (!raw_.hit) return;
        const auto found = std::find_if(hit_names.begin(), hit_names.end(),
                                        [&](const HitName& h) { return h.name == raw_.hit->text; });
        if (found == hit_names.end()) {
            building_.diagnostics.error(raw_.hit->place(), fmt::format("there is no hit policy \"{}\"", raw_.hit->text),
                                        suggestion(raw_.hit->text, hit_policies()));
            return;
        }
        decision_.hit = found->policy;
        if (decision_.hit == HitPolicy::priority) build_priority();
    }

    void build_priority() {
        constexpr const char* hint = "write priority: OUTPUT; the order of its members is the order of the rules";
        Diagnostics& diagnostics = building_.diagnostics;
        if (!raw_.priority) {
            diagnostics.error(raw_.hit->place(), "the hit policy priority needs an output whose members are listed",
                              hint);
            return;
        }
        const int output = decision_.outcome.find(raw_.priority->text);
        const auto index = static_cast<std::size_t>(output);
        if (output < 0 || index >= decision_.shown_fields)
            return report_unknown_output(*raw_.priority, decision_, diagnostics);
        const Field& field = decision_.outcome.fields[index];
        if (field.type.kind == TypeKind::error) return;
        if (field.type.kind != TypeKind::enumeration) {
            diagnostics.error(raw_.priority->place(),
                              fmt::format("\"{}\" is {}, and priority goes by the order of members", field.name,
                                          to_string(field.type)),
                              fmt::format("list them: {}: [MEMBER, …]", field.name));
        } else if (!field.required) {
            diagnostics.error(raw_.priority->place(),
                              fmt::format("\"{}\" is optional, and priority goes by it in every rule", field.name));
        } else {
            decision_.priority = output;
        }
    }

    void set_type() {
        const bool many = decision_.each || decision_.collects();
        Type one = Type::record_of(decision_.outcome);
        decision_.type = decision_.pick ? Type::of(TypeKind::error)  // until the type of its list is known
                         : many         ? Type::list(std::move(one))
                                        : std::move(one);
    }

    const RawDecision& raw_;
    Decision& decision_;
    const Building& building_;
    OwnNames own_;
};

}  // namespace

OwnNames build_frame(const RawDecision& raw, Decision& decision, const Building& building) {
    return DecisionBuilder(raw, decision, building).build_frame();
}

void build_decision(const RawDecision& raw, Decision& decision, const Building& building) {
    DecisionBuilder(raw, decision, building).build();
}

}  // namespace praxe
