#!/bin/sh
# Every C++ file is formatted as .clang-format says. With --fix the files are rewritten.
set -eu
cd "$(dirname "$0")/../.."
case "${1-}" in
    "") set -- --dry-run -Werror ;;
    --fix) set -- -i ;;
    *) echo "usage: tests/house/format.sh [--fix]" >&2; exit 2 ;;
esac
folders=
for folder in include src tests bench bindings; do
    if [ -d "$folder" ]; then folders="$folders $folder"; fi
done
# shellcheck disable=SC2086
find $folders \( -name '*.cpp' -o -name '*.hpp' -o -name '*.h' \) -print0 | xargs -0 clang-format-19 "$@"
