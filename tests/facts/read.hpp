// Cases and vocabularies for tests.
#pragma once

#include <fstream>
#include <iterator>

#include "document/read.hpp"
#include "facts/schema.hpp"

namespace praxe {

/// REQUIRES: nothing is wrong with it.
inline std::unique_ptr<Schema> good_schema(std::string text) {
    Diagnostics diagnostics;
    auto schema = read_schema(read_good("vocabulary.yaml", std::move(text)), diagnostics);
    EXPECT_EQ(diagnostics.to_string(), "");
    return schema;
}

inline std::string file_text(const std::string& path) {
    std::ifstream in(PRAXE_SOURCE_DIR "/" + path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The facts that the shipped rulesets know.
inline const Schema& shipped() {
    static const std::unique_ptr<Schema> schema = good_schema(file_text("rules/vocabulary.yaml"));
    return *schema;
}

/// REQUIRES: nothing is wrong with it.
inline CaseFacts good_case(const Schema& schema, const std::string& name, std::string text) {
    Diagnostics diagnostics;
    auto facts = read_case(read_good(name, std::move(text)), schema, diagnostics);
    EXPECT_EQ(diagnostics.to_string(), "");
    return facts ? *std::move(facts) : CaseFacts{};
}

/// How many things are wrong with it.
inline std::size_t mistakes_in(const Schema& schema, const std::string& name, std::string text) {
    Diagnostics diagnostics;
    const auto facts = read_case(read_good(name, std::move(text)), schema, diagnostics);
    EXPECT_EQ(facts.has_value(), diagnostics.empty());
    return diagnostics.size();
}

/// The value at a path of field names and numbers: `client.appointments[0].id`. REQUIRES: it is there.
inline const Value& at(const Record& record, std::string_view field) {
    return record.fields.at(static_cast<std::size_t>(record.type->find(field)));
}

}  // namespace praxe
