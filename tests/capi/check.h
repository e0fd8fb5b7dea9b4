/* Checks for the C programs of these tests: a failure is printed with its line, and counted. */
#ifndef PRAXE_TESTS_CAPI_CHECK_H
#define PRAXE_TESTS_CAPI_CHECK_H

#include <praxe/praxe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;

#define CHECK(condition) \
    ((condition) ? (void)0 : (void)(++failures, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition)))
#define CHECK_TEXT(given, expected) check_text((given), (expected), __FILE__, __LINE__)
/* A call that must succeed; what is wrong is printed. */
#define CHECK_OK(call) check_ok((call), &error, __FILE__, __LINE__)

static inline void check_text(const char* given, const char* expected, const char* file, int line) {
    if (given != NULL && strcmp(given, expected) == 0) return;
    ++failures;
    fprintf(stderr, "%s:%d: %s\n  is not %s\n", file, line, given == NULL ? "NULL" : given, expected);
}

static inline void check_ok(praxe_status status, praxe_error** error, const char* file, int line) {
    if (status == PRAXE_OK && *error == NULL) return;
    ++failures;
    fprintf(stderr, "%s:%d: status %d: %s\n", file, line, (int)status, praxe_error_text(*error));
    praxe_error_free(*error);
    *error = NULL;
}

/* The whole of a file, ended by a zero byte; to be freed. */
static inline char* text_of_file(const char* path, size_t* length) {
    FILE* const file = fopen(path, "rb");
    char* text = NULL;
    long size = -1;
    if (file == NULL) return NULL;
    if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0) text = malloc((size_t)size + 1);
    rewind(file);
    *length = text == NULL ? 0 : fread(text, 1, (size_t)size, file);
    if (text != NULL) text[*length] = '\0';
    fclose(file);
    return text;
}

#endif
