// How the fuzzers' inputs are read: bytes as a text, a text as several files, files of the checkout.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <praxe/ruleset.hpp>
#include <string>
#include <string_view>

namespace praxe::fuzz {

inline std::string text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// The files of one text: each begins after a line `%%% NAME`; what stands before the first such line is `main.yaml`.
inline std::map<std::string, std::string> files_of(std::string_view text) {
    constexpr std::string_view mark = "%%% ";
    std::map<std::string, std::string> files;
    std::string* file = &files["main.yaml"];
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end);
        if (line.starts_with(mark)) {
            file = &files[std::string(line.substr(mark.size(), line.find('\n') - mark.size()))];
        } else {
            file->append(line);
        }
    }
    return files;
}

inline SourcePtr checkout_file(const std::string& path) {
    std::string message;
    SourcePtr source = Ruleset::read_file(std::string(PRAXE_SOURCE_DIR) + "/" + path, message);
    if (source != nullptr) return source;
    std::fprintf(stderr, "%s: %s\n", path.c_str(), message.c_str());
    std::abort();
}

inline const Ruleset& shipped_ruleset() {
    static const auto ruleset = Ruleset::load(std::string(PRAXE_SOURCE_DIR) + "/rules/company.yaml");
    if (ruleset) return *ruleset;
    std::fputs(ruleset.diagnostics().to_string().c_str(), stderr);
    std::abort();
}

}  // namespace praxe::fuzz
