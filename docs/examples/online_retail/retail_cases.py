"""Turns the invoices of an online shop into cases for praxe: one JSON object a line.

    python3 retail_cases.py INVOICES.csv                 for retail.yaml: one line a customer, and one for each invoice without
    python3 retail_cases.py --clients INVOICES.csv       for segments.yaml: one line for each customer who bought

The page beside this file says how they are mapped.
"""

import argparse
import csv
import json
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")
KINDS = {"5": "sale", "C": "cancellation", "A": "adjustment"}
AS_OF = "2011-12-10T00:00:00Z"  # the day after the last invoice


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def instant(row):
    return datetime.fromisoformat(row["invoice_ts"]).replace(tzinfo=ZONE).isoformat()


def by_customer(path):
    """The invoices of each customer, and of nobody (under ""), in the order of the file."""
    customers = {}
    for row in rows(path):
        customers.setdefault(row["customer_id"], []).append(row)
    return customers


def invoice(row):
    thousandths = Decimal(row["amount_gbp"]) * 1000
    assert thousandths == int(thousandths), row
    return {"no": row["invoice_no"], "kind": KINDS[row["invoice_no"][0]], "at": instant(row), "thousandths": int(thousandths)}


def cases(path):
    for customer, invoices in by_customer(path).items():
        if customer:
            known = {"id": customer, "country": invoices[0]["country"]}
            yield {"at": AS_OF, "customer": known, "invoices": [invoice(row) for row in invoices]}
        else:
            yield from ({"at": AS_OF, "invoices": [invoice(row)]} for row in invoices)


def sale(row):
    pence = Decimal(row["amount_gbp"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return {"id": row["invoice_no"], "at": instant(row), "amount": str(pence)}


def clients(path):
    for customer, invoices in by_customer(path).items():
        sales = [sale(row) for row in invoices if KINDS[row["invoice_no"][0]] == "sale"]
        if customer and sales:
            yield {"at": AS_OF, "client": {"id": customer, "status": "active", "sales": sales}}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--clients", action="store_true", help="as the company's vocabulary has them")
    options.add_argument("invoices", help="invoices.csv")
    chosen = options.parse_args()
    for one in (clients if chosen.clients else cases)(chosen.invoices):
        print(json.dumps(one))


if __name__ == "__main__":
    main()
