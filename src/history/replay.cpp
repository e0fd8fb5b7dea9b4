// Events in order, facts after each, and a book that decides them as time goes on; one book for each ruleset in turn.
#include <fmt/format.h>

#include <algorithm>
#include <praxe/history.hpp>

#include "document/rules.hpp"
#include "facts/facts_text.hpp"
#include "facts/packed_record.hpp"
#include "history/arrivals.hpp"
#include "history/cases.hpp"
#include "history/rulesets_in_time.hpp"
#include "located_case.hpp"
#include "run/answer_json.hpp"

namespace praxe {
namespace {

constexpr std::size_t changes_at_once = 1'000;  // of those that time brings about

/// The file of events: the one that the call names, or `events.yaml` beside the vocabulary.
SourcePtr events_file(const Ruleset& ruleset, const ReplayOptions& options, const Ruleset::FileReader& read_file,
                      Diagnostics& diagnostics) {
    const Place vocabulary = ruleset.model().schema->facts.place;
    const std::string path = options.events.empty() ? beside(vocabulary.source->name(), "events.yaml") : options.events;
    std::string message;
    SourcePtr source = read_file(path, message);
    if (source == nullptr)
        diagnostics.error({}, fmt::format("cannot read \"{}\": {}", path, message),
                          "it says which events there are, and what each does to the facts");
    return source;
}

}  // namespace

struct Replay::State {
    using RecordPtr = std::shared_ptr<const Record>;

    ReplayOptions options;
    RulesetsInTime rulesets;
    EventTypes types;
    Arrivals arrivals;
    RecentIds ids;
    Cases cases;
    ReplayCounts counts = {};
    std::optional<Instant> now = {};
    bool ended = false;
    std::size_t in_force = 0;
    RecordPtr shared = {};  // of the types of the ruleset in force
    std::optional<Book> book = {};

    State(ReplayOptions chosen, RulesetsInTime by_date, EventTypes event_types)
        : options(std::move(chosen)),
          rulesets(std::move(by_date)),
          types(std::move(event_types)),
          arrivals(options.window, options.max_waiting),
          ids(options.remembered_ids),
          cases(types, base()) {}

    /// Events are read, and facts kept, by the types of the first ruleset; the others have the same.
    const Model& base() const { return rulesets[0].model(); }
    const Ruleset& ruleset() const { return rulesets[in_force]; }

    Case case_with(const std::string& own, const RecordPtr& with) const {
        return case_of(ruleset(), Cases::joined(own, with, types, ruleset().model()));
    }
    RecordPtr shared_facts(const std::string& packed) const {
        return unpack(packed, ruleset().model().schema->facts, *ruleset().model().schema, {});
    }

    // ------------------------------------------------------------------------------------------- telling

    void tell(Change change, Cause cause, const std::shared_ptr<const Model>& before_by, const Sink& sink) {
        ++counts.changes;
        sink.changed({std::move(change), std::move(cause), before_by});
    }
    void tell(std::vector<Change> changes, const Cause& cause, const Sink& sink) {
        for (Change& change : changes) tell(std::move(change), cause, ruleset().shared_model(), sink);
    }

    // -------------------------------------------------------------------------------------------- events

    void read(const SourcePtr& line, const Sink& sink) {
        Diagnostics diagnostics;
        auto event = read_event(line, types, *base().schema, diagnostics);
        if (!event) return refuse(diagnostics, sink);
        if (ended) return;
        ++counts.events;
        arrivals.saw(event->at);
        const bool in_time = !options.last || event->at <= *options.last;
        if (in_time && !event->id.empty() && !ids.remember(event->id)) {
            ++counts.duplicates;
        } else if (in_time) {
            arrivals.add(*std::move(event));
        }
        settle(arrivals.settled_until(), sink);
    }

    void refuse(const Diagnostics& diagnostics, const Sink& sink) {
        ++counts.refused;
        sink.refused(diagnostics);
    }

    /// Applies what came until then, and lets time go on to it.
    void settle(Instant until, const Sink& sink) {
        if (options.last && until > *options.last) {
            ended = true;
            until = *options.last;
        }
        while (auto event = arrivals.take(until)) apply(*event, sink);
        go_on(until, sink);
    }

    void apply(const Event& event, const Sink& sink) {
        Cause cause{Cause::Kind::event, event.id, event.type->name, 0, {}, now && event.at < *now};
        cause.line = event.place.source->position(event.place.span.begin).line;
        if (cause.late) ++counts.late;
        go_on(event.at, sink);
        Diagnostics diagnostics;
        auto facts = cases.after(event, diagnostics);
        if (!facts) {
            ids.forget(event.id);
            return refuse(diagnostics, sink);
        }
        event.type->shared ? put_shared(*std::move(facts), cause, sink)
                           : put(event.subject, *std::move(facts), cause, sink);
    }

    void put(const std::string& id, std::string facts, const Cause& cause, const Sink& sink) {
        if (options.decide) tell(decided(id, case_with(facts, shared), shared), cause, sink);
        cases.keep(id, std::move(facts));
    }

    void put_shared(std::string facts, const Cause& cause, const Sink& sink) {
        const RecordPtr after = shared_facts(facts);
        if (options.decide) {
            for (const auto& [id, own] : cases.own()) tell(decided(id, case_with(own, after), shared), cause, sink);
        }
        cases.keep_shared(std::move(facts));
        shared = after;
    }

    /// The facts before must still be kept, with what they shared then.
    std::vector<Change> decided(const std::string& id, const Case& facts, const RecordPtr& shared_before) {
        auto changes = book->contains(id) ? book->put(id, facts, case_with(cases.own().at(id), shared_before))
                                          : book->put(id, facts);
        return changes ? *std::move(changes) : std::vector<Change>();
    }

    // ---------------------------------------------------------------------------------------------- time

    /// Time does not go back.
    void go_on(Instant until, const Sink& sink) {
        if (!now) begin(until);
        while (const auto next = rulesets.next_after(*now)) {
            if (*next > until) break;
            pass(*next - 1, sink);
            change_ruleset(*next, sink);
        }
        pass(until, sink);
    }

    void begin(Instant at) {
        now = at;
        in_force = rulesets.in_force(at);
        shared = shared_facts(cases.shared());
        open_book();
    }

    void open_book() {
        if (!options.decide) return;
        const auto facts_of = [this](const std::string& id) -> Result<Case> {
            return case_with(cases.own().find(id)->second, shared);
        };
        book = *Book::open(ruleset(), *now, facts_of,
                           {.decisions = options.decisions,
                            .texts = options.texts,
                            .lookahead = options.valid_until ? Lookahead::of_changes : Lookahead::never,
                            .explain = options.explain,
                            .keep_outcomes = true});
    }

    void pass(Instant until, const Sink& sink) {
        if (until < *now) return;
        while (book && book->now() < until) tell(book->due(until, changes_at_once), Cause{}, sink);
        now = until;
    }

    void change_ruleset(Instant at, const Sink& sink) {
        const Ruleset before = ruleset();
        const RecordPtr shared_before = shared;
        now = at;
        in_force = rulesets.in_force(at);
        shared = shared_facts(cases.shared());
        open_book();
        Cause cause{Cause::Kind::ruleset, {}, {}, 0, ruleset().name(), false};
        for (const auto& [id, own] : cases.own()) {
            if (!options.decide) continue;
            const Case facts = case_of(before, Cases::joined(own, shared_before, types, before.model()));
            std::map<std::string, Value> stood = outcomes(before, facts, at - 1);
            for (Change& change : decided(id, case_with(own, shared), shared)) {
                change.before = std::exchange(stood[change.now.decision], Value());
                if (shown(before.model(), change.before) != shown(ruleset().model(), change.now.outcome))
                    tell(std::move(change), cause, before.shared_model(), sink);
            }
            for (auto& [decision, outcome] : stood) {
                if (outcome.is_absent()) continue;
                Answer none;
                none.decision = decision;
                none.made_by = ruleset().shared_model();
                tell({at, id, std::move(outcome), std::move(none), {}}, cause, before.shared_model(), sink);
            }
        }
    }

    /// Outcomes as a book counts them.
    std::map<std::string, Value> outcomes(const Ruleset& by, const Case& facts, Instant at) const {
        std::map<std::string, Value> outcomes;
        const DecideOptions how{.decisions = options.decisions, .at = at, .valid_until = false};
        for (Answer& answer : by.decide(facts, how)) {
            const bool unanswered = options.decisions.empty() && answer.outcome.is_error() &&
                                    answer.outcome.as_error().code == Error::Code::missing_fact;
            if (!unanswered) outcomes.emplace(answer.decision, std::move(answer.outcome));
        }
        return outcomes;
    }

    static std::string shown(const Model& model, const Value& outcome) {
        return outcome.is_absent() ? "null" : outcome_json(model, outcome);
    }

    static std::string cause_json(const Cause& cause) {
        switch (cause.kind) {
            case Cause::Kind::time:
                return R"("time")";
            case Cause::Kind::ruleset:
                return fmt::format(R"({{"ruleset":{}}})", json_text(cause.ruleset));
            case Cause::Kind::event:
                break;
        }
        const std::string which = cause.id.empty() ? fmt::format(R"("line":{})", cause.line)
                                                   : fmt::format(R"("event":{})", json_text(cause.id));
        return fmt::format(R"({{{},"type":{}}})", which, json_text(cause.type));
    }
};

Replay::Replay(std::unique_ptr<State> state) : state_(std::move(state)) {}
Replay::Replay(Replay&&) noexcept = default;
Replay& Replay::operator=(Replay&&) noexcept = default;
Replay::~Replay() = default;

Result<Replay> Replay::open(std::vector<Ruleset> rulesets, ReplayOptions options,
                            const Ruleset::FileReader& read_file) {
    Diagnostics diagnostics;
    if (rulesets.empty()) diagnostics.error({}, "a replay needs a ruleset");
    const SourcePtr source =
        rulesets.empty() ? nullptr : events_file(rulesets.front(), options, read_file, diagnostics);
    if (source == nullptr) return diagnostics;
    for (const Ruleset& ruleset : rulesets) {
        const auto book = Book::open(ruleset, 0, {.decisions = options.decisions});
        if (!book) return book.diagnostics();
    }
    RulesetsInTime in_time(std::move(rulesets), diagnostics);
    const auto document = read_document(source, diagnostics);
    if (!document) return diagnostics;
    auto types = read_event_types(*document, *in_time[0].model().schema, diagnostics);
    if (!types || !diagnostics.empty()) return diagnostics;
    return Replay(std::make_unique<State>(std::move(options), std::move(in_time), *std::move(types)));
}

void Replay::read(const SourcePtr& event, const Sink& sink) {
    state_->read(event, sink);
}

void Replay::advance(std::int64_t until, const Sink& sink) {
    finish(sink);
    if (state_->now) state_->go_on(until, sink);
}

void Replay::finish(const Sink& sink) {
    if (!state_->arrivals.empty()) state_->settle(state_->arrivals.latest(), sink);
}

std::optional<std::int64_t> Replay::now() const {
    return state_->now;
}

bool Replay::ended() const {
    return state_->ended;
}

std::optional<std::string> Replay::facts(const std::string& of, Notation notation) const {
    const auto own = state_->cases.own().find(of);
    if (own == state_->cases.own().end()) return std::nullopt;
    const Model& model = state_->ruleset().model();
    Record facts = *Cases::joined(own->second, state_->shared, state_->types, model);
    if (const int at = facts.type->find("at"); at >= 0)
        facts.fields[static_cast<std::size_t>(at)] = Value::timestamp(*state_->now);
    return notation == Notation::json ? facts_json(facts, model.zone) : facts_yaml(facts, model.zone);
}

std::vector<std::string> Replay::cases() const {
    std::vector<std::string> ids;
    for (const auto& own : state_->cases.own()) ids.push_back(own.first);
    return ids;
}

ReplayCounts Replay::counts() const {
    ReplayCounts counts = state_->counts;
    counts.cases = state_->cases.own().size();
    return counts;
}

const std::string& Replay::subject() const {
    return state_->types.subject;
}

std::string Replay::title_of(const std::string& type, const std::string& language) const {
    const auto known = state_->types.types.find(type);
    if (known == state_->types.types.end()) return type;
    const auto title = known->second.title.find(language);
    return title == known->second.title.end() ? type : title->second;
}

const Ruleset& Replay::ruleset_in_force() const {
    return state_->ruleset();
}

std::string Replay::to_json(const ReplayedChange& change) const {
    const auto& [decided, cause, before_by] = change;
    const Model& model = *decided.now.made_by;
    return fmt::format(R"({{"at":{},{}:{},"decision":{},"from":{},"to":{},"because":{},"caused_by":{}{}}})",
                       json_text(model.zone.format(decided.at)), json_text(subject()), json_text(decided.case_id),
                       json_text(decided.now.decision), State::shown(*before_by, decided.before),
                       State::shown(model, decided.now.outcome), because_json(model, decided.now),
                       State::cause_json(cause), cause.late ? R"(,"late":true)" : "");
}

}  // namespace praxe
