// Any text as a vocabulary.
#include "facts/schema.hpp"
#include "inputs.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    praxe::Diagnostics diagnostics;
    const auto source = std::make_shared<const praxe::Source>("vocabulary.yaml", praxe::fuzz::text_of(data, size));
    if (const auto document = read_document(source, diagnostics)) read_schema(*document, diagnostics);
    diagnostics.to_string();
    return 0;
}
