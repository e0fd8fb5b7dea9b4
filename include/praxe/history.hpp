// A stream of events through time: facts follow from the events, and every change of an answer is told once, with its
// reason and whether an event, time or another ruleset brought it about.
//
//     auto replay = praxe::Replay::open({ruleset});
//     for (each line) replay->read(line, sink);       // tells what changed until then, by time passing too
//     replay->advance(now, sink);
//
// What an event does to facts is said in a file, `events.yaml` beside the vocabulary (docs/guide.md).
// Time goes on to each event's instant; what changes by time then is told first, then what the event changes.
//
// Memory: of each case its facts and its outcomes in packed forms, and what a Book keeps (praxe/book.hpp); the events
// that wait in the window; the ids remembered. Facts grow with the events that add to them, as far as `keep:` in the
// file of events, or else the vocabulary's `max_items`, lets them.
// Cost: an event of one case makes those decisions of that case again that read what the event changed, once each; one
// of all cases those of all of them. As time goes on a decision is made again when a comparison that it made turns
// over. Thread safety: a Replay is for one thread at a time. Errors: an event that is wrong, or does not go with the
// facts, is told to the sink and changes nothing. Units: instants are microseconds since 1970-01-01T00:00:00Z, spans
// are microseconds.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <praxe/book.hpp>
#include <praxe/diagnostics.hpp>
#include <praxe/export.hpp>
#include <praxe/result.hpp>
#include <praxe/ruleset.hpp>
#include <string>
#include <vector>

namespace praxe {

struct ReplayOptions {
    /// The file of events, instead of `events.yaml` beside the vocabulary.
    std::string events = {};
    /// Decisions by name; empty: all questions that a case's facts can answer.
    std::vector<std::string> decisions = {};
    bool decide = true;        // false: nothing but facts
    bool texts = false;        // in the reasons of changes
    bool valid_until = false;  // in the answers of changes
    bool explain = false;      // of changes that time brings about, what turned over
    /// Events wait so long, by the instants of those that follow, for earlier ones that come after them.
    std::int64_t window = 0;
    std::size_t max_waiting = 1'000'000;   // events; beyond that the earliest waits no longer
    std::size_t remembered_ids = 100'000;  // the latest; an event whose id is among them is dropped
    /// The stream ends here: later events are left out, and all that comes once time would have passed it.
    std::optional<std::int64_t> last = {};
};

/// What brought a change about.
struct Cause {
    enum class Kind { event, time, ruleset };
    Kind kind = Kind::time;
    std::string id;          // of the event, if it has one
    std::string type;        // of the event
    std::uint32_t line = 0;  // of the event, in its source
    std::string ruleset;     // the name of the one that came into force
    bool late = false;       // the event is of an earlier instant, which had passed when it came
};

struct ReplayedChange {
    Change change;
    Cause cause;
    std::shared_ptr<const Model> made_before_by;  // what the types of the outcome before belong to
};

struct ReplayCounts {
    std::uint64_t events = 0;  // that were read and are well formed
    std::uint64_t duplicates = 0, late = 0, refused = 0, changes = 0;
    std::size_t cases = 0;
};

class PRAXE_API Replay {
  public:
    struct Sink {
        std::function<void(const ReplayedChange&)> changed;
        std::function<void(const Diagnostics&)> refused;
    };
    enum class Notation { json, yaml };

    /// Several rulesets follow one another by their `effective` dates, each in force until its own end or the next
    /// one's beginning; they share one vocabulary.
    static Result<Replay> open(std::vector<Ruleset> rulesets, ReplayOptions options = {},
                               const Ruleset::FileReader& read_file = Ruleset::read_file);

    Replay(Replay&&) noexcept;
    Replay& operator=(Replay&&) noexcept;
    ~Replay();

    /// One event, as JSON.
    void read(const SourcePtr& event, const Sink& sink);
    /// What waits in the window waits no longer; then time goes on until there. It does not go back.
    void advance(std::int64_t until, const Sink& sink);
    /// What waits in the window waits no longer.
    void finish(const Sink& sink);

    /// The instant that time has come to; nothing before the first event.
    std::optional<std::int64_t> now() const;
    /// True once time would have passed `last`.
    bool ended() const;
    /// The facts of a case as `praxe decide` reads them, as of now; nothing if no event was of it.
    std::optional<std::string> facts(const std::string& of, Notation notation) const;
    /// All cases, by id.
    std::vector<std::string> cases() const;
    ReplayCounts counts() const;
    /// The field by which an event names its case (`client`).
    const std::string& subject() const;
    /// What a type of event is called, in a language; its name where it has no title.
    std::string title_of(const std::string& type, const std::string& language) const;
    const Ruleset& ruleset_in_force() const;

    /// One line, as docs/guide.md describes it.
    std::string to_json(const ReplayedChange& change) const;

  private:
    struct State;
    explicit Replay(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace praxe
