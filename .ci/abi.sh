#!/usr/bin/env bash
# Compares the shared library's binary interface with that of the last tag, by what the public headers declare. Nothing
# is recorded: the tag is the record, and is built beside. A change is an error while PRAXE_ABI_VERSION (the soname's
# number) stays the same; what is only added is none.
#
# Usage: .ci/abi.sh [REVISION]     REVISION: instead of the last tag
set -euo pipefail
cd "$(dirname "$0")/.."

revision="${1-$(git describe --tags --abbrev=0 2>/dev/null || true)}"
build=build/abi

# Debug information, and nothing that is not needed for it.
build_library() {
    cmake -S "$1" -B "$2" -G Ninja -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_FLAGS_DEBUG=-O0 -g" -DPRAXE_TESTS=OFF >/dev/null
    cmake --build "$2" --target praxe_shared
}

# The interface that a library says it has.
soname() { readelf -d "$1" | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p'; }

if [[ -z "$revision" ]]; then
    echo "there is no tag yet: nothing to compare the binary interface with"
    exit 0
fi
build_library . "$build"
abidw --headers-dir include --out-file "$build/praxe.abi" "$build/libpraxe.so"
echo "$(soname "$build/libpraxe.so"): $(grep -c '<elf-symbol ' "$build/praxe.abi") symbols"

old="$build/$(git rev-parse "$revision^{commit}")"
mkdir -p "$old"
git archive "$revision" | tar -x -C "$old"
if ! grep -q praxe_shared "$old/CMakeLists.txt"; then
    echo "$revision has no shared library: nothing to compare the binary interface with"
    exit 0
fi
build_library "$old" "$old/build"

status=0
abidiff --no-added-syms --drop-private-types --headers-dir1 "$old/include" --headers-dir2 include \
    "$old/build/libpraxe.so" "$build/libpraxe.so" || status=$?
if ((status == 0)); then
    echo "the binary interface of $revision holds"
elif (((status & 3) != 0)); then
    echo "abidiff could not compare" >&2
    exit 1
elif [[ "$(soname "$old/build/libpraxe.so")" != "$(soname "$build/libpraxe.so")" ]]; then
    echo "the binary interface is another one than that of $revision, and so is its number"
else
    echo "the binary interface of $revision is broken: raise PRAXE_ABI_VERSION in include/praxe/praxe.h" >&2
    exit 1
fi
