// The leads decided by CLIPS, embedded: one fact a lead, asserted from a host's struct, the agenda run, the fact taken
// back.
//
// usage: clips_peer leads.clp plain.jsonl
extern "C" {
#include <clips/clips.h>
}
#include "../lead.hpp"

namespace {

struct Answer {
    const char *rule = nullptr, *route = nullptr;
    long long priority = 0;
} answer;

void take_answer(void* environment) {
    answer = {EnvRtnLexeme(environment, 1), EnvRtnLexeme(environment, 2), EnvRtnLong(environment, 3)};
}

void put(void* environment, fact* made, const char* slot, int type, void* value) {
    DATA_OBJECT object{};
    object.type = static_cast<unsigned short>(type);
    object.value = value;
    EnvPutFactSlot(environment, made, slot, &object);
}
void put(void* environment, fact* made, const char* slot, const char* symbol) {
    put(environment, made, slot, SYMBOL, EnvAddSymbol(environment, symbol));
}
void put(void* environment, fact* made, const char* slot, std::int64_t number) {
    put(environment, made, slot, INTEGER, EnvAddLong(environment, number));
}

std::int64_t decide(void* environment, void* form, const peers::Lead& lead) {
    fact* made = EnvCreateFact(environment, form);
    put(environment, made, "stage", lead.stage.c_str());
    put(environment, made, "product", lead.product.c_str());
    put(environment, made, "region", lead.region.c_str());
    put(environment, made, "channel", lead.channel.c_str());
    put(environment, made, "age", lead.age);
    put(environment, made, "score", lead.score);
    put(environment, made, "visits", lead.visits);
    put(environment, made, "calls", lead.calls);
    put(environment, made, "amount", lead.amount);
    put(environment, made, "paid", lead.paid);
    put(environment, made, "opened", lead.opened);
    put(environment, made, "renewed", lead.renewed);
    put(environment, made, "returning", lead.returning ? "yes" : "no");
    put(environment, made, "blocked", lead.blocked ? "yes" : "no");
    void* asserted = EnvAssert(environment, made);
    EnvRun(environment, -1);
    EnvRetract(environment, asserted);
    return answer.priority;
}

}  // namespace

int main(int, char** argv) {
    void* environment = CreateEnvironment();
    EnvDefineFunction2(environment, "answer", 'v', reinterpret_cast<int (*)(void*)>(take_answer), "take_answer",
                       "33uwwi");
    if (EnvLoad(environment, argv[1]) != 1) return 2;
    EnvReset(environment);
    void* form = EnvFindDeftemplate(environment, "lead");
    const std::vector<peers::Lead> leads = peers::leads_of(argv[2]);
    const auto one = [&](std::size_t i) { return decide(environment, form, leads[i]); };
    peers::measure("CLIPS, embedded, a fact from a struct", VERSION_STRING, leads.size(), one,
                   [] { return answer.rule; });
}
