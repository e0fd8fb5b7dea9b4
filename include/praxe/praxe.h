/* praxe for C, and for every language that can call C: load a ruleset, put cases to it, read the answers.
 *
 * Ownership: a handle that a function gives through a pointer belongs to the caller, who frees it with its own
 * praxe_*_free (NULL is fine). Each keeps alive what it needs: they may be freed in any order.
 * Texts are UTF-8. A `const char*` that is returned ends with a zero byte and is good until its handle is freed; a text
 * that is taken is copied, and has a length in bytes, or PRAXE_ZERO_ENDED.
 * Threads: rulesets, answers and errors are immutable: any number of threads may use them at once; a case too, while
 * no thread sets or checks it. No global state, no thread-locals, no errno; nothing prints, exits or reads the clock.
 * Errors: a status; with `error` not NULL also what is wrong, or NULL where there is nothing more to say (out of
 * memory). On failure other results are left as they were. No C++ exception leaves a function. Units: instants are
 * microseconds since 1970-01-01T00:00:00Z, money is whole cents, percent is hundredths of a percent. Paths:
 * `client.appointments[0].owner`; "" is the whole of an outcome. Facts and outcomes: docs/guide.md; this: docs/c.md.
 */
#ifndef PRAXE_PRAXE_H
#define PRAXE_PRAXE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef PRAXE_API
#ifdef __GNUC__
#define PRAXE_API __attribute__((visibility("default")))
#else
#define PRAXE_API
#endif
#endif

#define PRAXE_VERSION_MAJOR 0
#define PRAXE_VERSION_MINOR 1
#define PRAXE_VERSION_PATCH 0
#define PRAXE_ABI_VERSION 0 /* the number in the soname: another one, another binary interface */
#define PRAXE_ZERO_ENDED SIZE_MAX

#ifdef __cplusplus
extern "C" {
#endif

PRAXE_API const char* praxe_version(void); /* of the library that runs: "0.1.0" */
PRAXE_API int praxe_abi_version(void);     /* differs from PRAXE_ABI_VERSION: built against another one */

typedef enum praxe_status {
    PRAXE_OK = 0,
    PRAXE_INVALID = 1,    /* rules or facts are wrong: the error says where and how */
    PRAXE_BAD_CALL = 2,   /* a NULL, an index past the end, an ill-formed path: the caller's mistake */
    PRAXE_ABSENT = 3,     /* nothing stands there */
    PRAXE_WRONG_TYPE = 4, /* something of another type stands there */
    PRAXE_FAILED = 5,     /* the decision could not be made: praxe_answer_error_* says why */
    PRAXE_NO_MEMORY = 6,
    PRAXE_INTERNAL = 7 /* a mistake of the library's own */
} praxe_status;

typedef struct praxe_error praxe_error;
typedef struct praxe_ruleset praxe_ruleset;
typedef struct praxe_case praxe_case;
typedef struct praxe_answers praxe_answers;
typedef struct praxe_answer praxe_answer;

/* ---- Errors: everything that is wrong in one run, in order of place. What there is not reads as "" or 0. */
PRAXE_API size_t praxe_error_count(const praxe_error* error);
PRAXE_API const char* praxe_error_message(const praxe_error* error, size_t index);
PRAXE_API const char* praxe_error_hint(const praxe_error* error, size_t index);
PRAXE_API const char* praxe_error_file(const praxe_error* error, size_t index);
PRAXE_API uint32_t praxe_error_line(const praxe_error* error, size_t index); /* from 1, as columns (bytes) */
PRAXE_API uint32_t praxe_error_column(const praxe_error* error, size_t index);
PRAXE_API const char* praxe_error_text(const praxe_error* error); /* all of it, with source lines and carets */
PRAXE_API void praxe_error_free(praxe_error* error);
PRAXE_API void praxe_text_free(char* text); /* a text that was given through a `char**` */

/* ---- Rulesets, with all that they name: vocabulary, calendars, parts. */
PRAXE_API praxe_status praxe_ruleset_load(const char* path, praxe_ruleset** ruleset, praxe_error** error);
typedef struct praxe_file {
    const char* name; /* as a path: files name each other relative to themselves */
    const char* text;
    size_t length;
} praxe_file;
/* From texts in memory; the first is the ruleset. */
PRAXE_API praxe_status praxe_ruleset_load_files(const praxe_file* files, size_t count, praxe_ruleset** ruleset,
                                                praxe_error** error);
/* A second handle on the same program, freed on its own; NULL if there is no memory. */
PRAXE_API praxe_ruleset* praxe_ruleset_copy(const praxe_ruleset* ruleset);
PRAXE_API void praxe_ruleset_free(praxe_ruleset* ruleset);
PRAXE_API const char* praxe_ruleset_name(const praxe_ruleset* ruleset);
PRAXE_API size_t praxe_ruleset_decision_count(const praxe_ruleset* ruleset);
PRAXE_API const char* praxe_ruleset_decision(const praxe_ruleset* ruleset, size_t index);

/* ---- A version in service that threads share, and that another replaces while they work. All of it from any thread,
 * but its making and freeing. */
typedef struct praxe_live praxe_live;
PRAXE_API praxe_status praxe_live_new(const praxe_ruleset* first, praxe_live** live, praxe_error** error);
PRAXE_API void praxe_live_free(praxe_live* live);
/* A handle on what serves now, freed on its own: one for each piece of work; NULL if there is no memory. */
PRAXE_API praxe_ruleset* praxe_live_get(const praxe_live* live);
PRAXE_API praxe_status praxe_live_swap(praxe_live* live, const praxe_ruleset* next, praxe_error** error);
/* Loads and swaps; what is wrong with the new version is told, and the one before serves on. */
PRAXE_API praxe_status praxe_live_reload(praxe_live* live, const char* path, praxe_error** error);

/* ---- Cases: read from a text, or set fact by fact. A case belongs to the ruleset it was made for. */
PRAXE_API praxe_status praxe_case_read_json(const praxe_ruleset* ruleset, const char* json, size_t length,
                                            praxe_case** facts, praxe_error** error);
PRAXE_API praxe_status praxe_case_read_yaml(const praxe_ruleset* ruleset, const char* yaml, size_t length,
                                            praxe_case** facts, praxe_error** error);
PRAXE_API praxe_status praxe_case_new(const praxe_ruleset* ruleset, praxe_case** facts, praxe_error** error);
PRAXE_API void praxe_case_free(praxe_case* facts);
/* Lists grow by the next index; a fact set again is replaced. Facts are checked against the vocabulary when the case is
 * decided, or by praxe_case_check, which keeps what it read until a fact is set: check once to decide often. */
PRAXE_API praxe_status praxe_case_set_text(praxe_case* facts, const char* path, const char* text, size_t length,
                                           praxe_error** error); /* members of closed sets, dates and decimals too */
PRAXE_API praxe_status praxe_case_set_int(praxe_case* facts, const char* path, int64_t value, praxe_error** error);
PRAXE_API praxe_status praxe_case_set_double(praxe_case* facts, const char* path, double value, praxe_error** error);
PRAXE_API praxe_status praxe_case_set_bool(praxe_case* facts, const char* path, bool value, praxe_error** error);
PRAXE_API praxe_status praxe_case_set_instant(praxe_case* facts, const char* path, int64_t micros, praxe_error** error);
PRAXE_API praxe_status praxe_case_set_date(praxe_case* facts, const char* path, int year, int month, int day,
                                           praxe_error** error);
PRAXE_API praxe_status praxe_case_set_money_cents(praxe_case* facts, const char* path, int64_t cents,
                                                  praxe_error** error);
PRAXE_API praxe_status praxe_case_set_empty_list(praxe_case* facts, const char* path, praxe_error** error);
PRAXE_API praxe_status praxe_case_set_empty_record(praxe_case* facts, const char* path, praxe_error** error);
PRAXE_API praxe_status praxe_case_check(praxe_case* facts, praxe_error** error);

/* ---- Decisions. */
enum { PRAXE_AT = 1, PRAXE_NO_VALID_UNTIL = 2, PRAXE_EXPLAIN = 4, PRAXE_TEXTS = 8, PRAXE_HORIZON = 16 };
typedef struct praxe_options {
    size_t size;                  /* sizeof(praxe_options): later versions have more members */
    const char* const* decisions; /* asked for by name; none: all questions whose facts the case holds */
    size_t decision_count;
    int64_t at;             /* with PRAXE_AT: instead of the case's own */
    size_t max_evaluations; /* of one decision while looking for valid_until; 0: the library's default */
    uint64_t flags;         /* PRAXE_AT, … */
    int64_t horizon;        /* with PRAXE_HORIZON: microseconds ahead within which valid_until is looked for */
} praxe_options;
#define PRAXE_OPTIONS_INIT {sizeof(praxe_options), NULL, 0, 0, 0, 0, 0}

/* `options` may be NULL. A decision that cannot be made is an answer of its own, not a failure of the call. */
PRAXE_API praxe_status praxe_decide(const praxe_case* facts, const praxe_options* options, praxe_answers** answers,
                                    praxe_error** error);
/* In one call: a case in, one line of JSON out, as `praxe decide --jsonl` writes it; wrong facts give PRAXE_INVALID and
 * the line {"error": …}. The line is freed with praxe_text_free; `out_length` may be NULL. */
PRAXE_API praxe_status praxe_decide_json(const praxe_ruleset* ruleset, const char* json, size_t length,
                                         const praxe_options* options, char** out, size_t* out_length);
PRAXE_API praxe_status praxe_answers_json(const praxe_answers* answers, char** out, size_t* out_length);
PRAXE_API void praxe_answers_free(praxe_answers* answers);

/* ---- Answers, in the order of the ruleset. An answer belongs to the answers it is of; NULL where there is none. */
PRAXE_API size_t praxe_answers_count(const praxe_answers* answers);
PRAXE_API const praxe_answer* praxe_answers_get(const praxe_answers* answers, size_t index);
PRAXE_API const praxe_answer* praxe_answers_find(const praxe_answers* answers, const char* decision);
PRAXE_API const char* praxe_answer_decision(const praxe_answer* answer);
/* Values of the outcome, by path; of a text the length may be asked for (NULL: not). */
PRAXE_API bool praxe_answer_has(const praxe_answer* answer, const char* path);
PRAXE_API praxe_status praxe_answer_get_text(const praxe_answer* answer, const char* path, const char** out,
                                             size_t* out_length);
/* Counts of days, months and years too. */
PRAXE_API praxe_status praxe_answer_get_int(const praxe_answer* answer, const char* path, int64_t* out);
PRAXE_API praxe_status praxe_answer_get_double(const praxe_answer* answer, const char* path, double* out);
PRAXE_API praxe_status praxe_answer_get_bool(const praxe_answer* answer, const char* path, bool* out);
PRAXE_API praxe_status praxe_answer_get_instant(const praxe_answer* answer, const char* path, int64_t* out);
PRAXE_API praxe_status praxe_answer_get_date(const praxe_answer* answer, const char* path, int* year, int* month,
                                             int* day);
PRAXE_API praxe_status praxe_answer_get_money_cents(const praxe_answer* answer, const char* path, int64_t* out);
PRAXE_API praxe_status praxe_answer_get_percent(const praxe_answer* answer, const char* path, int64_t* out);
PRAXE_API praxe_status praxe_answer_get_list_size(const praxe_answer* answer, const char* path, size_t* out);
/* Until when the outcome holds; `micros` is set for PRAXE_UNTIL and PRAXE_AT_LEAST_UNTIL. */
typedef enum praxe_validity {
    PRAXE_UNTIL_UNKNOWN = 0, /* not asked for, or the answer is an error */
    PRAXE_UNTIL = 1,         /* the first instant at which the outcome differs */
    PRAXE_UNTIL_NEVER = 2,
    PRAXE_AT_LEAST_UNTIL = 3 /* the search stopped: its horizon, max_evaluations, or a calendar ends */
} praxe_validity;
PRAXE_API praxe_validity praxe_answer_valid_until(const praxe_answer* answer, int64_t* micros);
/* Why the decision could not be made: the error's kind (`missing_fact`), message and fact; NULL if it was made. */
PRAXE_API const char* praxe_answer_error_code(const praxe_answer* answer);
PRAXE_API const char* praxe_answer_error_message(const praxe_answer* answer);
PRAXE_API const char* praxe_answer_error_path(const praxe_answer* answer);
/* Reasons: the deciding rule first; of a decision made per item one for each item, in order. "" is none. */
PRAXE_API size_t praxe_because_count(const praxe_answer* answer);
PRAXE_API const char* praxe_because_decision(const praxe_answer* answer, size_t reason);
PRAXE_API const char* praxe_because_rule(const praxe_answer* answer, size_t reason);
PRAXE_API const char* praxe_because_exception(const praxe_answer* answer, size_t reason);
PRAXE_API const char* praxe_because_item(const praxe_answer* answer, size_t reason);
PRAXE_API size_t praxe_because_cite_count(const praxe_answer* answer, size_t reason);
PRAXE_API const char* praxe_because_cite(const praxe_answer* answer, size_t reason, size_t cite);
/* With PRAXE_TEXTS: what the rule says in a language of the ruleset ("pt"). */
PRAXE_API const char* praxe_because_text(const praxe_answer* answer, size_t reason, const char* language);
PRAXE_API praxe_validity praxe_because_valid_until(const praxe_answer* answer, size_t reason, int64_t* micros);

#ifdef __cplusplus
}
#endif

#endif
