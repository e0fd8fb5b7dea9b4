// Decisions for C: options in, answers or one line of JSON out.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "capi/handles.hpp"
#include "run/answer_json.hpp"
#include "value/time.hpp"

namespace praxe {
namespace {

constexpr std::size_t max_options_bytes = 4096;
constexpr std::uint64_t known_flags = PRAXE_AT | PRAXE_NO_VALID_UNTIL | PRAXE_EXPLAIN | PRAXE_TEXTS | PRAXE_HORIZON;

/// The members that the caller's version of the struct has; those it lacks are zero. Members that this version does not
/// know must be zero.
std::optional<praxe_options> taken_options(const praxe_options* options, Diagnostics& diagnostics) {
    praxe_options taken = PRAXE_OPTIONS_INIT;
    if (options == nullptr) return taken;
    if (options->size < sizeof taken || options->size > max_options_bytes) {
        bad_call(diagnostics, "the options do not hold their size", "begin with PRAXE_OPTIONS_INIT");
        return std::nullopt;
    }
    const char* const bytes = reinterpret_cast<const char*>(options);
    const bool unknown = std::any_of(bytes + sizeof taken, bytes + options->size, [](char byte) { return byte != 0; });
    std::memcpy(&taken, options, sizeof taken);
    if (unknown || (taken.flags & ~known_flags) != 0) {
        bad_call(diagnostics, fmt::format("praxe {} does not know all of these options", praxe_version()));
        return std::nullopt;
    }
    return taken;
}

std::vector<std::string> read_names(const praxe_options& given, Diagnostics& diagnostics) {
    std::vector<std::string> names;
    if (given.decision_count == 0) return names;
    if (given.decisions == nullptr) {
        bad_call(diagnostics, "decisions is NULL");
        return names;
    }
    for (std::size_t i = 0; i < given.decision_count; ++i) {
        if (given.decisions[i] == nullptr) {
            bad_call(diagnostics, "the name of a decision is NULL");
            return names;
        }
        names.emplace_back(given.decisions[i]);
    }
    return names;
}

std::optional<DecideOptions> read_options(const praxe_options* given, Diagnostics& diagnostics) {
    const auto taken = taken_options(given, diagnostics);
    if (!taken) return std::nullopt;
    DecideOptions options;
    options.decisions = read_names(*taken, diagnostics);
    if ((taken->flags & PRAXE_AT) != 0) {
        if (taken->at < min_instant || taken->at > max_instant)
            bad_call(diagnostics, "the instant lies outside of the years 1 to 9999");
        options.at = taken->at;
    }
    options.valid_until = (taken->flags & PRAXE_NO_VALID_UNTIL) == 0;
    options.explain = (taken->flags & PRAXE_EXPLAIN) != 0;
    options.texts = (taken->flags & PRAXE_TEXTS) != 0;
    if (taken->max_evaluations > 0) options.max_evaluations = taken->max_evaluations;
    if ((taken->flags & PRAXE_HORIZON) != 0) options.horizon = taken->horizon;
    if (!diagnostics.empty()) return std::nullopt;
    return options;
}

praxe_status decide(const praxe_case& facts, const DecideOptions& options, praxe_answers** answers,
                    Diagnostics& diagnostics) {
    std::optional<Case> read_now;
    const std::optional<Case>& read = facts.read ? facts.read : read_now;
    if (!read) {
        const praxe_status status = read_set_facts(facts, read_now, diagnostics);
        if (status != PRAXE_OK) return status;
    }
    give(answers, std::make_unique<praxe_answers>(praxe_answers{facts.ruleset, facts.ruleset.decide(*read, options)}));
    return PRAXE_OK;
}

/// The line for a case that is wrong.
praxe_status give_error_line(const Diagnostics& diagnostics, char** out, std::size_t* out_length) {
    give_text(diagnostics_json(diagnostics), out, out_length);
    return PRAXE_INVALID;
}

}  // namespace
}  // namespace praxe

using praxe::Diagnostics;

extern "C" {

praxe_status praxe_decide(const praxe_case* facts, const praxe_options* options, praxe_answers** answers,
                          praxe_error** error) {
    return praxe::guarded(error, [&](Diagnostics& diagnostics) {
        if (facts == nullptr || answers == nullptr) return praxe::bad_call(diagnostics, "case or answers is NULL");
        const auto read = praxe::read_options(options, diagnostics);
        return read ? praxe::decide(*facts, *read, answers, diagnostics) : PRAXE_BAD_CALL;
    });
}

praxe_status praxe_decide_json(const praxe_ruleset* ruleset, const char* json, size_t length,
                               const praxe_options* options, char** out, size_t* out_length) {
    return praxe::guarded(nullptr, [&](Diagnostics& diagnostics) {
        if (ruleset == nullptr || out == nullptr) return PRAXE_BAD_CALL;
        const auto read = praxe::read_options(options, diagnostics);
        auto text = praxe::taken_text(json, length, "the case", diagnostics);
        if (!read || !text) return PRAXE_BAD_CALL;
        const auto source = std::make_shared<const praxe::Source>("<json>", *std::move(text));
        const auto facts = ruleset->ruleset.read_case(source, true);
        if (!facts) return praxe::give_error_line(facts.diagnostics(), out, out_length);
        praxe::give_text(ruleset->ruleset.to_json(ruleset->ruleset.decide(*facts, *read)), out, out_length);
        return PRAXE_OK;
    });
}

praxe_status praxe_answers_json(const praxe_answers* answers, char** out, size_t* out_length) {
    return praxe::guarded(nullptr, [&](Diagnostics&) {
        if (answers == nullptr || out == nullptr) return PRAXE_BAD_CALL;
        praxe::give_text(answers->ruleset.to_json(answers->answers), out, out_length);
        return PRAXE_OK;
    });
}

void praxe_answers_free(praxe_answers* answers) {
    praxe::take_back(answers);
}

}  // extern "C"
