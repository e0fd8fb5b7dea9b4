// Any text as facts in YAML.
#include "facts.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    praxe::fuzz::read_facts("case.yaml", data, size);
    return 0;
}
