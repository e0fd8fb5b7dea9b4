/* Who serves a client who asks about a product? Usage: decide RULESET (rules/company.yaml) */
#include <inttypes.h>
#include <praxe/praxe.h>
#include <stdio.h>

static int fail(praxe_error* error) {
    fputs(praxe_error_text(error), stderr);
    praxe_error_free(error);
    return 2;
}

static const char facts[] =
    "{\"at\": \"2024-05-02T10:00:00-03:00\","
    " \"client\": {\"status\": \"active\", \"appointments\": ["
    "   {\"id\": \"a1\", \"kind\": \"sale_contact\", \"product\": \"radar\", \"owner\": \"ana\","
    "    \"created_at\": \"2024-04-29T15:00:00-03:00\", \"quote_sent\": true}]},"
    " \"request\": {\"product\": \"radar\", \"handler\": \"caio\"},"
    " \"staff\": [{\"id\": \"ana\", \"team\": \"sales\", \"role\": \"seller\", \"status\": \"available\"},"
    "           {\"id\": \"caio\", \"team\": \"support\", \"role\": \"attendant\", \"status\": \"available\"}]}";

int main(int argc, char** argv) {
    praxe_ruleset* ruleset = NULL;
    praxe_case* client = NULL;
    praxe_answers* answers = NULL;
    praxe_error* error = NULL;

    if (praxe_ruleset_load(argc > 1 ? argv[1] : "rules/company.yaml", &ruleset, &error) != PRAXE_OK) return fail(error);
    if (praxe_case_read_json(ruleset, facts, PRAXE_ZERO_ENDED, &client, &error) != PRAXE_OK) return fail(error);
    if (praxe_decide(client, NULL, &answers, &error) != PRAXE_OK) return fail(error);

    const praxe_answer* lead = praxe_answers_find(answers, "lead_owner");
    const char* owner = "nobody";
    if (praxe_answer_get_text(lead, "owner", &owner, NULL) == PRAXE_FAILED) owner = praxe_answer_error_message(lead);
    printf("%s, by %s\n", owner, praxe_because_cite(lead, 0, 0));

    int64_t until = 0;
    if (praxe_answer_valid_until(lead, &until) == PRAXE_UNTIL)
        printf("until %" PRId64 " s after 1970-01-01T00:00:00Z\n", until / 1000000);

    praxe_answers_free(answers);
    praxe_case_free(client);
    praxe_ruleset_free(ruleset);
    return 0;
}
