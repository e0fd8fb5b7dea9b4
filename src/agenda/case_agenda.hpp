// One case's answer for one person and day: the facts it is asked with, and the outcome's fields read back.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "agenda/agenda.hpp"

namespace praxe {

inline constexpr const char* agenda_name = "agenda";  // of the fact and of the decision

/// What the ruleset lacks of what stands at the top of agenda.hpp.
Diagnostics lacking_for_agenda(const Ruleset& ruleset);

// REQUIRES: of all below: nothing is lacking.

/// The fact that `agenda.for` refers to (`staff`).
const std::string& people_fact(const Model& model);

/// Those of whom a case can be asked: the keys of that fact.
std::vector<std::string> people_of(const Model& model, const Record& facts);

/// The day that a case asks for itself.
std::optional<Day> day_asked(const Record& facts);

/// The same facts, asked for that person and day.
std::shared_ptr<const Record> asked_for(const Record& facts, const std::string& person, Day day,
                                        std::optional<std::int64_t> capacity);

/// What the outcome says, with the items' texts from its reasons; `title` stands for a client that has no id.
PersonDay read_agenda(const Answer& answer, const std::string& person, const std::string& title);

}  // namespace praxe
