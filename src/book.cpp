// Cases with the instants at which their decisions are looked at again, in one ordered store.
#include <fmt/format.h>

#include <algorithm>
#include <praxe/book.hpp>
#include <set>
#include <tuple>
#include <unordered_map>

#include "document/node.hpp"
#include "run/answer_json.hpp"
#include "run/validity.hpp"

namespace praxe {
namespace {

/// How a decision of a case stands.
struct Standing {
    Instant since = 0;        // decided then, with this outcome
    Instant until = never;    // to be looked at again then
    std::uint64_t shown = 0;  // stands for the outcome, so that another is known from it
};

struct Kept {
    std::string json;  // empty where the host keeps the facts
    std::vector<Standing> standings;
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

/// An outcome with until when it is to be believed.
struct Settled {
    Value outcome;
    Validity validity;
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
    Cases cases = {};
    std::set<Waking> wakings = {};

    const Model& model() const { return ruleset.model(); }

    // ------------------------------------------------------------------------------------------ deciding

    /// An outcome as the book counts it: absent where the facts cannot answer a question that was not asked by name.
    Value counted(const Value& outcome) const {
        const bool unanswered = outcome.is_error() && outcome.as_error().code == Error::Code::missing_fact;
        return unanswered && options.decisions.empty() ? Value() : outcome;
    }

    std::uint64_t shown(const Value& outcome) const {
        if (outcome.is_absent()) return 0;
        if (outcome.is_error()) return std::hash<std::string>()(outcome.as_error().message + outcome.as_error().path);
        Answer answer;
        answer.outcome = outcome;
        return std::hash<std::string>()(answer_json(model(), answer));
    }

    Settled settle(const Decision& decision, const Case& facts, Instant at, bool explain) const {
        const auto record = ruleset.facts(facts);
        const DecideOptions how{.explain = explain,
                                .max_evaluations = options.max_evaluations,
                                .horizon = options.horizon,
                                .limits = options.limits};
        const Held held = decide_at(model(), decision, record, at, how.limits);
        return {counted(held.outcome), validity(model(), decision, record, at, held, search_of(how, at))};
    }

    Answer answer(const Decision& decision, const Case& facts, Instant at, const Settled& settled) const {
        const DecideOptions how{.decisions = {decision.name},
                                .at = at,
                                .valid_until = false,
                                .texts = options.texts,
                                .limits = options.limits};
        Answer answer = std::move(ruleset.decide(facts, how).front());
        if (settled.outcome.is_absent()) answer.outcome = Value();
        if (!answer.outcome.is_error()) answer.valid_until = settled.validity;
        return answer;
    }

    Standing standing(const Settled& settled, Instant at) const {
        return {at, settled.validity.until.value_or(never), shown(settled.outcome)};
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

    std::vector<Change> put(const std::string& id, const Case& facts, std::string_view json) {
        Kept next{std::string(json), {}};
        next.standings.reserve(decisions.size());
        std::vector<Change> changes;
        const auto known = cases.find(id);
        std::optional<Case> earlier;  // its facts, read when they are first needed
        for (std::size_t i = 0; i < decisions.size(); ++i) {
            const Settled settled = settle(*decisions[i], facts, now, false);
            next.standings.push_back(standing(settled, now));
            const bool same = known == cases.end() ? settled.outcome.is_absent()
                                                   : known->second.standings[i].shown == next.standings[i].shown;
            if (same) continue;
            Change& change = changes.emplace_back();
            change.at = now;
            change.case_id = id;
            change.now = answer(*decisions[i], facts, now, settled);
            if (known == cases.end()) continue;
            if (!earlier) {
                if (auto as_they_were = this->facts(*known)) earlier = *std::move(as_they_were);
            }
            if (earlier) change.before = before(*decisions[i], *earlier, known->second.standings[i]).outcome;
        }
        keep(id, std::move(next));
        return changes;
    }

    /// What stood since the decision was last made, with what ended it; absent if the facts say otherwise by now.
    Settled before(const Decision& decision, const Case& facts, const Standing& standing) const {
        Settled settled = settle(decision, facts, standing.since, true);
        return shown(settled.outcome) == standing.shown ? settled : Settled{};
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
            standing = {at, never, shown(change.now.outcome)};
            return change;
        }
        const Case& facts = **awake.facts;
        const Settled settled = settle(decision, facts, at, false);
        const Standing then = this->standing(settled, at);
        const Standing earlier = std::exchange(standing, then);
        if (then.shown == earlier.shown) return std::nullopt;
        change.now = answer(decision, facts, at, settled);
        Settled stood = before(decision, facts, earlier);
        change.before = std::move(stood.outcome);
        if (stood.validity.until == at) change.because = std::move(stood.validity.because);
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
    auto state = std::make_unique<State>(State{std::move(ruleset), std::move(options), std::move(facts_of), now, {}});
    const auto& asked = state->options.decisions;
    for (const auto& decision : state->model().decisions) {
        const bool wanted = asked.empty() ? !decision->asks.empty() && !decision->has_arguments()
                                          : std::find(asked.begin(), asked.end(), decision->name) != asked.end();
        if (wanted) state->decisions.push_back(decision.get());
    }
    return Book(std::move(state));
}

Result<std::vector<Change>> Book::put(const std::string& case_id, std::string_view json) {
    if (state_->facts_of) return refusal("the host of this book keeps the facts", "put a case that was read");
    const auto facts = state_->read(case_id, std::string(json));
    if (!facts) return facts.diagnostics();
    return state_->put(case_id, *facts, json);
}

Result<std::vector<Change>> Book::put(const std::string& case_id, const Case& facts) {
    if (!state_->facts_of) return refusal("this book keeps the facts of its cases as text", "put JSON text");
    if (!state_->ruleset.takes(facts)) return other_ruleset();
    return state_->put(case_id, facts, {});
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
