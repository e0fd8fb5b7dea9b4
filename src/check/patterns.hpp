// The regular expressions that a program writes out, compiled once it is whole.
#pragma once

#include "check/model.hpp"

namespace praxe {

void compile_patterns(Model& model);

}  // namespace praxe
