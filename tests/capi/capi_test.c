/* The C interface from C99: what is set comes back, by every way in and every way out.
 * Usage: capi_test RULES_FOLDER TESTS_CAPI_FOLDER */
#include <math.h>

#include "check.h"

#define AT INT64_C(1714644000000000)       /* 2024-05-02T10:00:00Z */
#define MIDNIGHT INT64_C(1714694400000000) /* 2024-05-03T00:00:00Z */

static praxe_ruleset* loaded(const char* folder, const char* file) {
    char path[1000];
    praxe_ruleset* ruleset = NULL;
    praxe_error* error = NULL;
    snprintf(path, sizeof path, "%s/%s", folder, file);
    CHECK_OK(praxe_ruleset_load(path, &ruleset, &error));
    return ruleset;
}

static void versions(void) {
    char expected[40];
    snprintf(expected, sizeof expected, "%d.%d.%d", PRAXE_VERSION_MAJOR, PRAXE_VERSION_MINOR, PRAXE_VERSION_PATCH);
    CHECK_TEXT(praxe_version(), expected);
    CHECK_TEXT(praxe_version(), PRAXE_PROJECT_VERSION);
    CHECK(praxe_abi_version() == PRAXE_ABI_VERSION);
}

/* ------------------------------------------------------------------------------ one case of the shipped policy */

static const char lead_json[] =
    "{\"at\": \"2024-05-02T10:00:00-03:00\","
    " \"client\": {\"status\": \"active\", \"appointments\": ["
    "   {\"id\": \"a1\", \"kind\": \"sale_contact\", \"product\": \"radar\", \"owner\": \"ana\","
    "    \"created_at\": \"2024-04-29T18:00:00Z\", \"quote_sent\": true},"
    "   {\"id\": \"a2\", \"kind\": \"support\", \"owner\": \"caio\", \"created_at\": \"2024-04-30T18:00:00Z\"}]},"
    " \"request\": {\"product\": \"radar\", \"handler\": \"caio\"},"
    " \"staff\": [{\"id\": \"ana\", \"team\": \"sales\", \"role\": \"seller\", \"status\": \"available\"},"
    "           {\"id\": \"caio\", \"team\": \"support\", \"role\": \"attendant\", \"status\": \"available\"}]}";

static const char* const lead_texts[][2] = {
    {"client.status", "active"},
    {"client.appointments[0].id", "a1"},
    {"client.appointments[0].kind", "sale_contact"},
    {"client.appointments[0].product", "radar"},
    {"client.appointments[0].owner", "ana"},
    {"client.appointments[1].id", "a2"},
    {"client.appointments[1].kind", "support"},
    {"client.appointments[1].owner", "caio"},
    {"request.product", "radar"},
    {"request.handler", "caio"},
    {"staff[0].id", "ana"},
    {"staff[0].team", "sales"},
    {"staff[0].role", "seller"},
    {"staff[0].status", "available"},
    {"staff[1].id", "caio"},
    {"staff[1].team", "support"},
    {"staff[1].role", "attendant"},
    {"staff[1].status", "available"},
};

static praxe_case* lead_by_accessors(const praxe_ruleset* ruleset) {
    praxe_case* facts = NULL;
    praxe_error* error = NULL;
    const size_t count = sizeof lead_texts / sizeof lead_texts[0];
    CHECK_OK(praxe_case_new(ruleset, &facts, &error));
    CHECK_OK(praxe_case_set_instant(facts, "at", INT64_C(1714654800000000), &error));
    for (size_t i = 0; i < count; ++i)
        CHECK_OK(praxe_case_set_text(facts, lead_texts[i][0], lead_texts[i][1], strlen(lead_texts[i][1]), &error));
    CHECK_OK(praxe_case_set_instant(facts, "client.appointments[0].created_at", INT64_C(1714413600000000), &error));
    CHECK_OK(praxe_case_set_instant(facts, "client.appointments[1].created_at", INT64_C(1714500000000000), &error));
    CHECK_OK(praxe_case_set_bool(facts, "client.appointments[0].quote_sent", true, &error));
    return facts;
}

/* The line of all answers; to be freed. */
static char* decided(praxe_case* facts, const praxe_options* options) {
    praxe_answers* answers = NULL;
    praxe_error* error = NULL;
    char* line = NULL;
    size_t length = 0;
    CHECK_OK(praxe_decide(facts, options, &answers, &error));
    CHECK(praxe_answers_json(answers, &line, &length) == PRAXE_OK);
    CHECK(line != NULL && strlen(line) == length);
    praxe_answers_free(answers);
    return line;
}

static void every_way_in_gives_the_same(const char* rules) {
    praxe_ruleset* const ruleset = loaded(rules, "company.yaml");
    praxe_error* error = NULL;
    praxe_case* cases[4] = {NULL, NULL, NULL, NULL};
    char* line = NULL;
    CHECK(praxe_decide_json(ruleset, lead_json, sizeof lead_json - 1, NULL, &line, NULL) == PRAXE_OK);
    CHECK(line != NULL && strstr(line, "\"owner\":\"ana\"") != NULL);
    CHECK(line != NULL && strchr(line, '\n') == NULL);

    CHECK_OK(praxe_case_read_json(ruleset, lead_json, sizeof lead_json - 1, &cases[0], &error));
    CHECK_OK(praxe_case_read_yaml(ruleset, lead_json, PRAXE_ZERO_ENDED, &cases[1], &error));
    cases[2] = lead_by_accessors(ruleset);
    cases[3] = lead_by_accessors(ruleset);
    CHECK_OK(praxe_case_check(cases[3], &error));
    praxe_ruleset_free(ruleset); /* the cases keep what they need */
    for (size_t i = 0; i < 4; ++i) {
        for (int again = 0; again < 2; ++again) {
            char* const other = decided(cases[i], NULL);
            CHECK_TEXT(other, line);
            praxe_text_free(other);
        }
        praxe_case_free(cases[i]);
    }
    praxe_text_free(line);
}

/* --------------------------------------------------------------------------------------------- every type */

static praxe_case* sample(const praxe_ruleset* ruleset) {
    praxe_case* facts = NULL;
    praxe_error* error = NULL;
    CHECK_OK(praxe_case_new(ruleset, &facts, &error));
    CHECK_OK(praxe_case_set_instant(facts, "at", AT, &error));
    CHECK_OK(praxe_case_set_text(facts, "sample.name", "Jo\xC3\xA3o\0!", 7, &error));
    CHECK_OK(praxe_case_set_text(facts, "sample.colour", "red", PRAXE_ZERO_ENDED, &error));
    CHECK_OK(praxe_case_set_int(facts, "sample.count", 8, &error));
    CHECK_OK(praxe_case_set_double(facts, "sample.ratio", 0.1, &error));
    CHECK_OK(praxe_case_set_bool(facts, "sample.flag", false, &error));
    CHECK_OK(praxe_case_set_instant(facts, "sample.moment", MIDNIGHT, &error));
    CHECK_OK(praxe_case_set_date(facts, "sample.day", 2024, 2, 29, &error));
    CHECK_OK(praxe_case_set_money_cents(facts, "sample.price", -12005, &error));
    CHECK_OK(praxe_case_set_text(facts, "sample.share", "12.5", PRAXE_ZERO_ENDED, &error));
    CHECK_OK(praxe_case_set_text(facts, "sample.parts[0].id", "p", 1, &error));
    CHECK_OK(praxe_case_set_int(facts, "sample.parts[0].weight", 3, &error));
    CHECK_OK(praxe_case_set_text(facts, "sample.parts[0].colours[0]", "red", 3, &error));
    CHECK_OK(praxe_case_set_text(facts, "sample.parts[0].colours[1]", "green", 5, &error));
    CHECK_OK(praxe_case_set_text(facts, "sample.parts[1].id", "q", 1, &error));
    CHECK_OK(praxe_case_set_empty_list(facts, "sample.parts[1].colours", &error));
    CHECK_OK(praxe_case_set_text(facts, "sample.inner.id", "i", 1, &error));
    return facts;
}

static void values(const praxe_answer* echo) {
    const char* text = NULL;
    size_t size = 0;
    int64_t whole = 0;
    double real = 0;
    bool flag = true;
    int year = 0;
    int month = 0;
    int day = 0;
    CHECK(praxe_answer_get_text(echo, "name", &text, &size) == PRAXE_OK && size == 7);
    CHECK(memcmp(text, "Jo\xC3\xA3o\0!", 8) == 0);
    CHECK(praxe_answer_get_text(echo, "colour", &text, NULL) == PRAXE_OK);
    CHECK_TEXT(text, "red");
    CHECK(praxe_answer_get_int(echo, "count", &whole) == PRAXE_OK && whole == 8);
    CHECK(praxe_answer_get_int(echo, "wait", &whole) == PRAXE_OK && whole == 3);
    CHECK(praxe_answer_get_double(echo, "ratio", &real) == PRAXE_OK && fabs(real - 0.1) < 1e-17);
    CHECK(praxe_answer_get_bool(echo, "flag", &flag) == PRAXE_OK && !flag);
    CHECK(praxe_answer_get_instant(echo, "moment", &whole) == PRAXE_OK && whole == MIDNIGHT);
    CHECK(praxe_answer_get_date(echo, "day", &year, &month, &day) == PRAXE_OK);
    CHECK(year == 2024 && month == 2 && day == 29);
    CHECK(praxe_answer_get_money_cents(echo, "price", &whole) == PRAXE_OK && whole == -12005);
    CHECK(praxe_answer_get_percent(echo, "share", &whole) == PRAXE_OK && whole == 1250);
    CHECK(praxe_answer_get_list_size(echo, "parts", &size) == PRAXE_OK && size == 2);
    CHECK(praxe_answer_get_double(echo, "parts[0].weight", &real) == PRAXE_OK && real > 2.9 && real < 3.1);
    CHECK(praxe_answer_get_text(echo, "parts[0].colours[1]", &text, NULL) == PRAXE_OK);
    CHECK_TEXT(text, "green");
    CHECK(praxe_answer_get_list_size(echo, "parts[1].colours", &size) == PRAXE_OK && size == 0);
    CHECK(praxe_answer_has(echo, "inner.id"));
    CHECK(!praxe_answer_has(echo, "inner.weight"));
}

static void lists_and_options(const praxe_answers* answers) {
    const praxe_answer* const weights = praxe_answers_find(answers, "weights");
    const praxe_answer* const heaviest = praxe_answers_find(answers, "heaviest");
    const char* text = NULL;
    size_t size = 0;
    bool flag = false;
    CHECK(praxe_answer_get_list_size(weights, "", &size) == PRAXE_OK && size == 2);
    CHECK(praxe_answer_get_bool(weights, "[0].heavy", &flag) == PRAXE_OK && flag);
    CHECK(praxe_answer_get_text(weights, "[1].id", &text, NULL) == PRAXE_OK);
    CHECK_TEXT(text, "q");
    CHECK(!praxe_answer_has(weights, "[0].part")); /* the element itself is not shown */
    CHECK(praxe_answer_get_text(heaviest, "id", &text, NULL) == PRAXE_OK);
    CHECK_TEXT(text, "p");
}

static void reasons(const praxe_answers* answers) {
    const praxe_answer* const due = praxe_answers_find(answers, "due");
    const praxe_answer* const weights = praxe_answers_find(answers, "weights");
    int64_t micros = 0;
    CHECK(praxe_answer_valid_until(due, &micros) == PRAXE_UNTIL && micros == MIDNIGHT);
    CHECK(praxe_answer_valid_until(weights, &micros) == PRAXE_UNTIL_NEVER);
    CHECK(praxe_because_count(due) == 1 && praxe_because_count(weights) == 2);
    CHECK_TEXT(praxe_because_decision(due, 0), "due");
    CHECK_TEXT(praxe_because_rule(due, 0), "still");
    CHECK_TEXT(praxe_because_exception(due, 0), "");
    CHECK_TEXT(praxe_because_item(due, 0), "");
    CHECK(praxe_because_cite_count(due, 0) == 2);
    CHECK_TEXT(praxe_because_cite(due, 0, 0), "K.2");
    CHECK_TEXT(praxe_because_cite(due, 0, 1), "K.1");
    CHECK_TEXT(praxe_because_text(due, 0, "pt"), "ainda n\xC3\xA3o");
    CHECK_TEXT(praxe_because_text(due, 0, "en"), "not yet");
    CHECK(praxe_because_text(due, 0, "fr") == NULL);
    CHECK(praxe_because_valid_until(due, 0, &micros) == PRAXE_UNTIL_UNKNOWN); /* it is the answer's */
    CHECK_TEXT(praxe_because_item(weights, 1), "q");
    CHECK(praxe_because_valid_until(weights, 1, &micros) == PRAXE_UNTIL_NEVER);
}

static void every_type(const char* folder) {
    praxe_ruleset* const ruleset = loaded(folder, "kinds.yaml");
    praxe_case* const facts = sample(ruleset);
    praxe_options options = PRAXE_OPTIONS_INIT;
    praxe_answers* answers = NULL;
    praxe_error* error = NULL;
    CHECK_TEXT(praxe_ruleset_name(ruleset), "kinds");
    CHECK(praxe_ruleset_decision_count(ruleset) == 6);
    CHECK_TEXT(praxe_ruleset_decision(ruleset, 4), "inverse");
    options.flags = PRAXE_TEXTS;
    CHECK_OK(praxe_decide(facts, &options, &answers, &error));
    praxe_case_free(facts);
    praxe_ruleset_free(ruleset);
    CHECK(praxe_answers_count(answers) == 5);
    CHECK_TEXT(praxe_answer_decision(praxe_answers_get(answers, 1)), "due");
    values(praxe_answers_find(answers, "echo"));
    lists_and_options(answers);
    reasons(answers);
    praxe_answers_free(answers);
}

/* ----------------------------------------------------------------------------------------------- the rest */

static void options_are_heeded(const char* folder) {
    static const char* const asked[] = {"due"};
    static const char* const steady[] = {"steady"};
    praxe_ruleset* const ruleset = loaded(folder, "kinds.yaml");
    praxe_case* const facts = sample(ruleset);
    praxe_options options = PRAXE_OPTIONS_INIT;
    praxe_error* error = NULL;
    praxe_answers* answers = NULL;
    int64_t micros = 0;
    options.decisions = asked;
    options.decision_count = 1;
    options.at = MIDNIGHT;
    options.flags = PRAXE_AT | PRAXE_NO_VALID_UNTIL | PRAXE_EXPLAIN;
    CHECK_OK(praxe_decide(facts, &options, &answers, &error));
    CHECK(praxe_answers_count(answers) == 1);
    CHECK(praxe_answer_valid_until(praxe_answers_get(answers, 0), &micros) == PRAXE_UNTIL_UNKNOWN);
    CHECK_TEXT(praxe_because_rule(praxe_answers_get(answers, 0), 0), "due");
    CHECK(praxe_because_text(praxe_answers_get(answers, 0), 0, "en") == NULL);
    praxe_answers_free(answers);

    char* line = decided(facts, &options);
    CHECK(strstr(line, "\"why_not\"") != NULL);
    CHECK(strstr(line, "\"validity\"") == NULL);
    praxe_text_free(line);
    options.flags = PRAXE_EXPLAIN;
    line = decided(facts, &options);
    CHECK(strstr(line, "\"validity\":{\"because\":{\"decision\":\"due\",") != NULL);
    CHECK(strstr(line, "\"next\":{") != NULL);
    praxe_text_free(line);

    options.decisions = steady;
    options.flags = 0;
    CHECK_OK(praxe_decide(facts, &options, &answers, &error));
    CHECK(praxe_answer_valid_until(praxe_answers_get(answers, 0), &micros) == PRAXE_UNTIL_NEVER);
    praxe_answers_free(answers);
    options.max_evaluations = 1;
    CHECK_OK(praxe_decide(facts, &options, &answers, &error));
    CHECK(praxe_answer_valid_until(praxe_answers_get(answers, 0), &micros) == PRAXE_AT_LEAST_UNTIL);
    CHECK(micros > AT);
    praxe_answers_free(answers);
    options.max_evaluations = 0;
    options.flags = PRAXE_HORIZON;
    CHECK_OK(praxe_decide(facts, &options, &answers, &error));
    CHECK(praxe_answer_valid_until(praxe_answers_get(answers, 0), &micros) == PRAXE_AT_LEAST_UNTIL);
    praxe_answers_free(answers);
    praxe_case_free(facts);
    praxe_ruleset_free(ruleset);
}

static void what_is_set_again_counts(const char* folder) {
    praxe_ruleset* const ruleset = loaded(folder, "kinds.yaml");
    praxe_case* const facts = sample(ruleset);
    praxe_error* error = NULL;
    CHECK_OK(praxe_case_check(facts, &error));
    char* const before = decided(facts, NULL);
    CHECK_OK(praxe_case_set_int(facts, "sample.count", 4, &error));
    CHECK_OK(praxe_case_set_empty_record(facts, "sample.inner", &error)); /* it is there: nothing changes */
    CHECK_OK(praxe_case_set_empty_list(facts, "sample.parts", &error));
    char* const after = decided(facts, NULL);
    CHECK(strstr(before, "\"of\":125") != NULL && strstr(after, "\"of\":250") != NULL);
    CHECK(strstr(after, "\"inner\":{\"id\":\"i\"}") != NULL && strstr(after, "{\"id\":\"q\"") != NULL);
    praxe_text_free(before);
    praxe_text_free(after);
    praxe_case_free(facts);
    praxe_ruleset_free(ruleset);
}

static void rulesets_from_memory(const char* folder) {
    char path[1000];
    praxe_file files[2] = {{"in/memory/kinds.yaml", NULL, 0}, {"in/./memory/kinds.vocabulary.yaml", NULL, 0}};
    praxe_ruleset* ruleset = NULL;
    praxe_error* error = NULL;
    snprintf(path, sizeof path, "%s/kinds.yaml", folder);
    char* const rules = text_of_file(path, &files[0].length);
    snprintf(path, sizeof path, "%s/kinds.vocabulary.yaml", folder);
    char* const vocabulary = text_of_file(path, &files[1].length);
    files[0].text = rules;
    files[1].text = vocabulary;
    CHECK_OK(praxe_ruleset_load_files(files, 2, &ruleset, &error));
    CHECK(praxe_ruleset_load_files(files, 1, &ruleset, &error) == PRAXE_INVALID);
    CHECK_TEXT(praxe_error_file(error, 0), "in/memory/kinds.yaml");
    CHECK(praxe_error_line(error, 0) == 3 && praxe_error_column(error, 0) == 13);
    praxe_error_free(error);
    error = NULL;
    free(rules);
    free(vocabulary);
    praxe_ruleset* const copy = praxe_ruleset_copy(ruleset);
    praxe_ruleset_free(ruleset);
    praxe_case* const facts = sample(copy);
    praxe_ruleset_free(copy);
    praxe_text_free(decided(facts, NULL));
    praxe_case_free(facts);
}

static void a_version_in_service(const char* folder) {
    char path[1000];
    praxe_ruleset* first = NULL;
    praxe_live* live = NULL;
    praxe_error* error = NULL;
    snprintf(path, sizeof path, "%s/kinds.yaml", folder);
    CHECK_OK(praxe_ruleset_load(path, &first, &error));
    CHECK_OK(praxe_live_new(first, &live, &error));
    praxe_ruleset* const before = praxe_live_get(live);
    CHECK(praxe_live_reload(live, "no/such/file.yaml", &error) == PRAXE_INVALID);
    CHECK_TEXT(praxe_error_message(error, 0), "cannot read \"no/such/file.yaml\": no such file, or it cannot be read");
    praxe_error_free(error);
    error = NULL;
    CHECK_OK(praxe_live_swap(live, first, &error));
    CHECK_OK(praxe_live_reload(live, path, &error));
    praxe_ruleset* const after = praxe_live_get(live);
    praxe_live_free(live);
    praxe_ruleset_free(first);
    CHECK_TEXT(praxe_ruleset_name(before), praxe_ruleset_name(after));
    praxe_case* const facts = sample(after);
    praxe_ruleset_free(after);
    praxe_ruleset_free(before);
    praxe_text_free(decided(facts, NULL));
    praxe_case_free(facts);
}

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    versions();
    every_way_in_gives_the_same(argv[1]);
    every_type(argv[2]);
    options_are_heeded(argv[2]);
    what_is_set_again_counts(argv[2]);
    rulesets_from_memory(argv[2]);
    a_version_in_service(argv[2]);
    if (failures > 0) fprintf(stderr, "%d failures\n", failures);
    return failures > 0 ? 1 : 0;
}
