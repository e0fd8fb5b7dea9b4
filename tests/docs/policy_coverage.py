"""Holds docs/policy-coverage.md against the scenarios and rules it speaks of: no name that is gone, none left out.

usage: policy_coverage.py REPOSITORY
"""

import re
import sys
from pathlib import Path

RULESETS = [f"rules/{name}.yaml" for name in (
    "sales/reservations", "sales/lead_owner", "sales/commission", "sales/third_party", "collection/debt", "collection/collection",
    "care/duties", "care/record_check", "care/authority", "care/segment", "care/agenda", "care/indicators", "care/registration",
    "care/quotes_and_training")]


def scenario_names(file):
    """The names of scenarios; those of their cases are indented further."""
    text = file.read_text(encoding="utf-8")
    return {name.strip("'\"") for name in re.findall(r"(?m)^  - name: (.+)$", text)}


def rule_ids(file):
    """The ids of rules, and those in the first column of tables; an output called `id` is none."""
    text = file.read_text(encoding="utf-8")
    listed = re.findall(r"- \{?id: (\w+)", text)
    tables = re.findall(r"(?m)^      (\w+) *\|.*\|\|", text)
    return set(listed + tables) - {"id"}


def differences(what, documented, actual):
    lines = [f"the page names a {what} that does not exist: {name}" for name in sorted(documented - actual)]
    return lines + [f"the page does not name the {what}: {name}" for name in sorted(actual - documented)]


def main(repository):
    root = Path(repository)
    page = (root / "docs/policy-coverage.md").read_text(encoding="utf-8")
    files = dict(re.findall(r"(?m)^- (\w) `(.+\.scenario\.yaml)`$", page))
    cells = [line.split(" | ") for line in page.splitlines() if line.startswith("| ")]

    entries = {entry for row in cells for entry in row[3].rstrip(" |").split("<br>")}
    documented = {entry for entry in entries if entry.partition(" ")[0] in files}
    actual = {f"{letter} {name}" for letter, file in files.items() for name in scenario_names(root / file)}
    wrong = differences("scenario", documented, actual)

    ids = set().union(*(rule_ids(root / file) for file in RULESETS))
    words = {word for row in cells for word in re.findall(r"[a-z_]+", row[2])}
    wrong += [f"the page does not name the rule: {rule}" for rule in sorted(ids - words)]

    print(*wrong, f"{len(actual)} scenarios and {len(ids)} rules, {len(wrong)} differences", sep="\n")
    return 1 if wrong or not actual or not ids else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
