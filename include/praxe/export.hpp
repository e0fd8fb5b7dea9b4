// What a program may use of the shared library: everything else in it is hidden.
#pragma once

#if defined(__GNUC__)
#define PRAXE_API __attribute__((visibility("default")))
#else
#define PRAXE_API
#endif
