"""Turns Olist's sales funnel into cases for praxe: one JSON object a line, one line for each deal won.

    python3 funnel_cases.py FOLDER

FOLDER holds the two files of the funnel, as Olist published them. The page beside this file says how they are mapped.
"""

import csv
import json
import sys
from datetime import date, datetime, time, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

LEADS = "olist_marketing_qualified_leads_dataset.csv"
DEALS = "olist_closed_deals_dataset.csv"
ZONE = ZoneInfo("America/Sao_Paulo")
PRODUCT = "marketplace"


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def at_hand(folder):
    """Both files of the funnel are there."""
    return all((Path(folder) / name).is_file() for name in (LEADS, DEALS))


def rfc3339(instant):
    return instant.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def contacted_at(lead):
    """The contact has a date and no time of day: the local day's first instant.

    Where summer time skips midnight, Python reads it with the offset before the change, which is that instant.
    """
    return datetime.combine(date.fromisoformat(lead["first_contact_date"]), time(), ZONE)


def won_at(deal):
    return datetime.fromisoformat(deal["won_date"]).replace(tzinfo=timezone.utc)


def staff(deal):
    """Whoever qualified the lead, and whoever closed the deal; now and then the same person."""
    sellers = {deal["sdr_id"]: "sdr"}
    sellers.setdefault(deal["sr_id"], "closer")
    return [{"id": id, "team": "sales", "role": role, "status": "available"} for id, role in sellers.items()]


def case(lead, deal):
    id, contacted = lead["mql_id"], rfc3339(contacted_at(lead))
    reservation = {"id": id, "kind": "sale_contact", "product": PRODUCT, "owner": deal["sdr_id"], "quote_sent": True,
                   "created_at": contacted}
    return {
        "at": rfc3339(won_at(deal)),
        "client": {"id": id, "status": "prospect", "appointments": [reservation]},
        "request": {"product": PRODUCT, "handler": deal["sr_id"], "purpose": "purchase"},
        "registrations": [{"id": id, "created_at": contacted}],
        "staff": staff(deal),
    }


def cases(folder):
    leads = {lead["mql_id"]: lead for lead in rows(Path(folder) / LEADS)}
    for deal in rows(Path(folder) / DEALS):
        yield case(leads[deal["mql_id"]], deal)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if not at_hand(sys.argv[1]):
        sys.exit(f"the data are not at hand: {LEADS} and {DEALS} are not both in {sys.argv[1]}")
    for one in cases(sys.argv[1]):
        print(json.dumps(one))


if __name__ == "__main__":
    main()
