// A vocabulary's files: one may extend another with members, fields, records and facts of its own.
#pragma once

#include "document/rules.hpp"

namespace praxe {

/// The document as one, every node with its own place. Everything wrong goes to `diagnostics`, and then nothing is
/// returned. `changes` are told what is added to a base.
std::optional<Node> read_vocabulary(const SourcePtr& source, const FileReader& read_file, const RulesetLimits& limits,
                                    std::vector<OverlayChange>& changes, Diagnostics& diagnostics);

}  // namespace praxe
