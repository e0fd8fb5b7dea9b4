// Errors, texts and the version, for C.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "capi/handles.hpp"

#define PRAXE_AS_TEXT_OF(x) #x
#define PRAXE_AS_TEXT(x) PRAXE_AS_TEXT_OF(x)

namespace praxe {

std::optional<std::string> taken_text(const char* text, std::size_t length, const char* what,
                                      Diagnostics& diagnostics) {
    if (text == nullptr) {
        bad_call(diagnostics, fmt::format("{} is NULL", what));
        return std::nullopt;
    }
    if (length == PRAXE_ZERO_ENDED) length = std::strlen(text);
    const std::size_t most = DocumentLimits{}.max_bytes;
    if (length > most) {
        bad_call(diagnostics, fmt::format("{} has {} bytes; {} are the most", what, length, most));
        return std::nullopt;
    }
    return std::string(text, length);
}

void give_text(const std::string& text, char** out, std::size_t* out_length) {
    auto given = std::make_unique<char[]>(text.size() + 1);
    std::copy(text.begin(), text.end(), given.get());
    *out = given.release();
    if (out_length != nullptr) *out_length = text.size();
}

namespace {

const Diagnostic* diagnostic_of(const praxe_error* error, std::size_t index) {
    return error != nullptr && index < error->list.size() ? &error->list[index] : nullptr;
}

std::optional<Source::Position> position_of(const praxe_error* error, std::size_t index) {
    const Diagnostic* const diagnostic = diagnostic_of(error, index);
    if (diagnostic == nullptr || !diagnostic->place) return std::nullopt;
    return diagnostic->place.source->position(diagnostic->place.span.begin);
}

}  // namespace
}  // namespace praxe

extern "C" {

const char* praxe_version() {
    return PRAXE_AS_TEXT(PRAXE_VERSION_MAJOR) "." PRAXE_AS_TEXT(PRAXE_VERSION_MINOR) "." PRAXE_AS_TEXT(
        PRAXE_VERSION_PATCH);
}

int praxe_abi_version() {
    return PRAXE_ABI_VERSION;
}

size_t praxe_error_count(const praxe_error* error) {
    return error == nullptr ? 0 : error->list.size();
}

const char* praxe_error_message(const praxe_error* error, size_t index) {
    const auto* const diagnostic = praxe::diagnostic_of(error, index);
    return diagnostic == nullptr ? "" : diagnostic->message.c_str();
}

const char* praxe_error_hint(const praxe_error* error, size_t index) {
    const auto* const diagnostic = praxe::diagnostic_of(error, index);
    return diagnostic == nullptr ? "" : diagnostic->hint.c_str();
}

const char* praxe_error_file(const praxe_error* error, size_t index) {
    const auto* const diagnostic = praxe::diagnostic_of(error, index);
    return diagnostic == nullptr || !diagnostic->place ? "" : diagnostic->place.source->name().c_str();
}

uint32_t praxe_error_line(const praxe_error* error, size_t index) {
    const auto position = praxe::position_of(error, index);
    return position ? position->line : 0;
}

uint32_t praxe_error_column(const praxe_error* error, size_t index) {
    const auto position = praxe::position_of(error, index);
    return position ? position->column : 0;
}

const char* praxe_error_text(const praxe_error* error) {
    return error == nullptr ? "" : error->text.c_str();
}

void praxe_error_free(praxe_error* error) {
    praxe::take_back(error);
}

void praxe_text_free(char* text) {
    const std::unique_ptr<char[]> owned(text);
}

}  // extern "C"
