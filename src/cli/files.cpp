// Folders walked through.
#include "cli/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace praxe {

namespace fs = std::filesystem;

std::vector<std::string> files_below(const std::string& path, std::string_view ending, std::string_view what,
                                     Diagnostics& diagnostics) {
    std::error_code failed;
    if (!fs::is_directory(path, failed)) return {path};
    std::vector<std::string> files;
    for (auto entry = fs::recursive_directory_iterator(path, failed); !failed && entry != fs::end(entry);
         entry.increment(failed)) {
        if (!entry->is_directory() && entry->path().filename().string().ends_with(ending))
            files.push_back(entry->path().string());
    }
    if (failed) diagnostics.error({}, fmt::format("cannot read \"{}\": {}", path, failed.message()));
    if (files.empty() && !failed)
        diagnostics.error({}, fmt::format("there are no {} files in \"{}\"", what, path),
                          fmt::format("their names end in {}", ending));
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace praxe
