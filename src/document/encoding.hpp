// What every document must be before it is read: not too long, UTF-8, no control characters.
#pragma once

#include "document/node.hpp"

namespace praxe {

/// Where the text begins: after a byte order mark, if there is one. Nothing if the text cannot be read at all.
std::optional<std::uint32_t> check_encoding(const SourcePtr& source, const DocumentLimits& limits,
                                            Diagnostics& diagnostics);

}  // namespace praxe
