// Everything that is wrong in a host's object, where a decision would only tell what it reads.
#pragma once

#include "check/model.hpp"

namespace praxe {

/// Values that may not be, keys that stand for nothing, broken assumptions. Texts were checked when they were read.
Diagnostics wrong_facts(const Model& model, const std::shared_ptr<const Record>& facts);

}  // namespace praxe
