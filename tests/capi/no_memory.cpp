// Memory runs out at one point after the other of every call: what comes of it is a status, never an exception.
// Usage: no_memory TESTS_CAPI_FOLDER
#include <praxe/praxe.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <new>
#include <string>

namespace {

constexpr std::size_t never = SIZE_MAX;
std::size_t allocations_left = never;

bool runs_out() {
    if (allocations_left == never) return false;
    if (allocations_left == 0) {
        allocations_left = never;  // this one fails, those after it do not
        return true;
    }
    --allocations_left;
    return false;
}

}  // namespace

void* operator new(std::size_t size) {
    void* const memory = runs_out() ? nullptr : std::malloc(size > 0 ? size : 1);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}
// Who asks so can do without (std::stable_sort).
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return std::malloc(size > 0 ? size : 1);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
    std::free(memory);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace {

int failures = 0;

/// Calls until the memory suffices. Near the beginning every allocation fails in turn, farther on one of every few.
/// Out of memory a call gives PRAXE_NO_MEMORY, or `also`.
void starve(const char* what, const std::function<praxe_status()>& call, praxe_status also = PRAXE_NO_MEMORY) {
    std::size_t runs = 0;
    for (std::size_t point = 0;; point += 1 + point / 40) {
        ++runs;
        allocations_left = point;
        const praxe_status status = call();
        const bool ran_out = allocations_left == never;
        allocations_left = never;
        if (ran_out ? status != PRAXE_NO_MEMORY && status != also : status != PRAXE_OK) {
            std::fprintf(stderr, "%s: status %d after %zu allocations\n", what, static_cast<int>(status), point);
            ++failures;
        }
        if (!ran_out) break;
    }
    std::printf("%s: %zu runs\n", what, runs);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const std::string path = std::string(argv[1]) + "/kinds.yaml";
    const char* const json =
        R"({"at": "2024-05-02T10:00:00Z", "sample": {"count": 3, "moment": "2024-05-03T00:00:00Z", "parts": [{"id": "p"}]}})";
    praxe_ruleset* ruleset = nullptr;
    praxe_case* facts = nullptr;
    praxe_case* made = nullptr;
    praxe_answers* answers = nullptr;
    praxe_error* error = nullptr;
    char* line = nullptr;
    if (praxe_ruleset_load(path.c_str(), &ruleset, &error) != PRAXE_OK) return 2;
    if (praxe_decide_json(ruleset, json, PRAXE_ZERO_ENDED, nullptr, &line, nullptr) != PRAXE_OK) return 2;
    praxe_text_free(line);

    const auto load = [&] {
        praxe_ruleset* again = nullptr;
        const praxe_status status = praxe_ruleset_load(path.c_str(), &again, &error);
        praxe_ruleset_free(again);
        praxe_error_free(error);
        return status;
    };
    starve("load", load, PRAXE_INVALID);  // to the stream that reads it, a file cannot be read then
    starve("copy", [&] {
        praxe_ruleset* const copy = praxe_ruleset_copy(ruleset);
        praxe_ruleset_free(copy);
        return copy == nullptr ? PRAXE_NO_MEMORY : PRAXE_OK;
    });
    if (praxe_case_new(ruleset, &made, &error) != PRAXE_OK) return 2;
    starve("set", [&] { return praxe_case_set_text(made, "sample.parts[0].id", "a part", PRAXE_ZERO_ENDED, &error); });
    starve("check", [&] { return praxe_case_check(made, &error); });
    starve("a wrong path", [&] {
        const praxe_status status = praxe_case_set_text(made, "sample..", "x", PRAXE_ZERO_ENDED, &error);
        praxe_error_free(error);
        return status == PRAXE_BAD_CALL ? PRAXE_OK : status;
    });
    starve("read", [&] {
        praxe_case_free(facts);
        facts = nullptr;
        return praxe_case_read_json(ruleset, json, PRAXE_ZERO_ENDED, &facts, &error);
    });
    starve("decide", [&] {
        praxe_answers_free(answers);
        answers = nullptr;
        return praxe_decide(facts, nullptr, &answers, &error);
    });
    starve("decide JSON", [&] {
        char* text = nullptr;
        const praxe_status status = praxe_decide_json(ruleset, json, PRAXE_ZERO_ENDED, nullptr, &text, nullptr);
        praxe_text_free(text);
        return status;
    });
    praxe_answers_free(answers);
    praxe_case_free(made);
    praxe_case_free(facts);
    praxe_ruleset_free(ruleset);
    return failures > 0 ? 1 : 0;
}
