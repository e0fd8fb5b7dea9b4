// Cases for C: read from a text, or put together fact by fact into a tree that is read as a document is.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "capi/handles.hpp"
#include "capi/path.hpp"
#include "document/made_node.hpp"
#include "located_case.hpp"
#include "value/decimal.hpp"
#include "value/time.hpp"
#include "value/utf8.hpp"

namespace praxe {
namespace {

// ------------------------------------------------------------------------------------------- the tree by path

/// The steps of a path that facts may have; nothing (reported) where it is none.
std::optional<std::vector<PathStep>> steps_of(std::string_view path, Diagnostics& diagnostics) {
    std::vector<PathStep> steps;
    PathSteps next(path);
    const std::size_t most = DocumentLimits{}.max_nesting;
    while (const auto step = next.next()) {
        steps.push_back(*step);
        if (steps.size() <= most) continue;
        bad_call(diagnostics, fmt::format("a path can have {} steps at most", most));
        return std::nullopt;
    }
    if (!steps.empty() && next.well_formed() && valid_utf8(path)) return steps;
    bad_call(diagnostics, "the path is ill formed", "write it as client.appointments[0].owner");
    return std::nullopt;
}

/// What was set before, as far as a path leads.
struct Reached {
    Node* node;
    std::size_t steps;  // how many of the path's
};

Reached reach(Node& facts, const std::vector<PathStep>& steps) {
    Node* node = &facts;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto& [name, index, path] = steps[i];
        const auto named = [&, wanted = name](const auto& entry) { return entry.first.text.text == wanted; };
        if (index && *index < node->items.size()) {
            node = &node->items[*index];
        } else if (const auto entry = std::find_if(node->entries.begin(), node->entries.end(), named);
                   !index && entry != node->entries.end()) {
            node = &entry->second;
        } else {
            return {node, i};
        }
    }
    return {node, steps.size()};
}

/// Whether something of the kind `due` can stand where the path leads; reports why not.
bool fits(const Reached& reached, const std::vector<PathStep>& steps, Node::Kind due, Diagnostics& diagnostics) {
    const bool there = reached.steps == steps.size();
    if (!there) due = steps[reached.steps].index ? Node::Kind::list : Node::Kind::map;
    const std::string_view here = reached.steps == 0 ? "the case" : steps[reached.steps - 1].path;
    if (reached.node->kind != due) {
        bad_call(diagnostics, fmt::format("\"{}\" is {}, not {}", here, name_of(reached.node->kind), name_of(due)));
        return false;
    }
    for (std::size_t i = reached.steps; i < steps.size(); ++i) {
        const std::size_t size = i == reached.steps ? reached.node->items.size() : 0;
        if (!steps[i].index || *steps[i].index == size) continue;
        const std::string_view list = i == 0 ? here : steps[i - 1].path;
        bad_call(diagnostics, fmt::format("\"{}\" has {} items: the next one is [{}]", list, size, size));
        return false;
    }
    return true;
}

/// Puts `value` below `node`, where it is new.
void add(Node& node, const PathStep& step, Node value) {
    if (step.index) {
        node.items.push_back(std::move(value));
    } else {
        node.entries.emplace_back(made_text(std::string(step.name)), std::move(value));
    }
}

/// Puts `value` where `path` leads, all of it or nothing; a list or record that is there already stays as it is.
praxe_status set(praxe_case* facts, const char* path, Node value, Diagnostics& diagnostics) {
    if (facts == nullptr || path == nullptr) return bad_call(diagnostics, "case or path is NULL");
    if (facts->of_text) return bad_call(diagnostics, "the case was read from a text", "begin with praxe_case_new");
    const auto steps = steps_of(path, diagnostics);
    if (!steps) return PRAXE_BAD_CALL;
    const Reached reached = reach(facts->facts, *steps);
    if (!fits(reached, *steps, value.kind, diagnostics)) return PRAXE_BAD_CALL;
    if (reached.steps == steps->size()) {
        if (value.is_scalar()) *reached.node = std::move(value);
    } else {
        for (std::size_t i = steps->size() - 1; i > reached.steps; --i) {
            Node outer = (*steps)[i].index ? made_list({}) : made_map({});
            add(outer, (*steps)[i], std::move(value));
            value = std::move(outer);
        }
        add(*reached.node, (*steps)[reached.steps], std::move(value));
    }
    facts->read.reset();
    return PRAXE_OK;
}

/// Sets what `make(diagnostics)` gives; where it gives nothing it has reported why.
template <typename Make>
praxe_status set_made(praxe_case* facts, const char* path, praxe_error** error, const Make& make) noexcept {
    return guarded(error, [&](Diagnostics& diagnostics) {
        std::optional<Node> value = make(diagnostics);
        return value ? set(facts, path, *std::move(value), diagnostics) : PRAXE_BAD_CALL;
    });
}

// ------------------------------------------------------------------------------------------------ values

std::optional<Node> text_node(const char* text, std::size_t length, Diagnostics& diagnostics) {
    auto taken = taken_text(text, length, "the text", diagnostics);
    if (taken && !valid_utf8(*taken)) {
        bad_call(diagnostics, "the text is not UTF-8");
        return std::nullopt;
    }
    if (!taken) return std::nullopt;
    return made_text(*std::move(taken));
}

std::optional<Node> real_node(double value, Diagnostics& diagnostics) {
    if (std::isfinite(value)) return made_literal(format_real(value));
    bad_call(diagnostics, fmt::format("{} is not a number of facts", format_real(value)));
    return std::nullopt;
}

std::optional<Node> instant_node(Instant micros, Diagnostics& diagnostics) {
    if (micros >= min_instant && micros <= max_instant) return made_text(format_utc(micros, 0));
    bad_call(diagnostics, "the instant lies outside of the years 1 to 9999");
    return std::nullopt;
}

std::optional<Node> date_node(int year, int month, int day, Diagnostics& diagnostics) {
    const CivilDate date{year, month, day};
    if (year >= 1 && year <= 9999 && valid_date(date)) return made_text(format_date(day_from_civil(date)));
    bad_call(diagnostics, fmt::format("there is no day {}-{:02}-{:02}", year, month, day));
    return std::nullopt;
}

// ------------------------------------------------------------------------------------------------ reading

praxe_status read_text(const praxe_ruleset* ruleset, const char* text, std::size_t length, bool json,
                       praxe_case** facts, praxe_error** error) noexcept {
    return guarded(error, [&](Diagnostics& diagnostics) {
        if (ruleset == nullptr || facts == nullptr) return bad_call(diagnostics, "ruleset or case is NULL");
        auto taken = taken_text(text, length, "the case", diagnostics);
        if (!taken) return PRAXE_BAD_CALL;
        const auto source = std::make_shared<const Source>(json ? "<json>" : "<yaml>", *std::move(taken));
        auto read = ruleset->ruleset.read_case(source, json);
        if (!read) {
            diagnostics = read.diagnostics();
            return PRAXE_INVALID;
        }
        auto made = std::make_unique<praxe_case>(ruleset->ruleset);
        made->read = *std::move(read);
        made->of_text = true;
        give(facts, std::move(made));
        return PRAXE_OK;
    });
}

}  // namespace

praxe_status read_set_facts(const praxe_case& facts, std::optional<Case>& read, Diagnostics& diagnostics) {
    auto made = read_case(facts.ruleset, facts.facts);
    if (!made) {
        diagnostics = made.diagnostics();
        return PRAXE_INVALID;
    }
    read = *std::move(made);
    return PRAXE_OK;
}

}  // namespace praxe

using praxe::Diagnostics;

extern "C" {

praxe_status praxe_case_read_json(const praxe_ruleset* ruleset, const char* json, size_t length, praxe_case** facts,
                                  praxe_error** error) {
    return praxe::read_text(ruleset, json, length, true, facts, error);
}

praxe_status praxe_case_read_yaml(const praxe_ruleset* ruleset, const char* yaml, size_t length, praxe_case** facts,
                                  praxe_error** error) {
    return praxe::read_text(ruleset, yaml, length, false, facts, error);
}

praxe_status praxe_case_new(const praxe_ruleset* ruleset, praxe_case** facts, praxe_error** error) {
    return praxe::guarded(error, [&](Diagnostics& diagnostics) {
        if (ruleset == nullptr || facts == nullptr) return praxe::bad_call(diagnostics, "ruleset or case is NULL");
        auto made = std::make_unique<praxe_case>(ruleset->ruleset);
        made->facts = praxe::made_map({});
        praxe::give(facts, std::move(made));
        return PRAXE_OK;
    });
}

void praxe_case_free(praxe_case* facts) {
    praxe::take_back(facts);
}

praxe_status praxe_case_set_text(praxe_case* facts, const char* path, const char* text, size_t length,
                                 praxe_error** error) {
    return praxe::set_made(facts, path, error,
                           [&](Diagnostics& diagnostics) { return praxe::text_node(text, length, diagnostics); });
}

praxe_status praxe_case_set_int(praxe_case* facts, const char* path, int64_t value, praxe_error** error) {
    return praxe::set_made(facts, path, error,
                           [&](Diagnostics&) { return std::optional(praxe::made_literal(std::to_string(value))); });
}

praxe_status praxe_case_set_double(praxe_case* facts, const char* path, double value, praxe_error** error) {
    return praxe::set_made(facts, path, error,
                           [&](Diagnostics& diagnostics) { return praxe::real_node(value, diagnostics); });
}

praxe_status praxe_case_set_bool(praxe_case* facts, const char* path, bool value, praxe_error** error) {
    return praxe::set_made(facts, path, error,
                           [&](Diagnostics&) { return std::optional(praxe::made_literal(value ? "true" : "false")); });
}

praxe_status praxe_case_set_instant(praxe_case* facts, const char* path, int64_t micros, praxe_error** error) {
    return praxe::set_made(facts, path, error,
                           [&](Diagnostics& diagnostics) { return praxe::instant_node(micros, diagnostics); });
}

praxe_status praxe_case_set_date(praxe_case* facts, const char* path, int year, int month, int day,
                                 praxe_error** error) {
    return praxe::set_made(facts, path, error,
                           [&](Diagnostics& diagnostics) { return praxe::date_node(year, month, day, diagnostics); });
}

praxe_status praxe_case_set_money_cents(praxe_case* facts, const char* path, int64_t cents, praxe_error** error) {
    return praxe::set_made(facts, path, error, [&](Diagnostics&) {
        return std::optional(praxe::made_text(praxe::format_hundredths(cents)));
    });
}

praxe_status praxe_case_set_empty_list(praxe_case* facts, const char* path, praxe_error** error) {
    return praxe::set_made(facts, path, error, [](Diagnostics&) { return std::optional(praxe::made_list({})); });
}

praxe_status praxe_case_set_empty_record(praxe_case* facts, const char* path, praxe_error** error) {
    return praxe::set_made(facts, path, error, [](Diagnostics&) { return std::optional(praxe::made_map({})); });
}

praxe_status praxe_case_check(praxe_case* facts, praxe_error** error) {
    return praxe::guarded(error, [&](Diagnostics& diagnostics) {
        if (facts == nullptr) return praxe::bad_call(diagnostics, "case is NULL");
        if (facts->read) return PRAXE_OK;
        return praxe::read_set_facts(*facts, facts->read, diagnostics);
    });
}

}  // extern "C"
