#!/usr/bin/env bash
# Makes the Python package by `pip install .` into an environment of its own, and uses it from outside of the project: it
# brings its rules along. Needs PyPI for the build's own tools; where that cannot be reached, it says so and is content.
set -euo pipefail
cd "$(dirname "$0")/.."

environment=build/wheel
python=/usr/bin/python3
[[ -x "$python" ]] || python=python3

"$python" -m venv --clear "$environment"
if ! "$environment/bin/pip" --quiet --disable-pip-version-check download --no-deps --dest "$environment/reached" scikit-build-core; then
    echo "PyPI cannot be reached: no wheel was made"
    exit 0
fi
"$environment/bin/pip" --quiet --disable-pip-version-check install .
interpreter="$PWD/$environment/bin/python"
cd /
"$interpreter" - <<'PYTHON'
import praxe

ruleset = praxe.load(praxe.rules_path())
answers = ruleset.decide(praxe.rules_path("day/clients/01-azevedo-lima.yaml"))
print(f"praxe {praxe.__version__} from {praxe.__file__}")
assert answers["lead_owner"].outcome["owner"] == "helena", answers
PYTHON
