// What the scalars of a document are to its reader: which hold expressions, texts with holes, or a table.
#pragma once

#include <map>

#include "document/node.hpp"

namespace praxe {

enum class WrittenText {
    expression,
    output,  // an expression, or a member of a closed set standing bare
    texts,   // for people, with expressions between `<` and `>`
    table,
};

/// By node of the tree, which must outlive the map; all that is not in it has no form of its own. Of a vocabulary and a
/// ruleset; scenarios, cases and calendars hold none.
using WrittenTexts = std::map<const Node*, WrittenText>;

WrittenTexts written_texts(const Node& document);

/// Reports the expressions that do not parse; outputs and cells may be members, which only a ruleset knows.
void check_expressions(const WrittenTexts& texts, Diagnostics& diagnostics);

}  // namespace praxe
