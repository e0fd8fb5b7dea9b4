// The same leads decided by praxe, outcome and reason: from JSON text read each time, and from a host's structs.
//
// usage: praxe_peer policy.yaml cases.jsonl
#include <praxe/bind.hpp>
#include <praxe/session.hpp>

#include "lead.hpp"

namespace {

using namespace praxe;

/// What a C++ host would have.
enum class Stage { fresh, contacted, quoted, won, lost };
enum class Product { car, home, life, health, travel, pet, radar, fleet };
enum class Region { north, northeast, midwest, southeast, south, abroad };
enum class Channel { phone, site, partner, campaign };
struct Lead {
    Stage stage{};
    Product product{};
    Region region{};
    Channel channel{};
    std::int64_t age = 0, score = 0, visits = 0, calls = 0;
    Money amount, paid;
    std::chrono::sys_days opened;
    std::optional<std::chrono::sys_days> renewed;
    bool returning = false, blocked = false;
};
struct Call {
    Lead lead;
};

template <typename T>
T value_of(Result<T> result) {
    if (result) return *std::move(result);
    std::cerr << result.diagnostics().to_string();
    std::exit(2);
}

Facts<Call> bind(const Ruleset& ruleset) {
    Binder binder(ruleset);
    binder.members<Stage>("stage", {{Stage::fresh, "new"},
                                    {Stage::contacted, "contacted"},
                                    {Stage::quoted, "quoted"},
                                    {Stage::won, "won"},
                                    {Stage::lost, "lost"}});
    binder.members<Product>("product", {{Product::car, "car"},
                                        {Product::home, "home"},
                                        {Product::life, "life"},
                                        {Product::health, "health"},
                                        {Product::travel, "travel"},
                                        {Product::pet, "pet"},
                                        {Product::radar, "radar"},
                                        {Product::fleet, "fleet"}});
    binder.members<Region>("region", {{Region::north, "north"},
                                      {Region::northeast, "northeast"},
                                      {Region::midwest, "midwest"},
                                      {Region::southeast, "southeast"},
                                      {Region::south, "south"},
                                      {Region::abroad, "abroad"}});
    binder.members<Channel>("channel", {{Channel::phone, "phone"},
                                        {Channel::site, "site"},
                                        {Channel::partner, "partner"},
                                        {Channel::campaign, "campaign"}});
    binder.record<Lead>("Lead")
        .field("stage", &Lead::stage)
        .field("product", &Lead::product)
        .field("region", &Lead::region)
        .field("channel", &Lead::channel)
        .field("age", &Lead::age)
        .field("score", &Lead::score)
        .field("visits", &Lead::visits)
        .field("calls", &Lead::calls)
        .field("amount", &Lead::amount)
        .field("paid", &Lead::paid)
        .field("opened", &Lead::opened)
        .field("renewed", &Lead::renewed)
        .field("returning", &Lead::returning)
        .field("blocked", &Lead::blocked);
    binder.facts<Call>().field("lead", &Call::lead);
    return value_of(binder.facts_of<Call>());
}

}  // namespace

int main(int, char** argv) {
    const Ruleset ruleset = value_of(Ruleset::load(argv[1]));
    const Facts<Call> facts = bind(ruleset);
    std::vector<SourcePtr> texts;
    std::vector<Call> calls;
    for (const std::string& line : peers::lines_of(argv[2])) {
        texts.push_back(std::make_shared<Source>("case.json", line));
        calls.push_back(value_of(facts.read(value_of(ruleset.read_case(texts.back())))));
    }
    const DecideOptions options{.decisions = {"handling"}, .at = 0, .valid_until = false};
    std::vector<Answer> answers;
    const auto measure = [&](const char* what, auto case_of) {
        peers::measure(
            what, "", calls.size(),
            [&](std::size_t i) {
                answers = ruleset.decide(case_of(i), options);
                return answers[0].outcome.as_record().fields[1].as_int();
            },
            [&] { return answers[0].because.at(0).rule; });
    };
    measure("praxe, from JSON text", [&](std::size_t i) { return value_of(ruleset.read_case(texts[i])); });
    measure("praxe, from bound structs", [&](std::size_t i) { return facts.of(calls[i]); });

    Session session(ruleset);
    const auto handling = value_of(session.question("handling"));
    const auto priority = value_of(session.field("handling", "priority"));
    std::string_view rule;
    peers::measure(
        "praxe, a session over structs in place", "", calls.size(),
        [&](std::size_t i) {
            session.begin(facts.in_place(calls[i]), 0);
            const AnswerView answer = session.decide(handling);
            rule = answer.because().front().rule;
            return answer.outcome()[priority].whole();
        },
        [&] { return std::string(rule); });
}
