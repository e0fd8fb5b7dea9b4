// A machine that one host keeps to itself; what it refuses, the reference is asked for.
#include <fmt/format.h>

#include <praxe/session.hpp>

#include "check/model.hpp"
#include "check/wording.hpp"
#include "facts/host_memory.hpp"
#include "facts/host_reader.hpp"
#include "facts/host_value.hpp"
#include "located_case.hpp"
#include "machine/answers.hpp"
#include "machine/machines.hpp"
#include "program/host_cells.hpp"

namespace praxe {

/// One decision's answer to the case at hand, as far as it was asked for.
struct SessionAnswer {
    SessionState* session = nullptr;
    std::size_t decision = 0;
    std::uint64_t of_case = 0;  // the last for which it was asked

    std::optional<Judged> judged;      // by the machine
    std::optional<Answer> told;        // by the reference, where the machine has none
    std::optional<Answer> told_until;  // the same with `valid_until`
    std::optional<std::span<const ReasonView>> reasons;
    std::optional<Judged::Searched> until;

    bool is_made() const { return judged && judged->how() == Judged::How::made; }
    bool has_outcome() const { return is_made() || (told && !told->outcome.is_error()); }
};

namespace {

/// The field that holds a case's own instant of decision, or -1.
int instant_of(const RecordType& facts) {
    const int at = facts.find("at");
    const bool is_instant = at >= 0 && facts.fields[static_cast<std::size_t>(at)].type.kind == TypeKind::timestamp;
    return is_instant ? at : -1;
}

}  // namespace

struct SessionState {
    const Ruleset ruleset;
    DecideOptions options;
    const Machines::Lent machine;
    std::vector<SessionAnswer> answers;  // of the decisions, in their order
    const int at_field;                  // of the facts
    std::uint64_t case_number = 0;
    const Case* facts = nullptr;    // null: a host's object
    HostObject object;              // that is read by way of `read`
    std::optional<Case> of_object;  // once the reference was asked
    std::shared_ptr<Record> read = std::make_shared<Record>();
    HostMemory memory, kept_memory;             // of its parts: the case's, and those that are kept
    std::vector<std::size_t> kept, to_be_kept;  // fields: read, and yet to be read
    KeptFacts kept_facts;                       // the same, as the machine reads them
    std::optional<std::int64_t> at;             // of the machine's answers; nothing: it is not to be asked

    SessionState(const Ruleset& of, const DecideOptions& with)
        : ruleset(of),
          options(with),
          machine(of.model().machines->lend()),
          answers(of.model().decisions.size()),
          at_field(instant_of(of.model().schema->facts)),
          kept_facts(ruleset.model(), machine->program()) {
        for (std::size_t i = 0; i < answers.size(); ++i) {
            answers[i].session = this;
            answers[i].decision = i;
        }
    }

    void begin(const Case& now, std::optional<std::int64_t> given) {
        facts = &now;
        const bool is_own = ruleset.takes(now);
        const CaseCells* const cells = is_own && !options.by_reference ? ruleset.laid_out(now) : nullptr;
        if (cells == nullptr) return begin(ruleset.facts(now), given, is_own);
        ++case_number;
        options.at = given;
        machine->begin_case(*cells, options.limits);
        at = given ? given : cells->at();
    }

    void begin(const HostObject& now, std::optional<std::int64_t> given) {
        facts = nullptr;
        object = now;
        of_object.reset();
        const bool is_own = object.model == &ruleset.model();
        if (is_own) read_kept();
        memory.clear();
        memory.read_anew(*read, *now.reader, *now.type, now.object);
        for (const std::size_t field : kept) read->unread[field] = false;
        begin(read, given, is_own);
    }

    void keep(std::size_t field) {
        to_be_kept.insert(to_be_kept.end(), kept.begin(), kept.end());
        kept.clear();
        kept_facts.clear();
        kept_memory.clear();
        if (std::ranges::find(to_be_kept, field) == to_be_kept.end()) to_be_kept.push_back(field);
    }

    SessionAnswer& answer(std::size_t decision) {
        SessionAnswer& answer = answers[decision];
        if (answer.of_case == case_number) return answer;
        answer.of_case = case_number;
        answer.judged.reset();
        answer.told.reset();
        answer.told_until.reset();
        answer.reasons.reset();
        answer.until.reset();
        if (at) answer.judged.emplace(*machine, decision, *at);
        if (!at || answer.judged->how() == Judged::How::refused) answer.told = ask(decision, false);
        return answer;
    }

    const Answer& told(SessionAnswer& answer) {
        if (!answer.told) answer.told = ask(answer.decision, false);
        return *answer.told;
    }

    std::span<const ReasonView> reasons(SessionAnswer& answer) const {
        if (!answer.has_outcome()) return {};
        if (!answer.reasons) answer.reasons = answer.is_made() ? answer.judged->reasons() : views(answer.told->because);
        return *answer.reasons;
    }

    const Judged::Searched& until(SessionAnswer& answer) {
        if (!answer.until && answer.is_made()) answer.until = answer.judged->search_elements(options);
        if (!answer.until) {
            answer.told_until = ask(answer.decision, true);
            answer.until = views(*answer.told_until);
        }
        return *answer.until;
    }

  private:
    void begin(const std::shared_ptr<const Record>& record, std::optional<std::int64_t> given, bool is_own) {
        ++case_number;
        options.at = given;
        const HostReader* const in_place = facts == nullptr && is_own ? object.in_place : nullptr;
        if (in_place != nullptr) {
            machine->begin_case(*in_place, object.object, record, options.limits);
        } else {
            machine->begin_case(record, options.limits);
        }
        if (facts == nullptr && is_own) machine->take_kept(kept_facts.all());
        at = given;
        if (!at && at_field >= 0 && in_place != nullptr)
            at = whole_of(*in_place, object.object, static_cast<std::size_t>(at_field));
        if (!at && at_field >= 0 && is_own) {
            const Value& own = record->at(static_cast<std::size_t>(at_field));
            if (own.is(Kind::timestamp)) at = own.as_int();
        }
        if (options.by_reference || !is_own) at = std::nullopt;
    }

    void read_kept() {
        if (to_be_kept.empty()) return;
        kept_memory.read_anew(*read, *object.reader, *object.type, object.object);
        for (const std::size_t field : to_be_kept) read->at(field);
        kept.insert(kept.end(), to_be_kept.begin(), to_be_kept.end());
        to_be_kept.clear();
        kept_facts.lay_out(*read, kept);
    }

    const Case& case_at_hand() {
        if (facts != nullptr) return *facts;
        if (!of_object) of_object = case_of(ruleset, host_record(*object.reader, *object.type, object.object, {}));
        return *of_object;
    }

    Answer ask(std::size_t decision, bool valid_until) {
        if (facts == nullptr && object.model != &ruleset.model()) {
            Answer foreign;
            foreign.outcome = Value::error(Error::Code::other, case_of_another);
            return foreign;
        }
        DecideOptions asked = options;
        asked.decisions = {ruleset.model().decisions[decision]->name};
        asked.valid_until = valid_until;
        asked.texts = asked.explain = false;
        asked.by_reference = true;
        return std::move(ruleset.decide(case_at_hand(), asked).front());
    }

    std::span<const ReasonView> views(const std::vector<Because>& because) const {
        auto* const reasons = machine->memory().make<ReasonView>(because.size());
        for (std::size_t i = 0; i < because.size(); ++i) {
            const Because& of = because[i];
            auto* const clauses = machine->memory().make<std::string_view>(of.cite.size());
            std::copy(of.cite.begin(), of.cite.end(), clauses);
            reasons[i] = {of.decision, of.rule, of.exception, {clauses, of.cite.size()}, of.item};
        }
        return {reasons, because.size()};
    }

    static ValidUntil view(const std::optional<Validity>& of) {
        return of ? ValidUntil{of->until, of->limited_by, of->evaluations} : ValidUntil();
    }
    Judged::Searched views(const Answer& answer) const {
        const std::vector<Because>& because = answer.because;
        const bool has_items = !because.empty() && because.front().valid_until;
        const std::size_t count = has_items ? because.size() : 0;
        auto* const items = machine->memory().make<ValidUntil>(count);
        for (std::size_t i = 0; i < count; ++i) items[i] = view(because[i].valid_until);
        return {view(answer.valid_until), 0, {items, count}};
    }
};

std::string_view AnswerView::decision() const {
    return answer_->session->ruleset.model().decisions[answer_->decision]->name;
}

bool AnswerView::has_outcome() const {
    return answer_->has_outcome();
}

ValueView AnswerView::outcome() const {
    if (answer_->is_made()) return answer_->judged->view();
    return {answer_->session->ruleset.model(), answer_->told->outcome};
}

const Error& AnswerView::error() const {
    return answer_->session->told(*answer_).outcome.as_error();
}

std::span<const ReasonView> AnswerView::because() const {
    return answer_->session->reasons(*answer_);
}

const ValidUntil& AnswerView::valid_until() const {
    return answer_->session->until(*answer_).whole;
}

std::span<const ValidUntil> AnswerView::items_valid_until() const {
    return answer_->session->until(*answer_).elements;
}

Session::Session(const Ruleset& ruleset, const DecideOptions& options)
    : state_(std::make_unique<SessionState>(ruleset, options)) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

namespace {

Diagnostics no_decision(const Model& model, std::string_view name) {
    Diagnostics diagnostics;
    diagnostics.error({}, fmt::format("there is no decision \"{}\"", name), did_you_mean(name, model.decision_names()));
    return diagnostics;
}

}  // namespace

Result<Session::Question> Session::question(std::string_view name) const {
    const auto& decisions = state_->ruleset.model().decisions;
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        if (decisions[i]->name != name) continue;
        if (!decisions[i]->has_arguments()) return Question(i);
        Diagnostics diagnostics;
        diagnostics.error({}, fmt::format("\"{}\" takes arguments: only other decisions ask it", name));
        return diagnostics;
    }
    return no_decision(state_->ruleset.model(), name);
}

Result<OutcomeField> Session::field(std::string_view decision, std::string_view name) const {
    const Model& model = state_->ruleset.model();
    const Decision* const of = model.find(decision);
    if (of == nullptr) return no_decision(model, decision);
    std::vector<std::string> names = of->outcome.field_names();
    names.resize(of->shown_fields);
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return OutcomeField(static_cast<std::size_t>(found - names.begin()));
    Diagnostics diagnostics;
    diagnostics.error({}, fmt::format("the outcome of \"{}\" has no field \"{}\"", decision, name),
                      did_you_mean(name, names));
    return diagnostics;
}

void Session::begin(const Case& facts, std::optional<std::int64_t> at) {
    state_->begin(facts, at);
}

void Session::begin(const HostObject& facts, std::optional<std::int64_t> at) {
    state_->begin(facts, at);
}

Diagnostics Session::keep(std::string_view fact) {
    Diagnostics diagnostics;
    const RecordType& facts = state_->ruleset.model().schema->facts;
    const int field = facts.find(fact);
    if (field >= 0) {
        state_->keep(static_cast<std::size_t>(field));
    } else {
        diagnostics.error({}, fmt::format("there is no fact \"{}\"", fact), did_you_mean(fact, facts.field_names()));
    }
    return diagnostics;
}

AnswerView Session::decide(Question question) {
    return AnswerView(state_->answer(question.decision_));
}

}  // namespace praxe
