"""Writes a stream of events of a sales team's clients, for `praxe replay`; the same for the same numbers.

    python3 bench/write_events.py EVENTS CLIENTS [SEED]

Two years of work: leads come, are contacted and quoted, are booked, renewed, approved, buy, are invoiced and pay, fall
asleep and come back. Of the invoices most are paid about when they are due, one in fifty never. A third of the clients make two thirds of the events. Staff are away for weeks known beforehand.
"""
import heapq
import json
import random
import sys
from datetime import datetime, timedelta, timezone

START = datetime(2024, 1, 2, 11, 0, tzinfo=timezone.utc)
SPAN = timedelta(days=730)
SELLERS = [f"s{n}" for n in range(1, 9)]
OTHERS = [("h1", "support", "attendant"), ("h2", "support", "attendant"), ("j1", "central", "attendant"), ("g1", "sales", "manager")]
PRODUCTS = ["radar", "agenda", "integra", "intimation"]


def text(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


class Client:
    """What is under way with one client: enough for the next event to make sense."""

    def __init__(self, name):
        self.name = name
        self.count = 0
        self.appointment = None
        self.inactive = False

    def number(self, letter):
        self.count += 1
        return f"{letter}{self.count}"


def next_event(client, at, draw):
    pick = lambda options: options[int(draw() * len(options))]
    seller, product, chance = pick(SELLERS), pick(PRODUCTS), draw()
    if client.count == 0:
        client.count = 1
        return "lead_created", {"credit_risk": pick(["low", "medium", "high"])}
    if client.inactive:
        client.inactive = False
        return ("reactivated", None) if chance < 0.6 else ("replied", {})
    if client.appointment and chance < 0.35:
        name, client.appointment = client.appointment, client.appointment if chance < 0.2 else None
        if chance < 0.12:
            return "appointment_renewed", {"id": name}
        if chance < 0.2:
            return "appointment_approved", {"id": name, "approved_by": "g1"}
        if chance < 0.27:
            return "appointment_closed", {"id": name, "closed_by": seller}
        return "sale_made", {"id": client.number("v"), "product": product, "amount": f"{50 + int(draw() * 900)}.00", "closed_by": seller}
    if chance < 0.55:
        return "contact", {"id": client.number("m"), "by": seller, "direction": pick(["in", "out", "out"]), "channel": pick(["phone", "chat", "email"]),
                           "event": pick(["talk", "talk", "attempt", "question", "price", "call"]), "answered": draw() < 0.7}
    if chance < 0.7:
        client.appointment = client.number("a")
        record = {"id": client.appointment, "kind": pick(["sale_contact", "sale_contact", "sale_no_contact", "support"]), "product": product,
                  "owner": seller, "quote_sent": draw() < 0.6}
        if draw() < 0.4:
            record["scheduled_for"] = text(at + timedelta(hours=int(draw() * 240)))
        return "appointment_booked", record
    if chance < 0.82:
        return "request_made", {"channel": pick(["phone", "chat", "whatsapp"]), "product": product, "handler": pick(SELLERS + ["h1", "h2"]), "purpose": "purchase"}
    if chance < 0.9:
        return "invoice_issued", {"id": client.number("i"), "due": (at + timedelta(days=15)).date().isoformat(), "amount": f"{20 + int(draw() * 800)}.00"}
    if chance < 0.97:
        return "quote_sent", {"id": client.number("q"), "by": seller, "channel": "email", "items": [{"service": product, "amount": "90.00"}]}
    client.inactive = True
    return "inactivated", {"mode": "manual", "by": seller, "last_contact_at": text(at - timedelta(days=1))}


def staff(draw):
    for name, team, role in [(seller, "sales", "seller") for seller in SELLERS] + OTHERS:
        first = START.date() + timedelta(days=int(draw() * 700))
        yield {"id": name, "team": team, "role": role, "status": "available",
               "away": [{"kind": "vacation", "from": first.isoformat(), "until": (first + timedelta(days=20)).isoformat()}]}


def main():
    count, names, seed = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1
    draw = random.Random(seed).random
    clients = [Client(f"c{n}") for n in range(1, names + 1)]
    written = 0

    def tell(at, kind, **told):
        nonlocal written
        written += 1
        print(json.dumps({"at": text(at), "id": f"e{written}", "type": kind, **told}))

    for record in staff(draw):
        tell(START, "staff_joined", record=record)
    payments = []  # (instant, client, invoice)
    while written < count:
        at = START + SPAN * (written / count)
        if payments and payments[0][0] <= at:
            _, name, invoice = heapq.heappop(payments)
            tell(at, "invoice_paid", client=name, record={"id": invoice})
            continue
        few = draw() < 2 / 3
        client = clients[int(draw() * (names // 3 if few else names))]
        kind, record = next_event(client, at, draw)
        tell(at, kind, client=client.name, **({} if record is None else {"record": record}))
        if kind == "invoice_issued" and draw() < 0.98:
            heapq.heappush(payments, (at + timedelta(days=5 + int(draw() * 14)), client.name, record["id"]))


if __name__ == "__main__":
    main()
