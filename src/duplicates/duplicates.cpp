// Registrations as they come, kept in few bytes; then their groups, each put to the ruleset.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>
#include <praxe/duplicates.hpp>
#include <unordered_set>

#include "duplicates/base.hpp"
#include "facts/packed_record.hpp"
#include "located_case.hpp"
#include "run/answer_json.hpp"
#include "run/run.hpp"
#include "value/links.hpp"
#include "value/time.hpp"

namespace praxe {
namespace {

/// `{registrations: [NODE]}`, so that one registration is read as a case's are.
Node case_with(Node registration) {
    Node list;
    list.kind = Node::Kind::list;
    list.source = registration.source;
    list.span = registration.span;
    Node key;
    key.text.text = registrations_name;
    key.source = registration.source;
    key.span = registration.span;
    Node facts = list;
    facts.kind = Node::Kind::map;
    list.items.push_back(std::move(registration));
    facts.entries.emplace_back(std::move(key), std::move(list));
    return facts;
}

}  // namespace

struct Duplicates::State {
    Ruleset ruleset;
    Base base;
    DuplicateOptions options;
    Instant at;
    Links links;
    std::unordered_set<std::string> ids;
    std::string packed;  // the registrations, one behind the other
    std::vector<std::size_t> ends;

    std::string add(const Value& registration, const std::shared_ptr<const Record>& facts);
    std::shared_ptr<const Record> facts_with(List registrations) const;
    Value unpacked(std::size_t number, std::size_t place) const;
    DuplicateGroup group(std::span<const std::uint32_t> members, bool unclear) const;
    Answer answer(List registrations) const;
};

Duplicates::Duplicates(std::unique_ptr<State> state) : state_(std::move(state)) {}
Duplicates::Duplicates(Duplicates&& other) noexcept = default;
Duplicates& Duplicates::operator=(Duplicates&& other) noexcept = default;
Duplicates::~Duplicates() = default;

Result<Duplicates> Duplicates::of(const Ruleset& ruleset, const DuplicateOptions& options) {
    Diagnostics diagnostics;
    const auto base = base_of(ruleset, diagnostics);
    if (!base) return diagnostics;
    const Instant at = options.at.value_or(max_instant);
    return Duplicates(std::make_unique<State>(State{ruleset, *base, options, at, {}, {}, {}, {}}));
}

std::size_t Duplicates::size() const {
    return state_->links.size();
}

Diagnostics Duplicates::add(const SourcePtr& json) {
    Diagnostics diagnostics;
    auto node = read_json(json, diagnostics);
    if (!node) return diagnostics;
    const auto facts = read_case(state_->ruleset, case_with(*std::move(node)));
    return facts ? add(*facts) : facts.diagnostics();
}

Diagnostics Duplicates::add(const Case& facts) {
    Diagnostics diagnostics;
    const auto record = state_->ruleset.facts(facts);
    const Value& registrations = record->at(state_->base.fact);
    if (registrations.is_absent()) return diagnostics;
    for (const Value& registration : registrations.as_list()) {
        const std::string wrong = state_->add(registration, record);
        if (!wrong.empty()) diagnostics.error(facts.place_of(registration.as_record().path), wrong);
    }
    return diagnostics;
}

/// Asks the ruleset by what a registration of these facts is told, and keeps it; or what is wrong with it.
std::string Duplicates::State::add(const Value& registration, const std::shared_ptr<const Record>& facts) {
    const Record& record = registration.as_record();
    const Value& id = record.at(base.id);
    const std::string& key = base.registration->fields[base.id].name;
    if (!id.is(Kind::string)) return fmt::format("the registration has no \"{}\"", key);
    Run run(ruleset.model(), facts, at);
    const Value mark = run.decide_element(*base.mark, registration);
    if (mark.is_error()) return mark.as_error().message;
    if (!ids.insert(id.as_string()).second)
        return fmt::format("two registrations have the {} \"{}\"", key, id.as_string());
    if (mark.is_absent()) return {};  // not there yet
    std::vector<std::string_view> shared;
    for (const Value& text : mark.as_record().at(base.shared).as_list()) shared.push_back(text.as_string());
    links.add(mark.as_record().at(base.own).as_string(), shared);
    packed += pack(record, *ruleset.model().schema);
    ends.push_back(packed.size());
    return {};
}

std::shared_ptr<const Record> Duplicates::State::facts_with(List registrations) const {
    auto facts = std::make_shared<Record>();
    facts->type = &ruleset.model().schema->facts;
    facts->fields.resize(facts->type->fields.size());
    facts->fields[base.fact] = Value::list(std::move(registrations));
    facts->count_bytes(facts->fields.size());
    return facts;
}

/// The registration of a number, as it stands at a place of its group.
Value Duplicates::State::unpacked(std::size_t number, std::size_t place) const {
    const std::size_t begin = number == 0 ? 0 : ends[number - 1];
    const std::string_view bytes = std::string_view(packed).substr(begin, ends[number] - begin);
    return Value::record(
        unpack(bytes, *base.registration, *ruleset.model().schema, fmt::format("{}[{}]", registrations_name, place)));
}

Answer Duplicates::State::answer(List registrations) const {
    const Case facts = case_of(ruleset, facts_with(std::move(registrations)));
    DecideOptions asked;
    asked.decisions = {duplicates_name};
    asked.at = at;
    asked.valid_until = false;
    asked.texts = options.texts;
    return std::move(ruleset.decide(facts, asked).front());
}

DuplicateGroup Duplicates::State::group(std::span<const std::uint32_t> members, bool unclear) const {
    DuplicateGroup group;
    group.unclear = unclear;
    List registrations;
    for (const std::uint32_t member : members) {
        registrations.push_back(unpacked(member, registrations.size()));
        group.ids.push_back(registrations.back().as_record().at(base.id).as_string());
    }
    if (members.size() <= base.most_in_a_case) {
        group.answer = answer(std::move(registrations));
        return group;
    }
    group.answer.decision = duplicates_name;
    group.answer.outcome = Value::error(
        Error::Code::limit,
        fmt::format("a group of {} registrations; a case has {} at most", members.size(), base.most_in_a_case));
    return group;
}

void Duplicates::find(const Sink& sink) const {
    const Links::Groups groups = state_->links.groups();
    // Those of one group side by side: where each begins, then its members.
    std::vector<std::size_t> begins(groups.count + 1);
    for (const std::uint32_t group : groups.of) ++begins[group + 1];
    for (std::size_t g = 0; g < groups.count; ++g) begins[g + 1] += begins[g];
    std::vector<std::uint32_t> members(groups.of.size());
    std::vector<std::size_t> next = begins;
    for (std::uint32_t i = 0; i < groups.of.size(); ++i) members[next[groups.of[i]]++] = i;
    for (std::size_t g = 0; g < groups.count; ++g) {
        const auto of_group = std::span(members).subspan(begins[g], begins[g + 1] - begins[g]);
        const bool unclear = groups.torn[of_group.front()];
        if (of_group.size() > 1 || unclear) sink(state_->group(of_group, unclear));
    }
}

std::string Duplicates::to_json(const DuplicateGroup& group) const {
    const Model& model = state_->ruleset.model();
    List ids;
    for (const std::string& id : group.ids) ids.push_back(Value::string(id));
    std::string line = R"({"ids":)" + outcome_json(model, Value::list(std::move(ids)));
    if (group.unclear) line += R"(,"unclear":true)";
    if (group.answer.outcome.is_error()) return line + "," + outcome_json(model, group.answer.outcome).substr(1);
    const List& found = group.answer.outcome.as_record().at(state_->base.groups).as_list();
    if (found.empty()) return line + "}";
    return line + R"(,"group":)" + outcome_json(model, found.front()) + R"(,"because":)" +
           because_json(model, group.answer) + "}";
}

}  // namespace praxe
