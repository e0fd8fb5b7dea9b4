"""Holds the tables of rules/day/README.md against what the command decides for the clients of that day.

usage: readme_table.py PRAXE_COMMAND REPOSITORY
"""

import json
import subprocess
import sys
from itertools import groupby
from pathlib import Path

LEAD_HEADINGS = ["client", "what it shows", "reservations", "who serves", "clauses", "until"]
MONEY_HEADINGS = ["client", "debt", "debt until", "commission", "commission until"]
CARE_HEADINGS = ["client", "to be done", "collected", "record", "contract, authority"]
DAY_YEAR = "2024"


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def tables(readme):
    """The page's tables, each as its rows, headings first."""
    lines = readme.read_text(encoding="utf-8").splitlines()
    groups = groupby(lines, key=lambda line: line.startswith("| "))
    return [[cells(line) for line in group] for is_table, group in groups if is_table]


def expected_rows(rows, headings):
    """Client → its cells, as the table says."""
    if rows[0] != headings:
        raise ValueError(f"the table's columns are {rows[0]}, not {headings}")
    return {row[0]: tuple(row[1:]) for row in rows[2:]}


def instant(text):
    """`2024-05-03T00:00:00-03:00` as the tables write it: with its year only where that is another."""
    return text[:16].replace("T", " ").removeprefix(f"{DAY_YEAR}-") if text else "never"


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


def lead_row(decisions):
    lead = decisions["lead_owner"]
    clauses = ", ".join(lead["because"][0]["cite"])
    return reservations(decisions["reservations"]), who_serves(lead["outcome"]), clauses, instant(lead["valid_until"])


def debt(answer):
    outcome = answer["outcome"]
    words = [f"{action} {outcome[action]} ({', '.join(ids)})" for action in ("forgive", "collect")
             if (ids := [invoice["id"] for invoice in outcome["invoices"] if invoice["action"] == action])]
    allowed = "discount allowed" if outcome["discount_allowed"] else "no discount"
    return f"{', '.join(words) or 'nothing open'}; {allowed} ({', '.join(answer['because'][0]['cite'])})"


def commission(answer):
    outcome = answer["outcome"]
    if "parties" in outcome:
        whose = f"the manager settles between {' and '.join(outcome['parties'])}"
    else:
        whose = ", ".join(f"{share['staff']} {share['amount']}" for share in outcome["shares"])
    return f"{whose}, {outcome['accrued']} of it due ({', '.join(answer['because'][0]['cite'])})"


def money_row(decisions):
    owed, sold = decisions["debt"], decisions.get("commission")
    return (debt(owed), instant(owed["valid_until"]), *((commission(sold), instant(sold["valid_until"])) if sold else ("–", "–")))


def duty(item):
    late = ", late" if item["state"] == "late" else ""
    return f"{item['id']} {item.get('who', item.get('team'))} by {instant(item['due_at'])}{late} ({item['clause']})"


def collected(outcome):
    words = [outcome.get(key) for key in ("invoice", "stage", "approach")]
    return " ".join(word for word in words if word) if "invoice" in outcome else "–"


def record(outcome):
    return "; ".join(f"{violation['code']} {violation['id']} ({violation['clause']})" for violation in outcome["violations"]) or "–"


def allowed(decisions):
    answers = [decisions[name] for name in ("third_party", "authority") if name in decisions]
    return "; ".join(f"{answer['outcome']['allowed']} ({', '.join(answer['because'][0]['cite'])})" for answer in answers) or "–"


def care_row(decisions):
    duties = "; ".join(duty(item) for item in decisions["duties"]["outcome"]) or "–"
    return duties, collected(decisions["collection"]["outcome"]), record(decisions["record_check"]["outcome"]), allowed(decisions)


def about_money(client, decisions):
    """Whether the client has invoices or buys: all others owe nothing and have no sale whose commission is asked for."""
    return "commission" in decisions or "\n  invoices:" in client.read_text(encoding="utf-8")


def decide(command, root, client):
    """One run for each client, so that a line is surely of the file it is compared with."""
    arguments = [command, "decide", "-r", root / "rules/company.yaml", client, "--format", "json"]
    answer = json.loads(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout)
    return answer["decisions"]


def differences(expected, decided):
    wrong = sorted(client for client in expected.keys() | decided.keys() if expected.get(client) != decided.get(client))
    return [f"{client}\n  the table says {expected.get(client)}\n  it is decided  {decided.get(client)}" for client in wrong]


def main(command, repository):
    root = Path(repository)
    lead_table, money_table, care_table = tables(root / "rules/day/README.md")
    # What a client shows is said in words; the rest is decided.
    lead_expected = {client: row[1:] for client, row in expected_rows(lead_table, LEAD_HEADINGS).items()}
    money_expected = expected_rows(money_table, MONEY_HEADINGS)
    care_expected = expected_rows(care_table, CARE_HEADINGS)
    decided = {file: decide(command, root, file) for file in sorted((root / "rules/day/clients").glob("*.yaml"))}
    leads = {file.stem: lead_row(decisions) for file, decisions in decided.items()}
    money = {file.stem: money_row(decisions) for file, decisions in decided.items() if about_money(file, decisions)}
    # Of the others nothing is to be done, collected, put right or asked.
    care = {file.stem: row for file, decisions in decided.items() if set(row := care_row(decisions)) != {"–"}}
    wrong = differences(lead_expected, leads) + differences(money_expected, money) + differences(care_expected, care)
    print(*wrong, f"{len(leads)} clients, {len(money)} with money, {len(care)} with something to do, {len(wrong)} differ from the tables", sep="\n")
    return 1 if wrong or not leads or not money or not care else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
