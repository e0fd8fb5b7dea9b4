// A machine and its cases.
#include "machine/machine.hpp"

#include <algorithm>

#include "machine/calls.hpp"

namespace praxe {

Machine::Machine(const Model& model, const Program& program)
    : model_(model),
      program_(program),
      limits_(decision_limits),
      budget_(limits_),
      functions_{&model.zone, model.calendar.get(), &model.calendars, &budget_, model.patterns.get()},
      registers_(program.registers),
      memos_(program.memos.size()),
      stamps_(program.scopes),
      making_(program.lists_in_making),
      searches_(program.tables.size()),
      decided_(program.routines.size()),
      calls_(program.routines.size() + 2),
      call_(calls_.data()),
      executed_(counts_instructions ? program.code.size() : 0) {
    for (const Constant& constant : program.constants) registers_[constant.into] = constant.datum;
    for (std::size_t i = 0; i < searches_.size(); ++i) searches_[i].numbers.resize(program.tables[i].columns.size());
    for (const FunctionCall& call : program.calls) {
        natives_.push_back(native_call(call));
        lent_texts_.resize(std::max(lent_texts_.size(), call.args.size()));
    }
}

void Machine::begin_case(const std::shared_ptr<const Record>& facts, const EvaluationLimits& limits) {
    begin_case(limits);
    facts_ = facts;
    take_case(maker_.record(*facts, *program_.facts, nullptr));
}

void Machine::begin_case(const CaseCells& facts, const EvaluationLimits& limits) {
    facts.prefetch();
    begin_case(limits);
    facts_ = nullptr;
    take_case(&facts.facts());
}

void Machine::begin_case(const HostReader& reader, const void* object, const std::shared_ptr<const Record>& facts,
                         const EvaluationLimits& limits) {
    begin_case(limits);
    facts_ = facts;
    take_case(hosts_.begin_case(reader, object, facts));
}

void Machine::begin_case(const EvaluationLimits& limits) {
    limits_ = limits;
    most_steps_ = limits.max_steps;
    most_bytes_ = limits.max_made_bytes;
    if (program_.most_constant_bytes > 0) {  // a step may make it again, of half of the bytes
        most_bytes_ /= 2;
        most_steps_ = std::min<std::uint64_t>(most_steps_, most_bytes_ / program_.most_constant_bytes);
    }
    steps_ = bytes_ = earlier_steps_ = earlier_bytes_ = 0;
    arena_.clear();
    if (!made_values_.empty()) made_values_.clear();
    present_.clear();
    basis_begin_ = basis_end_ = 0;
    level_ = 0;
    first_stamp_ = ++serial_;  // all other scopes begin anew when they are entered
    if (!program_.level_scopes.empty()) stamps_[program_.level_scopes.front()] = first_stamp_;
    if (assumed_.size() > kept_assumed) assumed_.clear();
    ++case_;
    call_ = calls_.data();
    gave_up_ = false;
}

void Machine::begin_run(std::int64_t at) {
    at_ = now_ = at;
    ++run_;
    earlier_steps_ = steps_ + (rests_on_earlier_runs_ ? 0 : earlier_steps_);
    earlier_bytes_ = bytes_ + (rests_on_earlier_runs_ ? 0 : earlier_bytes_);
    rests_on_earlier_runs_ = false;
    steps_ = bytes_ = 0;
    budget_ = Budget(limits_);
    gave_up_ = false;
    horizon_ = forever;
    basis_begin_ = basis_end_ = 0;
}

Datum Machine::value_of(std::uint32_t number, std::int64_t& horizon) {
    const Memo& memo = program_.memos[number];
    Remembered& known = memos_[number];
    horizon_ = forever;
    if (is_known(memo, known) || renews(memo, known)) {
        take(memo, known);
    } else {
        begin(memo, known, nullptr);
        execute(memo.code);
    }
    horizon = horizon_;
    return gave_up_ ? Datum::error() : registers_[memo.result];
}

Datum Machine::run(std::uint32_t number, std::int64_t& horizon) {
    const Routine& routine = program_.routines[number];
    horizon_ = forever;
    begin(routine, nullptr);
    execute(routine.code);
    horizon = horizon_;
    return registers_[routine.result];
}

Datum Machine::run_element(std::uint32_t number, const Datum& element, std::size_t place, std::int64_t& horizon) {
    const Routine& routine = program_.routines[number];
    horizon_ = forever;
    decided_[number].begin_walk(place);
    registers_[routine.arguments.front()] = element;
    Decided& known = find_element(number, element);
    if (!takes(known)) {
        begin(routine, known, nullptr);
        execute(routine.code);
    }
    horizon = horizon_;
    return gave_up_ ? Datum::error() : known.outcome;
}

}  // namespace praxe
