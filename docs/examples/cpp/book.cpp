// One timer for all cases: what changes next, and what has changed by then.
#include <iostream>
#include <praxe/book.hpp>

constexpr const char* facts = R"({
  "client": {"status": "active", "appointments": [{"id": "a1", "kind": "sale_contact", "product": "radar", "owner": "ana",
             "created_at": "2024-04-29T15:00:00-03:00", "quote_sent": true}]},
  "request": {"product": "radar", "handler": "caio"},
  "staff": [{"id": "ana", "team": "sales", "status": "available"}, {"id": "caio", "team": "support", "status": "available"}]
})";

int main(int argc, char** argv) {
    const auto ruleset = praxe::Ruleset::load(argc > 1 ? argv[1] : "rules/company.yaml");
    if (!ruleset) return std::cerr << ruleset.diagnostics().to_string(), 2;
    constexpr std::int64_t now = 1'714'654'800'000'000;  // 2024-05-02T10:00:00-03:00
    auto book = praxe::Book::open(*ruleset, now, {.decisions = {"lead_owner"}});
    if (!book) return std::cerr << book.diagnostics().to_string(), 2;
    const auto put = book->put("c1", facts);  // and again whenever the facts of c1 change
    if (!put) return std::cerr << put.diagnostics().to_string(), 2;

    const auto timer = book->next_wakeup();
    if (!timer) return 0;
    std::cout << timer->case_id << " is next, in " << (timer->at - now) / 3'600'000'000 << " hours\n";
    for (const praxe::Change& change : book->due(timer->at)) {
        std::cout << ruleset->to_json(change.now) << '\n';
        if (change.because) std::cout << change.because->comparison << ", " << change.because->fact << '\n';
    }
}
