// A client's timeline: how the answers about one case change as time passes, and what was recorded when.
//
// Past instants are decided over the same facts: what is dated is there from its instant on, what is not dated (a
// client's status, a quote's being sent) reads as it stands in the case.
#pragma once

#include <optional>
#include <praxe/ruleset.hpp>
#include <string>
#include <vector>

#include "value/calendar.hpp"

namespace praxe {

/// An answer, or the state of one item of it, from `from` until just before `until`.
struct Stretch {
    Instant from, until;
    std::string gist;                // what fits on a bar; the same text, the same look
    std::string words;               // in full, but for counts: they would cut a stretch into days
    std::vector<std::string> cites;  // the clauses it rests on
    bool failed = false;             // the decision could not be made: `words` say why
};

/// One question, or one item of its answer, along time. Stretches do not overlap, and neighbours differ.
struct Lane {
    std::string question;  // as it is asked
    std::string item;      // the item's key, where the lane is of one item
    std::vector<Stretch> stretches;
};

/// Something that is recorded at an instant, or planned for it.
struct Mark {
    Instant at;
    std::string label;  // `a1 renewed at`
    std::string path;   // `client.appointments[0].renewed_at`
};

struct Timeline {
    std::string title;
    Instant from, until;
    Instant now;  // the instant of the case
    std::vector<Lane> lanes;
    std::vector<Mark> marks;  // in order of time
};

struct TimelineOptions {
    std::string title;
    std::string language = "en";         // or `pt`
    std::vector<std::string> decisions;  // empty: all questions
    std::optional<Instant> from, until;  // else what the case's facts and the changes of its answers ask for
};

/// The longest time that is shown before and after the instant of the case unless it is asked for, in microseconds.
inline constexpr Instant shown_before = 60LL * 24 * 3600 * 1'000'000;
inline constexpr Instant shown_ahead = 30LL * 24 * 3600 * 1'000'000;
/// A question is decided at no more instants than this; what comes after them is left out.
inline constexpr std::size_t most_stretches = 2'000;

/// REQUIRES: the case is the ruleset's and says its instant; from < until where both are given.
Timeline timeline_of(const Ruleset& ruleset, const Case& facts, const TimelineOptions& options);

/// The facts of a case that are dated, but those of the lists that others refer to (`staff`).
std::vector<Mark> marks_of(const Ruleset& ruleset, const Case& facts, const std::string& language);

/// A picture without scripts, for light and dark pages, with its title and description for those who cannot see it.
std::string timeline_svg(const Timeline& timeline, const Ruleset& ruleset, const std::string& language);

}  // namespace praxe
