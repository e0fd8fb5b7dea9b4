// Answers for C: values of an outcome by path, until when it holds, and why.
#include <algorithm>
#include <string_view>

#include "capi/handles.hpp"
#include "capi/path.hpp"
#include "check/model.hpp"
#include "value/error_name.hpp"
#include "value/time.hpp"

namespace praxe {
namespace {

const Answer* answer_of(const praxe_answer* handle) {
    return reinterpret_cast<const Answer*>(handle);
}

const praxe_answer* handle_of(const Answer& answer) {
    return reinterpret_cast<const praxe_answer*>(&answer);
}

// ------------------------------------------------------------------------------------------------ values

/// What an optional holds, or null.
const Value* held(const Value* value) {
    while (value != nullptr && value->is(Kind::optional)) value = value->has_value() ? &value->as_optional() : nullptr;
    return value == nullptr || value->is_absent() || value->is(Kind::null) ? nullptr : value;
}

const Value* field_of(const Model& model, const Record& record, std::string_view name) {
    const int field = record.type->find(name);
    const auto index = static_cast<std::size_t>(field);
    return field >= 0 && index < model.shown_fields(*record.type) ? &record.at(index) : nullptr;
}

const Value* entry_of(const Map& map, std::string_view name) {
    const auto entry = std::find_if(map.entries.begin(), map.entries.end(), [&](const auto& known) {
        return known.first.is(Kind::string) && known.first.as_string() == name;
    });
    return entry == map.entries.end() ? nullptr : &entry->second;
}

/// What stands one step below `value`.
praxe_status step_into(const Model& model, const Value*& value, const PathStep& step) {
    if (step.index) {
        if (!value->is(Kind::list)) return PRAXE_WRONG_TYPE;
        const List& list = value->as_list();
        value = *step.index < list.size() ? &list[*step.index] : nullptr;
    } else if (value->is(Kind::record)) {
        value = field_of(model, value->as_record(), step.name);
    } else if (value->is(Kind::map)) {
        value = entry_of(value->as_map(), step.name);
    } else {
        return PRAXE_WRONG_TYPE;
    }
    value = held(value);
    return value == nullptr ? PRAXE_ABSENT : PRAXE_OK;
}

/// What stands at `path` in the outcome.
praxe_status find(const praxe_answer* handle, const char* path, const Value*& value) {
    if (handle == nullptr || path == nullptr) return PRAXE_BAD_CALL;
    const Answer& answer = *answer_of(handle);
    if (answer.outcome.is_error()) return PRAXE_FAILED;
    value = held(&answer.outcome);
    praxe_status status = value == nullptr ? PRAXE_ABSENT : PRAXE_OK;
    PathSteps steps(path);
    for (auto step = steps.next(); step; step = steps.next()) {
        if (status == PRAXE_OK) status = step_into(*answer.made_by, value, *step);
    }
    return steps.well_formed() ? status : PRAXE_BAD_CALL;
}

/// Hands a value of one of `kinds` to `take`, which puts it into `out`.
template <typename Out, typename Take>
praxe_status get(const praxe_answer* handle, const char* path, std::initializer_list<Kind> kinds, const Out* out,
                 const Take& take) noexcept {
    if (out == nullptr) return PRAXE_BAD_CALL;
    const Value* value = nullptr;
    const praxe_status status = find(handle, path, value);
    if (status != PRAXE_OK) return status;
    if (std::find(kinds.begin(), kinds.end(), value->kind()) == kinds.end()) return PRAXE_WRONG_TYPE;
    take(*value);
    return PRAXE_OK;
}

praxe_status get_whole(const praxe_answer* handle, const char* path, std::initializer_list<Kind> kinds,
                       int64_t* out) noexcept {
    return get(handle, path, kinds, out, [&](const Value& value) { *out = value.as_int(); });
}

// ------------------------------------------------------------------------------------- validity and errors

praxe_validity validity_of(const std::optional<Validity>& validity, int64_t* micros) {
    if (!validity) return PRAXE_UNTIL_UNKNOWN;
    if (!validity->until) return PRAXE_UNTIL_NEVER;
    if (micros != nullptr) *micros = *validity->until;
    return validity->limited_by == LimitedBy::nothing ? PRAXE_UNTIL : PRAXE_AT_LEAST_UNTIL;
}

const Error* error_of(const praxe_answer* handle) {
    return handle != nullptr && answer_of(handle)->outcome.is_error() ? &answer_of(handle)->outcome.as_error()
                                                                      : nullptr;
}

const Because* because_of(const praxe_answer* handle, std::size_t reason) {
    if (handle == nullptr || reason >= answer_of(handle)->because.size()) return nullptr;
    return &answer_of(handle)->because[reason];
}

const char* text_of(const praxe_answer* handle, std::size_t reason, std::string Because::* member) {
    const Because* const because = because_of(handle, reason);
    return because == nullptr ? nullptr : (because->*member).c_str();
}

}  // namespace
}  // namespace praxe

using praxe::Because;
using praxe::Kind;
using praxe::Value;

extern "C" {

size_t praxe_answers_count(const praxe_answers* answers) {
    return answers == nullptr ? 0 : answers->answers.size();
}

const praxe_answer* praxe_answers_get(const praxe_answers* answers, size_t index) {
    if (answers == nullptr || index >= answers->answers.size()) return nullptr;
    return praxe::handle_of(answers->answers[index]);
}

const praxe_answer* praxe_answers_find(const praxe_answers* answers, const char* decision) {
    if (answers == nullptr || decision == nullptr) return nullptr;
    const auto& all = answers->answers;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const praxe::Answer& answer) { return answer.decision == decision; });
    return found == all.end() ? nullptr : praxe::handle_of(*found);
}

const char* praxe_answer_decision(const praxe_answer* answer) {
    return answer == nullptr ? nullptr : praxe::answer_of(answer)->decision.c_str();
}

bool praxe_answer_has(const praxe_answer* answer, const char* path) {
    const Value* value = nullptr;
    return praxe::find(answer, path, value) == PRAXE_OK;
}

praxe_status praxe_answer_get_text(const praxe_answer* answer, const char* path, const char** out, size_t* out_length) {
    return praxe::get(answer, path, {Kind::string}, out, [&](const Value& value) {
        *out = value.as_string().c_str();
        if (out_length != nullptr) *out_length = value.as_string().size();
    });
}

praxe_status praxe_answer_get_int(const praxe_answer* answer, const char* path, int64_t* out) {
    return praxe::get_whole(answer, path,
                            {Kind::integer, Kind::business_days, Kind::calendar_days, Kind::months, Kind::years}, out);
}

praxe_status praxe_answer_get_double(const praxe_answer* answer, const char* path, double* out) {
    return praxe::get(answer, path, {Kind::real}, out, [&](const Value& value) { *out = value.as_double(); });
}

praxe_status praxe_answer_get_bool(const praxe_answer* answer, const char* path, bool* out) {
    return praxe::get(answer, path, {Kind::boolean}, out, [&](const Value& value) { *out = value.as_bool(); });
}

praxe_status praxe_answer_get_instant(const praxe_answer* answer, const char* path, int64_t* out) {
    return praxe::get_whole(answer, path, {Kind::timestamp}, out);
}

praxe_status praxe_answer_get_date(const praxe_answer* answer, const char* path, int* year, int* month, int* day) {
    if (year == nullptr || month == nullptr) return PRAXE_BAD_CALL;
    return praxe::get(answer, path, {Kind::date}, day, [&](const Value& value) {
        const auto date = praxe::civil_from_day(static_cast<praxe::Day>(value.as_int()));
        *year = static_cast<int>(date.year);
        *month = date.month;
        *day = date.day;
    });
}

praxe_status praxe_answer_get_money_cents(const praxe_answer* answer, const char* path, int64_t* out) {
    return praxe::get_whole(answer, path, {Kind::money}, out);
}

praxe_status praxe_answer_get_percent(const praxe_answer* answer, const char* path, int64_t* out) {
    return praxe::get_whole(answer, path, {Kind::percent}, out);
}

praxe_status praxe_answer_get_list_size(const praxe_answer* answer, const char* path, size_t* out) {
    return praxe::get(answer, path, {Kind::list}, out, [&](const Value& value) { *out = value.as_list().size(); });
}

praxe_validity praxe_answer_valid_until(const praxe_answer* answer, int64_t* micros) {
    return answer == nullptr ? PRAXE_UNTIL_UNKNOWN : praxe::validity_of(praxe::answer_of(answer)->valid_until, micros);
}

const char* praxe_answer_error_code(const praxe_answer* answer) {
    const auto* const error = praxe::error_of(answer);
    return error == nullptr ? nullptr : praxe::name_of(error->code);
}

const char* praxe_answer_error_message(const praxe_answer* answer) {
    const auto* const error = praxe::error_of(answer);
    return error == nullptr ? nullptr : error->message.c_str();
}

const char* praxe_answer_error_path(const praxe_answer* answer) {
    const auto* const error = praxe::error_of(answer);
    return error == nullptr ? nullptr : error->path.c_str();
}

size_t praxe_because_count(const praxe_answer* answer) {
    return answer == nullptr ? 0 : praxe::answer_of(answer)->because.size();
}

const char* praxe_because_decision(const praxe_answer* answer, size_t reason) {
    return praxe::text_of(answer, reason, &Because::decision);
}

const char* praxe_because_rule(const praxe_answer* answer, size_t reason) {
    return praxe::text_of(answer, reason, &Because::rule);
}

const char* praxe_because_exception(const praxe_answer* answer, size_t reason) {
    return praxe::text_of(answer, reason, &Because::exception);
}

const char* praxe_because_item(const praxe_answer* answer, size_t reason) {
    return praxe::text_of(answer, reason, &Because::item);
}

size_t praxe_because_cite_count(const praxe_answer* answer, size_t reason) {
    const Because* const because = praxe::because_of(answer, reason);
    return because == nullptr ? 0 : because->cite.size();
}

const char* praxe_because_cite(const praxe_answer* answer, size_t reason, size_t cite) {
    const Because* const because = praxe::because_of(answer, reason);
    return because == nullptr || cite >= because->cite.size() ? nullptr : because->cite[cite].c_str();
}

const char* praxe_because_text(const praxe_answer* answer, size_t reason, const char* language) {
    const Because* const because = praxe::because_of(answer, reason);
    if (because == nullptr || language == nullptr) return nullptr;
    const auto text = std::find_if(because->text.begin(), because->text.end(),
                                   [&](const auto& said) { return said.first == language; });
    return text == because->text.end() ? nullptr : text->second.c_str();
}

praxe_validity praxe_because_valid_until(const praxe_answer* answer, size_t reason, int64_t* micros) {
    const Because* const because = praxe::because_of(answer, reason);
    return because == nullptr ? PRAXE_UNTIL_UNKNOWN : praxe::validity_of(because->valid_until, micros);
}

}  // extern "C"
