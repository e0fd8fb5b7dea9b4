// Rulesets for C: loaded from disk or from texts in memory.
#include <algorithm>
#include <filesystem>

#include "capi/handles.hpp"

namespace praxe {
namespace {

/// One name for one file, however its path is written.
std::string plain_path(const std::string& path) {
    return std::filesystem::path(path).lexically_normal().string();
}

std::optional<std::vector<SourcePtr>> taken_files(const praxe_file* files, std::size_t count,
                                                  Diagnostics& diagnostics) {
    std::vector<SourcePtr> sources;
    for (std::size_t i = 0; i < count; ++i) {
        if (files[i].name == nullptr) {
            bad_call(diagnostics, "a file has no name");
            continue;
        }
        auto text = taken_text(files[i].text, files[i].length, files[i].name, diagnostics);
        if (text) sources.push_back(std::make_shared<const Source>(plain_path(files[i].name), *std::move(text)));
    }
    if (!diagnostics.empty()) return std::nullopt;
    return sources;
}

praxe_status give_ruleset(Result<Ruleset> loaded, praxe_ruleset** ruleset, Diagnostics& diagnostics) {
    if (!loaded) {
        diagnostics = loaded.diagnostics();
        return PRAXE_INVALID;
    }
    give(ruleset, std::make_unique<praxe_ruleset>(*std::move(loaded)));
    return PRAXE_OK;
}

}  // namespace
}  // namespace praxe

extern "C" {

praxe_status praxe_ruleset_load(const char* path, praxe_ruleset** ruleset, praxe_error** error) {
    return praxe::guarded(error, [&](praxe::Diagnostics& diagnostics) {
        if (path == nullptr || ruleset == nullptr) return praxe::bad_call(diagnostics, "path or ruleset is NULL");
        return praxe::give_ruleset(praxe::Ruleset::load(path), ruleset, diagnostics);
    });
}

praxe_status praxe_ruleset_load_files(const praxe_file* files, size_t count, praxe_ruleset** ruleset,
                                      praxe_error** error) {
    return praxe::guarded(error, [&](praxe::Diagnostics& diagnostics) {
        if (files == nullptr || ruleset == nullptr) return praxe::bad_call(diagnostics, "files or ruleset is NULL");
        if (count == 0) return praxe::bad_call(diagnostics, "no files: the first one is the ruleset");
        const auto sources = praxe::taken_files(files, count, diagnostics);
        if (!sources) return PRAXE_BAD_CALL;
        const auto read = [&](const std::string& path, std::string& message) -> praxe::SourcePtr {
            const std::string name = praxe::plain_path(path);
            const auto found = std::find_if(sources->begin(), sources->end(),
                                            [&](const praxe::SourcePtr& source) { return source->name() == name; });
            if (found != sources->end()) return *found;
            message = "no such file among those given";
            return nullptr;
        };
        return praxe::give_ruleset(praxe::Ruleset::load(sources->front()->name(), read), ruleset, diagnostics);
    });
}

praxe_ruleset* praxe_ruleset_copy(const praxe_ruleset* ruleset) {
    praxe_ruleset* copy = nullptr;
    praxe::guarded(nullptr, [&](praxe::Diagnostics&) {
        if (ruleset == nullptr) return PRAXE_BAD_CALL;
        praxe::give(&copy, std::make_unique<praxe_ruleset>(*ruleset));
        return PRAXE_OK;
    });
    return copy;
}

void praxe_ruleset_free(praxe_ruleset* ruleset) {
    praxe::take_back(ruleset);
}

const char* praxe_ruleset_name(const praxe_ruleset* ruleset) {
    return ruleset == nullptr ? nullptr : ruleset->ruleset.name().c_str();
}

size_t praxe_ruleset_decision_count(const praxe_ruleset* ruleset) {
    return ruleset == nullptr ? 0 : ruleset->decisions.size();
}

const char* praxe_ruleset_decision(const praxe_ruleset* ruleset, size_t index) {
    return ruleset != nullptr && index < ruleset->decisions.size() ? ruleset->decisions[index].c_str() : nullptr;
}

}  // extern "C"
