// Lists of many cases, and a plan for what is too much.
#include "agenda/agenda.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "agenda/case_agenda.hpp"
#include "run/answer.hpp"

namespace praxe {
namespace {

auto order(const AgendaItem& item) {
    return std::tie(item.due_at, item.id, item.client);
}

/// What tells items apart, whoever's list they are on.
using Keys = std::set<std::pair<std::string, std::string>>;
Keys::value_type key(const AgendaItem& item) {
    return {item.client, item.id};
}
Keys keys(const std::vector<AgendaItem>& items) {
    Keys keys;
    for (const AgendaItem& item : items) keys.insert(key(item));
    return keys;
}

void sort(std::vector<AgendaItem>& items) {
    std::sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return order(a) < order(b); });
}

/// What is wrong, where the fact stands that it is about.
std::string report(const Error& error, const std::string& title, const Case& facts) {
    Diagnostics diagnostics;
    diagnostics.error(error.path.empty() ? error.place : facts.place_of(error.path),
                      fmt::format("the agenda of \"{}\" cannot be decided: {}", title, error.message));
    return diagnostics.to_string();
}

}  // namespace

Result<Agenda> Agenda::of(const Ruleset& ruleset, const AgendaOptions& options) {
    Diagnostics lacking = lacking_for_agenda(ruleset);
    if (!lacking.empty()) return lacking;
    return Agenda(ruleset, *ruleset.model().find(agenda_name), options);
}

bool Agenda::add(const std::string& title, const Case& facts, std::string& error) {
    const Dated dated{title, facts, options_.at ? *options_.at : *facts.at()};
    const Record& record = *ruleset_.facts(facts);
    if (!options_.day) options_.day = day_asked(record).value_or(ruleset_.model().zone.day_of(dated.at));
    if (!add_lists(dated, *options_.day, lists_[*options_.day], error)) return false;
    for (std::string& person : people_of(ruleset_.model(), record)) people_.insert(std::move(person));
    latest_ = std::max(latest_.value_or(dated.at), dated.at);
    cases_.push_back(dated);
    return true;
}

/// Where cases differ about a person (whether they are away), the first that knows them is believed. Where one person's
/// list cannot be decided, none is changed.
bool Agenda::add_lists(const Dated& dated, Day day, Lists& lists, std::string& error) const {
    const Record& facts = *ruleset_.facts(dated.facts);
    DecideOptions options;
    options.valid_until = false;
    options.texts = true;
    std::vector<PersonDay> read;
    for (const std::string& person : people_of(ruleset_.model(), facts)) {
        const auto asked = asked_for(facts, person, day, options_.capacity);
        const Answer answer = *praxe::answer(ruleset_.model(), decision_, asked, dated.at, options, true);
        if (answer.outcome.is_error()) {
            error = report(answer.outcome.as_error(), dated.title, dated.facts);
            return false;
        }
        read.push_back(read_agenda(answer, person, dated.title));
    }
    if (read.empty()) {
        const std::string& fact = people_fact(ruleset_.model());
        error = report({Error::Code::missing_fact, fmt::format("\"{}\" names nobody", fact), fact, {}}, dated.title,
                       dated.facts);
    }
    for (PersonDay& one : read) {
        const auto [known, is_new] = lists.try_emplace(one.person, one);
        if (!is_new) known->second.items.insert(known->second.items.end(), one.items.begin(), one.items.end());
    }
    return !read.empty();
}

/// A duty that stands on both lists is there once.
void Agenda::hand_over(Lists& lists) const {
    for (auto& [id, person] : lists) {
        const auto deputy = lists.find(person.hand_over_to);
        if (deputy == lists.end()) continue;
        Keys own = keys(deputy->second.items);
        for (AgendaItem item : person.items) {
            if (!own.insert(key(item)).second) continue;
            item.from = id;
            deputy->second.items.push_back(std::move(item));
        }
    }
    for (auto& [id, person] : lists) {
        sort(person.items);
        person.over = person.items.size() - std::min(person.items.size(), person.capacity);
    }
}

/// Those of a later day are worked out when somebody has too much. Nobody works on a day that cannot be decided.
const Agenda::Lists& Agenda::lists_of(Day day) {
    const auto [place, is_new] = lists_.try_emplace(day);
    if (!is_new) return place->second;
    std::string why_not;
    for (const Dated& dated : cases_) {
        if (add_lists(dated, day, place->second, why_not)) continue;
        place->second.clear();
        return place->second;
    }
    hand_over(place->second);
    return place->second;
}

std::vector<PersonDay> Agenda::plan() {
    std::vector<PersonDay> days;
    Lists lists = lists_[*options_.day];
    hand_over(lists);
    for (auto& [id, person] : lists) {
        if (person.works) plan_moves(person);
        days.push_back(std::move(person));
    }
    return days;
}

/// What can wait longest goes first, each to the nearest day of work with room. A day's room is what its own list
/// leaves, less what stood on the list of an earlier day of work: that is done by then.
void Agenda::plan_moves(PersonDay& person) {
    std::vector<std::size_t> movable;
    for (std::size_t i = 0; i < person.items.size(); ++i) {
        if (person.items[i].movable_until) movable.push_back(i);
    }
    std::stable_sort(movable.begin(), movable.end(), [&](std::size_t a, std::size_t b) {
        return *person.items[a].movable_until > *person.items[b].movable_until;
    });
    auto next = movable.begin();
    Keys done_by_then = keys(person.items);
    for (Day day = *options_.day + 1; day <= *options_.day + most_days_ahead && next != movable.end(); ++day) {
        if (person.moves.size() == person.over || day > *person.items[*next].movable_until) return;
        const Lists& lists = lists_of(day);
        const auto then = lists.find(person.person);
        if (then == lists.end() || !then->second.works) continue;
        std::size_t load = 0;
        for (const AgendaItem& item : then->second.items) load += done_by_then.insert(key(item)).second ? 1 : 0;
        for (; load < then->second.capacity && next != movable.end() && person.moves.size() < person.over;
             ++load, ++next) {
            if (*person.items[*next].movable_until < day) return;
            person.moves.push_back({*next, day});
        }
    }
}

}  // namespace praxe
