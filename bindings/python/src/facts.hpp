// Facts as a Python program holds them: dicts, lists and plain values; JSON as text or bytes; a file by its path.
//
// What is said of a dict has no line: its diagnostics name facts by path instead.
#pragma once

#include <pybind11/pybind11.h>

#include <praxe/diagnostics.hpp>
#include <praxe/ruleset.hpp>
#include <string>
#include <variant>
#include <vector>

#include "document/node.hpp"

namespace praxe::python {

namespace py = pybind11;

/// Paths of facts by the number that stands as `begin` in the span of their nodes (which are in no source).
using FactPaths = std::vector<std::string>;

struct MadeCase {
    Node document;
    Diagnostics diagnostics;  // what cannot be a fact at all; then the document is of no use
};
/// REQUIRES: the GIL is held. Exceptions of the host's own classes pass through. `zone` is named in remedies; with
/// `paths` the path of every fact is noted (slower).
MadeCase made_case(py::handle facts, const std::string& zone, FactPaths* paths = nullptr);

/// A case as the host gave it, out of Python's hands unless it is a dict.
struct CaseFile {
    std::string path;
};
using GivenCase = std::variant<MadeCase, SourcePtr, CaseFile>;
/// The name that a case given as text has in messages; such a text is JSON.
inline constexpr const char* text_case_name = "<case>";
/// REQUIRES: the GIL is held.
GivenCase take_case(py::handle facts, const std::string& zone);

/// Needs no GIL.
Result<Case> read_given(const Ruleset& ruleset, GivenCase given);

/// The path of the innermost fact at an offset of its document (`client.status`); empty for the whole case.
std::string path_at(const Node& document, std::uint32_t offset);

}  // namespace praxe::python
