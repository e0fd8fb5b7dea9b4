/* The C interface called wrongly: every kind of error with its text (errors.expected), NULL in every place, and paths
 * and texts put together at random. Usage: capi_wrong_test TESTS_CAPI_FOLDER; PRAXE_RECORD=1 records the texts anew. */
#include <math.h>

#include "check.h"

#define SOME_TEXT "text", PRAXE_ZERO_ENDED

static char said[1 << 16];
static size_t said_bytes = 0;

/* Notes what a call said. */
static void note(const char* what, praxe_status status, praxe_error** error) {
    static const char* const names[] = {"OK",         "INVALID", "BAD_CALL",  "ABSENT",
                                        "WRONG_TYPE", "FAILED",  "NO_MEMORY", "INTERNAL"};
    CHECK(status != PRAXE_OK && *error != NULL && praxe_error_count(*error) > 0);
    const int written = snprintf(said + said_bytes, sizeof said - said_bytes, "# %s: %s\n%s", what, names[status],
                                 praxe_error_text(*error));
    CHECK(written > 0 && (size_t)written < sizeof said - said_bytes);
    said_bytes += (size_t)written;
    praxe_error_free(*error);
    *error = NULL;
}

#define NOTE(call) note(#call, (call), &error)

static void compare_or_record(const char* folder) {
    char path[1000];
    size_t length = 0;
    snprintf(path, sizeof path, "%s/errors.expected", folder);
    if (getenv("PRAXE_RECORD") != NULL) {
        FILE* const file = fopen(path, "wb");
        CHECK(file != NULL && fwrite(said, 1, said_bytes, file) == said_bytes);
        if (file != NULL) fclose(file);
    }
    char* const expected = text_of_file(path, &length);
    CHECK_TEXT(said, expected == NULL ? "" : expected);
    free(expected);
}

static praxe_case* sample(const praxe_ruleset* ruleset) {
    praxe_case* facts = NULL;
    praxe_error* error = NULL;
    CHECK_OK(praxe_case_new(ruleset, &facts, &error));
    CHECK_OK(praxe_case_set_text(facts, "at", "2024-05-02T10:00:00Z", PRAXE_ZERO_ENDED, &error));
    CHECK_OK(praxe_case_set_int(facts, "sample.count", 0, &error));
    CHECK_OK(praxe_case_set_text(facts, "sample.parts[0].id", "p", PRAXE_ZERO_ENDED, &error));
    return facts;
}

/* ------------------------------------------------------------------------------------------------- texts */

static void wrong_rulesets(void) {
    static const praxe_file bad[] = {{"bad.yaml", SOME_TEXT}};
    static const praxe_file nameless[] = {{NULL, SOME_TEXT}};
    static const praxe_file empty[] = {{"empty.yaml", NULL, 0}};
    static const praxe_file huge[] = {{"huge.yaml", "text", SIZE_MAX - 1}};
    praxe_ruleset* ruleset = NULL;
    praxe_error* error = NULL;
    NOTE(praxe_ruleset_load(NULL, &ruleset, &error));
    NOTE(praxe_ruleset_load("no/such/file.yaml", &ruleset, &error));
    NOTE(praxe_ruleset_load_files(NULL, 1, &ruleset, &error));
    NOTE(praxe_ruleset_load_files(bad, 0, &ruleset, &error));
    NOTE(praxe_ruleset_load_files(bad, 1, &ruleset, &error));
    NOTE(praxe_ruleset_load_files(nameless, 1, &ruleset, &error));
    NOTE(praxe_ruleset_load_files(empty, 1, &ruleset, &error));
    NOTE(praxe_ruleset_load_files(huge, 1, &ruleset, &error));
    CHECK(ruleset == NULL);
}

static void wrong_paths(const praxe_ruleset* ruleset) {
    praxe_case* const facts = sample(ruleset);
    praxe_error* error = NULL;
    char deep[400] = "a";
    for (int i = 0; i < 70; ++i) strcat(deep, "[0]");
    NOTE(praxe_case_set_int(facts, "sample..count", 1, &error));
    NOTE(praxe_case_set_int(facts, "sample.parts[1", 1, &error));
    NOTE(praxe_case_set_int(facts, "\xFF", 1, &error));
    NOTE(praxe_case_set_int(facts, deep, 1, &error));
    NOTE(praxe_case_set_int(facts, "[0]", 1, &error));
    NOTE(praxe_case_set_int(facts, "sample", 1, &error));
    NOTE(praxe_case_set_int(facts, "sample[0].id", 1, &error));
    NOTE(praxe_case_set_int(facts, "sample.count.of", 1, &error));
    NOTE(praxe_case_set_int(facts, "sample.parts.id", 1, &error));
    NOTE(praxe_case_set_int(facts, "sample.parts[2].id", 1, &error));
    NOTE(praxe_case_set_int(facts, "sample.others[1].id", 1, &error));
    NOTE(praxe_case_set_empty_list(facts, "sample", &error));
    NOTE(praxe_case_set_empty_record(facts, "sample.parts", &error));
    praxe_case_free(facts);
}

static void wrong_values(const praxe_ruleset* ruleset) {
    praxe_case* facts = sample(ruleset);
    praxe_error* error = NULL;
    NOTE(praxe_case_set_text(facts, "sample.name", NULL, 0, &error));
    NOTE(praxe_case_set_text(facts, "sample.name", "\xFF", 1, &error));
    NOTE(praxe_case_set_text(facts, "sample.name", "text", SIZE_MAX / 2, &error));
    NOTE(praxe_case_set_double(facts, "sample.ratio", (double)NAN, &error));
    NOTE(praxe_case_set_double(facts, "sample.ratio", (double)INFINITY, &error));
    NOTE(praxe_case_set_instant(facts, "at", INT64_MAX, &error));
    NOTE(praxe_case_set_date(facts, "sample.day", 2023, 2, 29, &error));
    praxe_case_free(facts);
    CHECK_OK(praxe_case_read_yaml(ruleset, "sample: {count: 1}", PRAXE_ZERO_ENDED, &facts, &error));
    NOTE(praxe_case_set_int(facts, "sample.count", 2, &error));
    praxe_case_free(facts);
}

/* What is set is checked when the case is read, in the words of the reader of JSON. */
static void wrong_facts(const praxe_ruleset* ruleset) {
    static const char json[] =
        "{\"at\": \"2024-05-02T10:00:00Z\","
        " \"sample\": {\"cuont\": 1, \"colour\": \"gren\", \"day\": 7, \"moment\": \"today\", \"price\": 1.234,"
        "  \"first\": 2, \"last\": 1}}";
    praxe_case* facts = NULL;
    praxe_answers* answers = NULL;
    praxe_error* error = NULL;
    char* line = NULL;
    NOTE(praxe_case_read_json(ruleset, json, sizeof json - 1, &facts, &error));
    NOTE(praxe_case_read_json(ruleset, "{", 1, &facts, &error));
    NOTE(praxe_case_read_json(ruleset, "", 0, &facts, &error));
    NOTE(praxe_case_read_yaml(ruleset, "sample: [\n", PRAXE_ZERO_ENDED, &facts, &error));
    CHECK(facts == NULL);

    CHECK_OK(praxe_case_new(ruleset, &facts, &error));
    CHECK_OK(praxe_case_set_int(facts, "sample.cuont", 1, &error));
    CHECK_OK(praxe_case_set_text(facts, "sample.colour", "gren", PRAXE_ZERO_ENDED, &error));
    CHECK_OK(praxe_case_set_int(facts, "sample.day", 7, &error));
    CHECK_OK(praxe_case_set_text(facts, "sample.moment", "today", PRAXE_ZERO_ENDED, &error));
    CHECK_OK(praxe_case_set_double(facts, "sample.price", 1.234, &error));
    NOTE(praxe_case_check(facts, &error));
    NOTE(praxe_decide(facts, NULL, &answers, &error));
    CHECK(answers == NULL);
    praxe_case_free(facts);

    CHECK(praxe_decide_json(ruleset, "{\"sample\": 1}", PRAXE_ZERO_ENDED, NULL, &line, NULL) == PRAXE_INVALID);
    CHECK(line != NULL && strncmp(line, "{\"error\":{\"message\":", 20) == 0);
    praxe_text_free(line);
}

static void wrong_options(const praxe_ruleset* ruleset) {
    static const char* const nameless[] = {NULL};
    struct {
        praxe_options known;
        char later[16];
    } grown = {PRAXE_OPTIONS_INIT, {0}};
    praxe_options options = PRAXE_OPTIONS_INIT;
    praxe_case* const facts = sample(ruleset);
    praxe_answers* answers = NULL;
    praxe_error* error = NULL;
    char* line = NULL;
    options.size = 8;
    NOTE(praxe_decide(facts, &options, &answers, &error));
    options.size = SIZE_MAX;
    NOTE(praxe_decide(facts, &options, &answers, &error));
    options.size = sizeof options;
    options.flags = 1 << 20;
    NOTE(praxe_decide(facts, &options, &answers, &error));
    CHECK(praxe_decide_json(ruleset, "{}", 2, &options, &line, NULL) == PRAXE_BAD_CALL);
    options.flags = PRAXE_AT;
    options.at = INT64_MIN;
    NOTE(praxe_decide(facts, &options, &answers, &error));
    options.flags = 0;
    options.decision_count = 1;
    NOTE(praxe_decide(facts, &options, &answers, &error));
    options.decisions = nameless;
    NOTE(praxe_decide(facts, &options, &answers, &error));
    CHECK(answers == NULL && line == NULL);

    grown.known.size = sizeof grown; /* members of a later version are fine while they say nothing */
    CHECK_OK(praxe_decide(facts, &grown.known, &answers, &error));
    praxe_answers_free(answers);
    grown.later[15] = 1;
    CHECK(praxe_decide(facts, &grown.known, &answers, NULL) == PRAXE_BAD_CALL);
    praxe_case_free(facts);
}

/* -------------------------------------------------------------------------------------- answers that are errors */

static void failed_decisions(const praxe_ruleset* ruleset) {
    static const char* const asked[] = {"inverse", "due", "no such decision"};
    praxe_options options = PRAXE_OPTIONS_INIT;
    praxe_case* facts = sample(ruleset);
    praxe_answers* answers = NULL;
    praxe_error* error = NULL;
    int64_t whole = 0;
    options.decisions = asked;
    options.decision_count = 3;
    CHECK_OK(praxe_decide(facts, &options, &answers, &error));
    CHECK(praxe_answers_count(answers) == 3);
    const praxe_answer* const inverse = praxe_answers_find(answers, "inverse");
    CHECK_TEXT(praxe_answer_error_code(inverse), "arithmetic");
    CHECK_TEXT(praxe_answer_error_message(inverse), "division by zero: 1000 / 0");
    CHECK_TEXT(praxe_answer_error_path(inverse), "");
    CHECK(praxe_answer_get_int(inverse, "of", &whole) == PRAXE_FAILED);
    CHECK(praxe_answer_valid_until(inverse, &whole) == PRAXE_UNTIL_UNKNOWN);
    const praxe_answer* const due = praxe_answers_find(answers, "due");
    CHECK_TEXT(praxe_answer_error_code(due), "missing_fact");
    CHECK_TEXT(praxe_answer_error_path(due), "sample.moment");
    CHECK_TEXT(praxe_answer_error_code(praxe_answers_find(answers, "no such decision")), "other");
    praxe_answers_free(answers);
    praxe_case_free(facts);

    CHECK_OK(praxe_case_new(ruleset, &facts, &error)); /* not even an instant of decision */
    options.decision_count = 1;
    CHECK_OK(praxe_decide(facts, &options, &answers, &error));
    CHECK_TEXT(praxe_answer_error_path(praxe_answers_get(answers, 0)), "at");
    praxe_answers_free(answers);
    praxe_case_free(facts);
}

static void wrong_questions(const praxe_answer* echo) {
    int64_t whole = 7;
    double real = 0;
    size_t size = 0;
    const char* text = NULL;
    CHECK(praxe_answer_error_code(echo) == NULL && praxe_answer_error_message(echo) == NULL);
    CHECK(praxe_answer_get_int(echo, "name", &whole) == PRAXE_ABSENT);
    CHECK(praxe_answer_get_int(echo, "no_such_field", &whole) == PRAXE_ABSENT);
    CHECK(praxe_answer_get_int(echo, "parts[1].id", &whole) == PRAXE_ABSENT);
    CHECK(praxe_answer_get_int(echo, "parts[99999999999999999999].id", &whole) == PRAXE_BAD_CALL);
    CHECK(praxe_answer_get_int(echo, "parts[0].id", &whole) == PRAXE_WRONG_TYPE);
    CHECK(praxe_answer_get_int(echo, "count.of", &whole) == PRAXE_WRONG_TYPE);
    CHECK(praxe_answer_get_int(echo, "count[0]", &whole) == PRAXE_WRONG_TYPE);
    CHECK(praxe_answer_get_int(echo, "", &whole) == PRAXE_WRONG_TYPE);
    CHECK(praxe_answer_get_money_cents(echo, "count", &whole) == PRAXE_WRONG_TYPE);
    CHECK(praxe_answer_get_double(echo, "count", &real) == PRAXE_WRONG_TYPE);
    CHECK(praxe_answer_get_text(echo, "count", &text, &size) == PRAXE_WRONG_TYPE);
    CHECK(praxe_answer_get_list_size(echo, "count", &size) == PRAXE_WRONG_TYPE);
    CHECK(praxe_answer_get_int(echo, "count.", &whole) == PRAXE_BAD_CALL);
    CHECK(praxe_answer_get_int(echo, NULL, &whole) == PRAXE_BAD_CALL);
    CHECK(praxe_answer_get_int(echo, "count", NULL) == PRAXE_BAD_CALL);
    CHECK(praxe_answer_get_date(echo, "count", NULL, NULL, NULL) == PRAXE_BAD_CALL);
    CHECK(whole == 7 && text == NULL);
    CHECK(praxe_because_rule(echo, 1) == NULL && praxe_because_cite(echo, 0, 9) == NULL);
    CHECK(praxe_because_text(echo, 0, NULL) == NULL);
}

/* ------------------------------------------------------------------------------------------------ nothing */

static void nothing_at_all(const praxe_ruleset* ruleset) {
    praxe_case* facts = NULL;
    praxe_answers* answers = NULL;
    praxe_error* error = NULL;
    char* line = NULL;
    NOTE(praxe_ruleset_load("x", NULL, &error));
    NOTE(praxe_case_new(NULL, &facts, &error));
    NOTE(praxe_case_read_json(ruleset, NULL, 0, &facts, &error));
    NOTE(praxe_case_read_json(NULL, "{}", 2, &facts, &error));
    NOTE(praxe_case_set_int(NULL, "a", 1, &error));
    NOTE(praxe_case_set_text(NULL, NULL, SOME_TEXT, &error));
    NOTE(praxe_case_check(NULL, &error));
    NOTE(praxe_decide(NULL, NULL, &answers, &error));
    CHECK(praxe_ruleset_load(NULL, NULL, NULL) == PRAXE_BAD_CALL);
    CHECK(praxe_case_new(ruleset, NULL, NULL) == PRAXE_BAD_CALL);
    CHECK(praxe_case_set_bool(NULL, "a", true, NULL) == PRAXE_BAD_CALL);
    CHECK(praxe_decide_json(NULL, "{}", 2, NULL, &line, NULL) == PRAXE_BAD_CALL);
    CHECK(praxe_decide_json(ruleset, NULL, 2, NULL, &line, NULL) == PRAXE_BAD_CALL);
    CHECK(praxe_decide_json(ruleset, "{}", 2, NULL, NULL, NULL) == PRAXE_BAD_CALL);
    CHECK(praxe_decide_json(ruleset, "{}", SIZE_MAX - 1, NULL, &line, NULL) == PRAXE_BAD_CALL);
    CHECK(praxe_answers_json(NULL, &line, NULL) == PRAXE_BAD_CALL);
    praxe_live* live = NULL;
    NOTE(praxe_live_new(NULL, &live, &error));
    NOTE(praxe_live_swap(NULL, ruleset, &error));
    NOTE(praxe_live_reload(NULL, "x", &error));
    CHECK(praxe_live_get(NULL) == NULL && live == NULL);
    praxe_live_free(NULL);
    CHECK(praxe_ruleset_copy(NULL) == NULL && praxe_ruleset_name(NULL) == NULL);
    CHECK(praxe_ruleset_decision_count(NULL) == 0 && praxe_ruleset_decision(ruleset, 99) == NULL);
    CHECK(praxe_answers_count(NULL) == 0 && praxe_answers_get(NULL, 0) == NULL);
    CHECK(praxe_answers_find(NULL, "a") == NULL && praxe_answer_decision(NULL) == NULL);
    CHECK(!praxe_answer_has(NULL, "a") && praxe_answer_error_code(NULL) == NULL);
    CHECK(praxe_because_count(NULL) == 0 && praxe_because_rule(NULL, 0) == NULL);
    CHECK(praxe_because_cite_count(NULL, 0) == 0 && praxe_because_cite(NULL, 0, 0) == NULL);
    CHECK(praxe_because_valid_until(NULL, 0, NULL) == PRAXE_UNTIL_UNKNOWN);
    CHECK(praxe_error_count(NULL) == 0 && praxe_error_line(NULL, 0) == 0);
    CHECK_TEXT(praxe_error_message(NULL, 0), "");
    CHECK_TEXT(praxe_error_text(NULL), "");
    praxe_error_free(NULL);
    praxe_text_free(NULL);
    praxe_answers_free(NULL);
    praxe_case_free(NULL);
    praxe_ruleset_free(NULL);
}

/* ------------------------------------------------------------------------------------------------- attack */

static uint32_t state = 2463534242u;
static uint32_t any(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % below;
}

/* A path out of likely and unlikely pieces. */
static void make_path(char* path) {
    static const char* const pieces[] = {
        "sample", ".",   "parts", "[0]", "[1]",  "[",    "]",    "[-1]",
        "count",  "id",  "name",  "..",  "\xC3", "[0x1", "[ 1]", "[18446744073709551615]",
        "inner",  "day", ".id",   "",    "\n",   "at",   "[00]", "colours"};
    path[0] = '\0';
    if (any(2) == 0) strcat(path, "sample.");
    for (uint32_t left = any(6); left > 0; --left) strcat(path, pieces[any(sizeof pieces / sizeof pieces[0])]);
}

static void random_calls(const praxe_ruleset* ruleset, const praxe_answer* echo) {
    static char bytes[256];
    char path[400];
    praxe_case* facts = NULL;
    praxe_answers* answers = NULL;
    praxe_error* error = NULL;
    size_t accepted = 0;
    for (uint32_t i = 0; i < 20000; ++i) {
        if (i % 20 == 0) {
            if (praxe_decide(facts, NULL, &answers, NULL) == PRAXE_OK) praxe_answers_free(answers);
            praxe_case_free(facts);
            facts = sample(ruleset);
        }
        make_path(path);
        for (size_t byte = 0; byte < sizeof bytes; ++byte) bytes[byte] = (char)any(256);
        praxe_status status = PRAXE_OK;
        switch (any(4)) {
            case 0:
                status = praxe_case_set_text(facts, path, bytes, any(8), &error);
                break;
            case 1:
                status = praxe_case_set_int(facts, path, (int64_t)any(1000), &error);
                break;
            case 2:
                status = praxe_case_set_date(facts, path, (int)any(12000) - 1000, (int)any(14), (int)any(33), &error);
                break;
            default:
                status = praxe_case_set_empty_record(facts, path, &error);
                break;
        }
        CHECK((status == PRAXE_OK) == (error == NULL));
        accepted += status == PRAXE_OK;
        praxe_error_free(error);
        praxe_answer_has(echo, path);
        if (praxe_case_read_json(ruleset, bytes, any(sizeof bytes), &facts, NULL) == PRAXE_OK) CHECK(false);
    }
    praxe_case_free(facts);
    CHECK(accepted > 1000); /* the attack does get in */
}

int main(int argc, char** argv) {
    char path[1000];
    praxe_ruleset* ruleset = NULL;
    praxe_answers* answers = NULL;
    praxe_error* error = NULL;
    if (argc != 2) return 2;
    snprintf(path, sizeof path, "%s/kinds.yaml", argv[1]);
    CHECK_OK(praxe_ruleset_load(path, &ruleset, &error));
    praxe_case* const facts = sample(ruleset);
    CHECK_OK(praxe_decide(facts, NULL, &answers, &error));
    const praxe_answer* const echo = praxe_answers_find(answers, "echo");

    wrong_rulesets();
    wrong_paths(ruleset);
    wrong_values(ruleset);
    wrong_facts(ruleset);
    wrong_options(ruleset);
    failed_decisions(ruleset);
    wrong_questions(echo);
    nothing_at_all(ruleset);
    random_calls(ruleset, echo);
    compare_or_record(argv[1]);

    praxe_answers_free(answers);
    praxe_case_free(facts);
    praxe_ruleset_free(ruleset);
    if (failures > 0) fprintf(stderr, "%d failures\n", failures);
    return failures > 0 ? 1 : 0;
}
