// Who serves a client, until when and why: facts as text in, answers out.
#include <iostream>
#include <praxe/ruleset.hpp>

constexpr const char* facts = R"({
  "at": "2024-05-02T10:00:00-03:00",
  "client": {"status": "active", "appointments": [{"id": "a1", "kind": "sale_contact", "product": "radar", "owner": "ana",
             "created_at": "2024-04-29T15:00:00-03:00", "quote_sent": true}]},
  "request": {"product": "radar", "handler": "caio"},
  "staff": [{"id": "ana", "team": "sales", "status": "available"}, {"id": "caio", "team": "support", "status": "available"}]
})";

int main(int argc, char** argv) {
    const auto ruleset = praxe::Ruleset::load(argc > 1 ? argv[1] : "rules/company.yaml");
    if (!ruleset) return std::cerr << ruleset.diagnostics().to_string(), 2;
    const auto client = ruleset->read_case(std::make_shared<praxe::Source>("client.json", facts));
    if (!client) return std::cerr << client.diagnostics().to_string(), 2;
    for (const praxe::Answer& answer : ruleset->decide(*client, {.decisions = {"lead_owner"}}))
        std::cout << ruleset->to_json(answer) << '\n';
}
