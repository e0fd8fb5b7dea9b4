// Any text as the facts of a case, against the shipped vocabulary.
#pragma once

#include "facts/plain_values.hpp"
#include "facts/schema.hpp"
#include "inputs.hpp"

namespace praxe::fuzz {

inline const Schema& shipped_schema() {
    static const auto schema = [] {
        Diagnostics diagnostics;
        const auto document = read_document(checkout_file("rules/vocabulary.yaml"), diagnostics);
        return document ? read_schema(*document, diagnostics) : nullptr;
    }();
    if (schema == nullptr) std::abort();
    return *schema;
}

/// Against the vocabulary, and as `praxe eval --facts` reads it, without one.
inline void read_facts(const std::string& name, const std::uint8_t* data, std::size_t size) {
    Diagnostics diagnostics;
    auto document = read_document(std::make_shared<const Source>(name, text_of(data, size)), diagnostics);
    if (document) {
        plain_variables(*document, diagnostics);
        if (const auto facts = read_case(*std::move(document), shipped_schema(), diagnostics)) {
            facts->place_of("client.appointments[0].owner");
        }
    }
    diagnostics.to_string();
}

}  // namespace praxe::fuzz
