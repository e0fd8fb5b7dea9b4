"""Holds the table of rules/day/README.md against what the command decides for the clients of that day.

usage: readme_table.py PRAXE_COMMAND REPOSITORY
"""

import json
import subprocess
import sys
from pathlib import Path

HEADINGS = ["client", "what it shows", "reservations", "who serves", "clauses", "until"]


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def expected_rows(readme):
    """Client → (reservations, who serves, clauses, until), as the table says."""
    table = [cells(line) for line in readme.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    if table[0] != HEADINGS:
        raise ValueError(f"the table's columns are {table[0]}, not {HEADINGS}")
    return {row[0]: tuple(row[2:]) for row in table[2:]}


def instant(text):
    """`2024-05-03T00:00:00-03:00` as the table writes it."""
    return f"{text[5:10]} {text[11:16]}" if text else "never"


def reservation(item, reason):
    words = [item["id"], item["state"]]
    if item["state"] in ("live", "expired"):
        words += ["until"] if item["state"] == "live" else []
        words.append(instant(item["expires_at"]) + (", renewable" if item["renewable"] else ""))
    return " ".join(words) + f" ({', '.join(reason['cite'])})"


def reservations(answer):
    reasons = {reason["item"]: reason for reason in answer["because"] if "item" in reason}
    return "; ".join(reservation(item, reasons[item["id"]]) for item in answer["outcome"]) or "–"


def who_serves(lead):
    about = f" ({lead['reservation']})" if "reservation" in lead else ""
    if lead["route"] == "any_seller":
        return f"any of {', '.join(lead['candidates'])}{about}"
    return (f"transfer to {lead['owner']}" if lead["route"] == "transfer" else f"{lead['owner']} attends") + about


def decided_row(command, root, client):
    """One run for each client, so that a line is surely of the file it is compared with."""
    arguments = [command, "decide", "-r", root / "rules/company.yaml", client, "--format", "json"]
    arguments += ["--decision", "reservations", "--decision", "lead_owner"]
    answer = json.loads(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout)
    decisions = answer.get("decisions", answer)
    lead = decisions["lead_owner"]
    clauses = ", ".join(lead["because"][0]["cite"])
    return reservations(decisions["reservations"]), who_serves(lead["outcome"]), clauses, instant(lead["valid_until"])


def main(command, repository):
    root = Path(repository)
    expected = expected_rows(root / "rules/day/README.md")
    decided = {file.stem: decided_row(command, root, file) for file in sorted((root / "rules/day/clients").glob("*.yaml"))}
    wrong = sorted(client for client in expected.keys() | decided.keys() if expected.get(client) != decided.get(client))
    for client in wrong:
        print(f"{client}\n  the table says {expected.get(client)}\n  it is decided  {decided.get(client)}")
    print(f"{len(decided)} clients, {len(wrong)} differ from the table")
    return 1 if wrong or not decided else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
