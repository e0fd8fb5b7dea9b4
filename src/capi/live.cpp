// A version in service, for C.
#include <praxe/live.hpp>

#include "capi/handles.hpp"

struct praxe_live {
    explicit praxe_live(praxe::Ruleset first) : live(std::move(first)) {}
    praxe::Live<praxe::Ruleset> live;
};

extern "C" {

praxe_status praxe_live_new(const praxe_ruleset* first, praxe_live** live, praxe_error** error) {
    return praxe::guarded(error, [&](praxe::Diagnostics& diagnostics) {
        if (first == nullptr || live == nullptr) return praxe::bad_call(diagnostics, "first or live is NULL");
        praxe::give(live, std::make_unique<praxe_live>(first->ruleset));
        return PRAXE_OK;
    });
}

void praxe_live_free(praxe_live* live) {
    praxe::take_back(live);
}

praxe_ruleset* praxe_live_get(const praxe_live* live) {
    praxe_ruleset* serving = nullptr;
    praxe::guarded(nullptr, [&](praxe::Diagnostics&) {
        if (live == nullptr) return PRAXE_BAD_CALL;
        praxe::give(&serving, std::make_unique<praxe_ruleset>(*live->live.get()));
        return PRAXE_OK;
    });
    return serving;
}

praxe_status praxe_live_swap(praxe_live* live, const praxe_ruleset* next, praxe_error** error) {
    return praxe::guarded(error, [&](praxe::Diagnostics& diagnostics) {
        if (live == nullptr || next == nullptr) return praxe::bad_call(diagnostics, "live or next is NULL");
        live->live.swap(next->ruleset);
        return PRAXE_OK;
    });
}

praxe_status praxe_live_reload(praxe_live* live, const char* path, praxe_error** error) {
    return praxe::guarded(error, [&](praxe::Diagnostics& diagnostics) {
        if (live == nullptr || path == nullptr) return praxe::bad_call(diagnostics, "live or path is NULL");
        diagnostics = live->live.reload([&] { return praxe::Ruleset::load(path); });
        return diagnostics.empty() ? PRAXE_OK : PRAXE_INVALID;
    });
}

}  // extern "C"
