// Any text as a case in JSON, put to the shipped ruleset through the C interface.
#include <praxe/praxe.h>

#include "inputs.hpp"

namespace {

praxe_ruleset* load() {
    praxe_ruleset* ruleset = nullptr;
    if (praxe_ruleset_load(PRAXE_SOURCE_DIR "/rules/company.yaml", &ruleset, nullptr) != PRAXE_OK) std::abort();
    return ruleset;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const praxe_ruleset* const ruleset = load();
    praxe_options options = PRAXE_OPTIONS_INIT;
    options.max_evaluations = 50;
    options.flags = PRAXE_EXPLAIN | PRAXE_TEXTS;
    char* answer = nullptr;
    const praxe_status status =
        praxe_decide_json(ruleset, reinterpret_cast<const char*>(data), size, &options, &answer, nullptr);
    if (status != PRAXE_OK && status != PRAXE_INVALID) std::abort();  // the call itself is right
    praxe_text_free(answer);
    return 0;
}
