// The files that a path on the command line stands for.
#pragma once

#include <praxe/diagnostics.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace praxe {

/// Those of a folder and of the folders below it whose names have that ending, by name; a file stands for itself.
/// `what` they are is said where there are none.
std::vector<std::string> files_below(const std::string& path, std::string_view ending, std::string_view what,
                                     Diagnostics& diagnostics);

}  // namespace praxe
