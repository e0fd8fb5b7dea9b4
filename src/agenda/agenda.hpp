// What is on for whom on a day, over many cases: lists, load against capacity, what can move to which day, and who
// takes over the list of somebody away.
//
// The ruleset decides `agenda` for one case, one person and one day; its facts say for whom and which day
// (`agenda: {for, day, capacity}`), its outcome has `items` (each `id`, `kind`, `due_at`, and where they apply
// `client`, `planned_at`, `movable_until`), `capacity`, `works`, `away`, `hand_over_to`. Here the answers are put
// together; what an item is, when it is due and how far it can move is the ruleset's.
#pragma once

#include <map>
#include <optional>
#include <praxe/ruleset.hpp>
#include <set>
#include <string>
#include <vector>

#include "check/model.hpp"

namespace praxe {

struct AgendaItem {
    std::string client, id, kind;
    Instant due_at;  // the first instant at which it is late
    std::optional<Instant> planned_at;
    std::optional<Day> movable_until;  // the last day it may be moved to; nothing: it cannot be moved
    std::vector<std::string> cite;
    Languages text;    // what is to be done
    std::string from;  // whose list it was on, where it was handed over
};

struct AgendaMove {
    std::size_t item;  // of the list
    Day to;
};

/// One person's day. `over` and `moves` count what was handed over to them too.
struct PersonDay {
    std::string person;
    std::vector<AgendaItem> items;  // by due_at, then id, then client
    std::size_t capacity = 0;
    std::size_t over = 0;           // how many items are too many, before anything is moved
    std::vector<AgendaMove> moves;  // at most `over`, what can wait longest first
    bool works = false;             // it is a day of work, and they are there
    bool away = false;
    std::string hand_over_to;  // empty: nobody takes over
};

struct AgendaOptions {
    std::optional<Instant> at;  // instead of each case's own
    std::optional<Day> day;     // else the first case's `agenda.day`, or the local day of its instant
    std::optional<std::int64_t> capacity;
};

/// Nothing is moved further than this, whatever the ruleset allows.
inline constexpr Day most_days_ahead = 60;

/// Keeps the cases that are added to it. For one thread at a time.
class Agenda {
  public:
    /// An agenda of a ruleset that has the decision, the fact and the fields named above, or what it lacks.
    static Result<Agenda> of(const Ruleset& ruleset, const AgendaOptions& options);

    /// REQUIRES: `facts` is a case of the ruleset; it or the options give an instant. False, with what is wrong in
    /// `error`, where nothing could be decided for somebody: then the case counts for nobody.
    bool add(const std::string& title, const Case& facts, std::string& error);

    /// All persons of the cases that were added, in order of their ids.
    std::vector<PersonDay> plan();

    Day day() const { return *options_.day; }                  // REQUIRES: a case was added or a day was given
    std::optional<Instant> latest() const { return latest_; }  // of the cases' instants
    bool knows(const std::string& person) const { return people_.contains(person); }
    std::vector<std::string> people() const { return {people_.begin(), people_.end()}; }

  private:
    struct Dated {
        std::string title;
        Case facts;
        Instant at;
    };
    using Lists = std::map<std::string, PersonDay>;

    Agenda(const Ruleset& ruleset, const Decision& decision, const AgendaOptions& options)
        : ruleset_(ruleset), decision_(decision), options_(options) {}

    bool add_lists(const Dated& dated, Day day, Lists& lists, std::string& error) const;
    void hand_over(Lists& lists) const;
    const Lists& lists_of(Day day);
    void plan_moves(PersonDay& person);

    Ruleset ruleset_;
    const Decision& decision_;
    AgendaOptions options_;
    std::vector<Dated> cases_;
    std::set<std::string> people_;
    std::optional<Instant> latest_;
    std::map<Day, Lists> lists_;
};

}  // namespace praxe
