// Cases with the instants at which their decisions are looked at again, in one ordered store.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <praxe/book.hpp>
#include <set>
#include <tuple>
#include <unordered_map>

#include "document/node.hpp"
#include "machine/answers.hpp"
#include "machine/machines.hpp"
#include "plan/fact_parts.hpp"
#include "run/shown.hpp"
#include "run/validity.hpp"

namespace praxe {
namespace {

/// How a decision of a case stands.
struct Standing {
    Instant last = 0;         // decided then, with this outcome, the last time before `until`
    Instant until = never;    // to be looked at again then
    std::uint64_t shown = 0;  // stands for the outcome, so that another is known from it; 0: it is absent
};

std::uint64_t number_of(const std::string& shown) {
    return shown.empty() ? 0 : std::hash<std::string>()(shown);
}

struct Kept {
    std::string json;  // empty where the host keeps the facts
    std::vector<Standing> standings;
    std::vector<std::string> outcomes;  // what is shown of each, where outcomes are kept
};
using Cases = std::unordered_map<std::string, Kept>;
using Entry = Cases::value_type;

/// A wake-up; entries of the cases stay where they are while others come and go.
struct Waking {
    Instant at;
    Entry* entry;
    std::size_t decision;
    bool operator<(const Waking& other) const {
        return std::tie(at, entry->first, decision) < std::tie(other.at, other.entry->first, other.decision);
    }
};

Diagnostics refusal(std::string message, std::string hint = {}) {
    Diagnostics diagnostics;
    diagnostics.error({}, std::move(message), std::move(hint));
    return diagnostics;
}

Diagnostics other_ruleset() {
    return refusal("the case was read for another ruleset than this one");
}

}  // namespace

struct Book::State {
    Ruleset ruleset;
    BookOptions options;
    FactsOf facts_of;
    Instant now;
    std::vector<const Decision*> decisions;
    FactParts parts;
    std::vector<PartSet> parts_of;  // that each decision reads
    Cases cases = {};
    std::set<Waking> wakings = {};
    mutable Machines::Lent machine = {};  // at work on one case after another

    const Model& model() const { return ruleset.model(); }

    // ------------------------------------------------------------------------------------------ deciding

    /// An outcome as the book counts it: absent where the facts cannot answer a question that was not asked by name.
    Value counted(const Value& outcome) const {
        const bool unanswered = outcome.is_error() && outcome.as_error().code == Error::Code::missing_fact;
        return unanswered && options.decisions.empty() ? Value() : outcome;
    }

    std::string shown(const Held& held) const { return shown_bytes(model(), counted(held.outcome)); }

    DecideOptions options_at(Instant at) const {
        return {.at = at,
                .texts = options.texts,
                .max_evaluations = options.max_evaluations,
                .horizon = options.horizon,
                .limits = options.limits};
    }

    /// A decision made, as it stands from now on; with its answer where its outcome is another than before.
    struct Made {
        Standing standing;
        std::string shown;
        std::optional<Answer> changed;
    };

    /// `before` stands for the outcome before.
    Made make(const Decision& decision, const Case& facts, Instant at, std::uint64_t before) const {
        const auto record = ruleset.facts(facts);
        if (!options.texts) {
            if (auto made = make_by_machine(decision, record, at, before)) return *std::move(made);
        }
        const Decided decided(model(), decision, record, at, {.limits = options.limits, .texts = options.texts});
        const Held& held = decided.held();
        Made made{{at, held.horizon, 0}, shown(held), {}};
        made.standing.shown = number_of(made.shown);
        const bool changed = made.standing.shown != before;
        std::optional<Validity> validity;
        if (options.lookahead == Lookahead::always || (changed && options.lookahead == Lookahead::of_changes)) {
            Searched found = search_validity(model(), decision, record, at, held, search_of(options_at(at), at));
            if (options.lookahead == Lookahead::always) {
                made.standing.until = found.validity.until.value_or(never);
                made.standing.last = found.last;
            }
            validity = std::move(found.validity);
        }
        if (!changed) return made;
        made.changed = answer(decision, facts, decided);
        if (!held.outcome.is_error()) made.changed->valid_until = std::move(validity);
        return made;
    }

    std::size_t place_of(const Decision& decision) const {
        const auto& all = model().decisions;
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const auto& known) { return known.get() == &decision; });
        return static_cast<std::size_t>(found - all.begin());
    }

    /// The same by the machine; nothing where the reference is to be asked.
    std::optional<Made> make_by_machine(const Decision& decision, const std::shared_ptr<const Record>& record,
                                        Instant at, std::uint64_t before) const {
        if (!machine) machine = model().machines->lend();
        if (machine->facts() != record) machine->begin_case(record, options.limits);
        Judged judged(*machine, place_of(decision), at);
        const bool unanswered = judged.how() == Judged::How::lacking && options.decisions.empty();
        if (unanswered && before == 0 && options.lookahead != Lookahead::always)
            return Made{{at, judged.horizon(), 0}, {}, {}};  // absent, as it was
        if (judged.how() != Judged::How::made) return std::nullopt;
        const Value outcome = judged.outcome();
        Made made{{at, judged.horizon(), 0}, shown_bytes(model(), outcome), {}};
        made.standing.shown = number_of(made.shown);
        const bool changed = made.standing.shown != before;
        std::vector<Because> because;
        if (changed) because = judged.because();
        std::optional<Validity> validity;
        if (options.lookahead == Lookahead::always || (changed && options.lookahead == Lookahead::of_changes)) {
            auto found = judged.search(options_at(at));
            if (!found) return std::nullopt;
            if (options.lookahead == Lookahead::always) {
                made.standing.until = found->whole.until.value_or(never);
                made.standing.last = found->last;
            }
            validity = validity_of(found->whole);
        }
        if (!changed) return made;
        Answer& answer = made.changed.emplace();
        answer.decision = decision.name;
        answer.outcome = outcome.owned();
        answer.because = std::move(because);
        answer.valid_until = std::move(validity);
        answer.made_by = ruleset.shared_model();
        return made;
    }

    /// An error with the place of the fact that it is about, where that was read from a text.
    static Value placed(Value outcome, const Case& facts) {
        if (!outcome.is_error() || outcome.as_error().path.empty()) return outcome;
        Error error = outcome.as_error();
        error.fact_place = facts.place_of(error.path);
        return Value::error(std::move(error));
    }

    Answer answer(const Decision& decision, const Case& facts, const Decided& decided) const {
        Answer answer;
        answer.decision = decision.name;
        answer.outcome = placed(counted(decided.held().outcome).owned(), facts);
        answer.because = decided.because();
        answer.made_by = ruleset.shared_model();
        return answer;
    }

    // ------------------------------------------------------------------------------------------- facts

    Result<Case> read(const std::string& id, std::string json) const {
        return ruleset.read_case(std::make_shared<const Source>(id, std::move(json)), true);
    }
    Result<Case> facts(const Entry& entry) const {
        if (!facts_of) return read(entry.first, entry.second.json);
        Result<Case> given = facts_of(entry.first);
        if (given && !ruleset.takes(*given)) return other_ruleset();
        return given;
    }

    // ------------------------------------------------------------------------------------------- putting

    Result<std::vector<Change>> put_by_host(const std::string& id, const Case& facts, std::optional<Case> before) {
        if (!facts_of) return refusal("this book keeps the facts of its cases as text", "put JSON text");
        if (!ruleset.takes(facts) || (before && !ruleset.takes(*before))) return other_ruleset();
        return put(id, facts, {}, std::move(before));
    }

    /// The facts before, where they are known: what reads nothing of what differs is left alone.
    std::vector<Change> put(const std::string& id, const Case& facts, std::string_view json,
                            std::optional<Case> before) {
        const auto known = cases.find(id);
        const bool is_new = known == cases.end();
        const PartSet differing = is_new || !before ? PartSet(parts.size(), true) : this->differing(*before, facts);
        Kept next{std::string(json), {}, std::vector<std::string>(options.keep_outcomes ? decisions.size() : 0)};
        next.standings.reserve(decisions.size());
        std::vector<Change> changes;
        for (std::size_t i = 0; i < decisions.size(); ++i) {
            const Standing stood = is_new ? Standing() : known->second.standings[i];
            if (!is_new && stood.until > now && !overlap(parts_of[i], differing)) {
                next.standings.push_back(stood);
                if (options.keep_outcomes) next.outcomes[i] = std::move(known->second.outcomes[i]);
                continue;
            }
            Made made = make(*decisions[i], facts, now, stood.shown);
            next.standings.push_back(made.standing);
            if (options.keep_outcomes) next.outcomes[i] = std::move(made.shown);
            if (!made.changed) continue;
            Change& change = changes.emplace_back();
            change.at = now;
            change.case_id = id;
            change.now = *std::move(made.changed);
            if (is_new) continue;
            change.before = kept_outcome(known->second, i);
            if (!change.before.is_error()) continue;
            if (!before) {
                if (auto as_they_were = this->facts(*known)) before = *std::move(as_they_were);
            }
            change.before = before ? this->before(*decisions[i], *before, stood, never).outcome : Value();
        }
        keep(id, std::move(next));
        return changes;
    }

    /// A host's objects are read as they are now, and what is assumed of them is looked at on the way: all may differ.
    PartSet differing(const Case& before, const Case& after) const {
        const auto earlier = ruleset.facts(before);
        const auto later = ruleset.facts(after);
        const bool as_read = earlier->reader == nullptr && later->reader == nullptr;
        return as_read ? parts.differing(*earlier, *later) : PartSet(parts.size(), true);
    }

    /// An error where it is not kept, or is one: then it is to be made again.
    Value kept_outcome(const Kept& kept, std::size_t decision) const {
        return options.keep_outcomes ? outcome_of_bytes(kept.outcomes[decision])
                                     : Value::error(Error::Code::other, "not kept");
    }

    /// What stood before, with what ended it at an instant; absent if the facts say otherwise by now.
    struct Stood {
        Value outcome;
        std::optional<Flip> ended;
    };
    Stood before(const Decision& decision, const Case& facts, const Standing& standing, Instant ends) const {
        const Decided decided(model(), decision, ruleset.facts(facts), standing.last,
                              {.limits = options.limits, .watch_for = ends});
        const Held& held = decided.held();
        if (number_of(shown(held)) != standing.shown) return {};
        Stood stood{counted(held.outcome).owned(), {}};
        if (ends != never && held.horizon == ends) stood.ended = decided.flip();
        return stood;
    }

    void keep(const std::string& id, Kept next) {
        Entry& entry = *cases.try_emplace(id).first;
        unschedule(entry);
        entry.second = std::move(next);
        for (std::size_t i = 0; i < decisions.size(); ++i) schedule(entry, i);
    }
    void schedule(Entry& entry, std::size_t decision) {
        const Instant until = entry.second.standings[decision].until;
        if (until != never) wakings.insert({until, &entry, decision});
    }
    void unschedule(Entry& entry) {
        for (std::size_t i = 0; i < entry.second.standings.size(); ++i)
            wakings.erase({entry.second.standings[i].until, &entry, i});
    }

    // ------------------------------------------------------------------------------------------- waking

    /// The facts of the case that was woken last: several of its decisions may be due together.
    struct Awake {
        const Entry* entry = nullptr;
        Instant at = 0;
        std::optional<Result<Case>> facts;
    };

    std::optional<Change> wake(const Waking& waking, Awake& awake) const {
        const auto& [at, entry, index] = waking;
        if (awake.entry != entry || awake.at != at) awake = {entry, at, facts(*entry)};
        Standing& standing = entry->second.standings[index];
        const Decision& decision = *decisions[index];
        Change change;
        change.at = at;
        change.case_id = entry->first;
        if (!*awake.facts) {
            const std::string why = awake.facts->diagnostics().sorted().front().message;
            change.now.decision = decision.name;
            change.now.made_by = ruleset.shared_model();
            change.now.outcome = Value::error(Error::Code::other,
                                              fmt::format("the facts of \"{}\" cannot be read: {}", entry->first, why));
            std::string shown = shown_bytes(model(), change.now.outcome);
            standing = {at, never, number_of(shown)};
            if (options.keep_outcomes) entry->second.outcomes[index] = std::move(shown);
            return change;
        }
        const Case& facts = **awake.facts;
        const Standing earlier = standing;
        Made made = make(decision, facts, at, earlier.shown);
        standing = made.standing;
        if (!made.changed) return std::nullopt;
        change.now = *std::move(made.changed);
        change.before = kept_outcome(entry->second, index);
        if (options.keep_outcomes) entry->second.outcomes[index] = std::move(made.shown);
        if (!options.explain && !change.before.is_error()) return change;
        Stood stood = before(decision, facts, earlier, at);
        if (change.before.is_error()) change.before = std::move(stood.outcome);
        change.because = std::move(stood.ended);
        return change;
    }

    std::vector<Change> due(Instant until, std::size_t at_most) {
        std::vector<Change> changes;
        Awake awake;
        while (!wakings.empty() && wakings.begin()->at <= until && changes.size() < at_most) {
            const Waking waking = *wakings.begin();
            wakings.erase(wakings.begin());
            now = std::max(now, waking.at);
            if (auto change = wake(waking, awake)) changes.push_back(*std::move(change));
            schedule(*waking.entry, waking.decision);
        }
        if (wakings.empty() || wakings.begin()->at > until) now = std::max(now, until);
        return changes;
    }
};

Book::Book(std::unique_ptr<State> state) : state_(std::move(state)) {}
Book::Book(Book&&) noexcept = default;
Book& Book::operator=(Book&&) noexcept = default;
Book::~Book() = default;

Result<Book> Book::open(Ruleset ruleset, std::int64_t now, BookOptions options) {
    return open(std::move(ruleset), now, nullptr, std::move(options));
}

Result<Book> Book::open(Ruleset ruleset, std::int64_t now, FactsOf facts_of, BookOptions options) {
    Diagnostics diagnostics;
    const std::vector<std::string> known = ruleset.decisions();
    for (const std::string& name : options.decisions) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        const std::string near = nearest(name, known);
        diagnostics.error({}, fmt::format("the ruleset \"{}\" has no decision \"{}\"", ruleset.name(), name),
                          near.empty() ? fmt::format("known are: {}", fmt::join(known, ", "))
                                       : fmt::format("did you mean \"{}\"?", near));
    }
    if (!diagnostics.empty()) return diagnostics;
    const FactParts parts(ruleset.model().schema->facts);
    auto state =
        std::make_unique<State>(State{std::move(ruleset), std::move(options), std::move(facts_of), now, {}, parts, {}});
    const auto& asked = state->options.decisions;
    const std::vector<PartSet> read = parts_read(state->model(), parts);
    for (std::size_t i = 0; i < read.size(); ++i) {
        const Decision& decision = *state->model().decisions[i];
        const bool wanted = asked.empty() ? !decision.asks.empty() && !decision.has_arguments()
                                          : std::find(asked.begin(), asked.end(), decision.name) != asked.end();
        if (!wanted) continue;
        state->decisions.push_back(&decision);
        state->parts_of.push_back(read[i]);
    }
    return Book(std::move(state));
}

Result<std::vector<Change>> Book::put(const std::string& case_id, std::string_view json) {
    if (state_->facts_of) return refusal("the host of this book keeps the facts", "put a case that was read");
    const auto facts = state_->read(case_id, std::string(json));
    if (!facts) return facts.diagnostics();
    const auto known = state_->cases.find(case_id);
    if (known == state_->cases.end()) return state_->put(case_id, *facts, json, {});
    return state_->put(case_id, *facts, json, *state_->facts(*known));
}

Result<std::vector<Change>> Book::put(const std::string& case_id, const Case& facts) {
    return state_->put_by_host(case_id, facts, {});
}

Result<std::vector<Change>> Book::put(const std::string& case_id, const Case& facts, const Case& before) {
    return state_->put_by_host(case_id, facts, before);
}

bool Book::remove(const std::string& case_id) {
    const auto found = state_->cases.find(case_id);
    if (found == state_->cases.end()) return false;
    state_->unschedule(*found);
    state_->cases.erase(found);
    return true;
}

std::optional<Wakeup> Book::next_wakeup() const {
    std::vector<Wakeup> first = wakeups(1);
    return first.empty() ? std::nullopt : std::optional(std::move(first.front()));
}

std::vector<Wakeup> Book::wakeups(std::size_t at_most) const {
    std::vector<Wakeup> out;
    for (const Waking& waking : state_->wakings) {
        if (out.size() == at_most) break;
        out.push_back({waking.at, waking.entry->first, state_->decisions[waking.decision]->name});
    }
    return out;
}

std::vector<Change> Book::due(std::int64_t until, std::size_t at_most) {
    return state_->due(until, at_most);
}

std::int64_t Book::now() const {
    return state_->now;
}

std::size_t Book::size() const {
    return state_->cases.size();
}

bool Book::contains(const std::string& case_id) const {
    return state_->cases.contains(case_id);
}

const Ruleset& Book::ruleset() const {
    return state_->ruleset;
}

}  // namespace praxe
