// What stands behind the handles of praxe.h, and the gate that no exception passes.
#pragma once

#include <praxe/praxe.h>

#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <praxe/ruleset.hpp>
#include <string>
#include <vector>

#include "document/node.hpp"

struct praxe_error {
    explicit praxe_error(const praxe::Diagnostics& diagnostics)
        : list(diagnostics.sorted()), text(diagnostics.to_string()) {}
    std::vector<praxe::Diagnostic> list;
    std::string text;
};

struct praxe_ruleset {
    explicit praxe_ruleset(praxe::Ruleset loaded) : ruleset(std::move(loaded)), decisions(ruleset.decisions()) {}
    praxe::Ruleset ruleset;
    std::vector<std::string> decisions;
};

struct praxe_case {
    explicit praxe_case(praxe::Ruleset of) : ruleset(std::move(of)) {}
    praxe::Ruleset ruleset;
    praxe::Node facts;                // what was set; a case that was read from a text has none
    std::optional<praxe::Case> read;  // what was read; set facts are read anew when they have changed
    bool of_text = false;
};

struct praxe_answers {
    praxe::Ruleset ruleset;
    std::vector<praxe::Answer> answers;  // a praxe_answer* points to one of these
};

namespace praxe {

/// Reports that the call itself is wrong.
inline praxe_status bad_call(Diagnostics& diagnostics, std::string message, std::string hint = {}) {
    diagnostics.error({}, std::move(message), std::move(hint));
    return PRAXE_BAD_CALL;
}

/// Gives `object` to the caller of the C interface.
template <typename T>
void give(T** out, std::unique_ptr<T> object) {
    *out = object.release();
}

/// Takes back what the caller of the C interface frees.
template <typename T>
void take_back(T* handle) {
    const std::unique_ptr<T> owned(handle);
}

inline void give_error(praxe_error** out, const Diagnostics& diagnostics) {
    if (out != nullptr && !diagnostics.empty()) give(out, std::make_unique<praxe_error>(diagnostics));
}

/// Runs `body(diagnostics)`, which returns a status; what it reported goes to `error`. Nothing that it throws passes.
template <typename Body>
praxe_status guarded(praxe_error** error, const Body& body) noexcept {
    if (error != nullptr) *error = nullptr;
    try {
        Diagnostics diagnostics;
        praxe_status status = PRAXE_INTERNAL;
        try {
            status = body(diagnostics);
        } catch (const std::bad_alloc&) {
            return PRAXE_NO_MEMORY;
        } catch (const std::exception& exception) {
            diagnostics.error({}, std::string("unexpected: ") + exception.what());
        }
        if (status != PRAXE_OK) give_error(error, diagnostics);
        return status;
    } catch (const std::bad_alloc&) {
        return PRAXE_NO_MEMORY;
    } catch (...) {
        return PRAXE_INTERNAL;
    }
}

/// A text of the caller's; nothing (reported) where it is NULL, or longer than a document may be.
std::optional<std::string> taken_text(const char* text, std::size_t length, const char* what, Diagnostics& diagnostics);

/// Gives `text` to the caller, ended by a zero byte; `out_length` may be null.
void give_text(const std::string& text, char** out, std::size_t* out_length);

/// Reads what was set. The status is the call's.
praxe_status read_set_facts(const praxe_case& facts, std::optional<Case>& read, Diagnostics& diagnostics);

}  // namespace praxe
