// The codes of errors as hosts read them.
#pragma once

#include <praxe/value.hpp>

namespace praxe {

/// `missing_fact`, `no_such_key`, …: the enumerator's own name, which stays as long as the program.
const char* name_of(Error::Code code);

}  // namespace praxe
