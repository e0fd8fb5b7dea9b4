"""`praxe replay` against a plain loop: random streams of events; facts kept as dicts by an own reading of events.yaml;
every case decided anew, by `praxe decide`, at every step of the clock and before and after every event.

    python3 tests/history/plain_loop.py [--streams N] [--first SEED] [--praxe COMMAND]

A stream that gives other changes than the loop is printed with its first difference; exit status 1.
"""
import argparse
import copy
import json
import os
import random
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
RULESET = ROOT / "rules" / "company.yaml"
ZONE = timezone(timedelta(hours=-3))  # São Paulo has had no summer time since 2019
START = datetime(2024, 4, 29, 9, 0, tzinfo=ZONE)
STEP = timedelta(minutes=10)
STEPS = 6 * 24 * 6

EVENTS = yaml.safe_load((ROOT / "rules" / "events.yaml").read_text())
KEYS = {"client.appointments": "id", "client.invoices": "id", "staff": "id"}


# ------------------------------------------------------------------------------------------------------ the loop

def put_at(facts, path, value):
    *owners, last = path.split(".")
    for step in owners:
        facts = facts.setdefault(step, {})
    if value is None:
        facts.pop(last, None)
    else:
        facts[last] = value


def get_at(facts, path):
    for step in path.split("."):
        facts = facts.get(step) if facts is not None else None
    return facts


def apply(event, facts):
    """The facts after the event; None where it does not go with them."""
    facts = copy.deepcopy(facts)
    does = EVENTS["types"][event["type"]]
    verb = next((v for v in ("adds", "changes", "puts", "removes") if v in does), None)
    if verb:
        path = does[verb]
        there = get_at(facts, path)
        told = {**does.get("with", {}), **event.get("record", {})}
        stamp = does.get("stamp") or does.get("once")
        is_list = path.startswith(("client.", "sale.")) and path.split(".")[1].endswith("s") or path in ("staff", "client.collection")
        if path in ("client.inactivation", "client.preference"):
            is_list = False
        before = there
        if is_list:
            key = does.get("by") or KEYS.get(path)
            before = next((r for r in there or [] if key and r.get(key) == told.get(key)), None)
            if verb == "adds" and before is not None or verb in ("changes", "removes") and before is None:
                return None
        if verb == "changes" and before is not None:
            told = {**before, **told}
        if stamp and stamp not in event.get("record", {}) and not ("once" in does and verb == "changes" and before and stamp in before):
            told[stamp] = event["at"]
        if verb == "removes":
            told = None
        if path == "client.inactivation" and told and told.get("mode") == "manual" and "by" not in told:
            return None
        if is_list:
            rest = list(there or [])
            if before is None:
                rest.append(told)
            elif told is None:
                rest.remove(before)
            else:
                rest[rest.index(before)] = told
            told = rest
        put_at(facts, path, told)
    for path, value in does.get("set", {}).items():
        put_at(facts, path, value)
    return facts


def instant(at):
    return at.isoformat()


class Decider:
    """Collects cases to be decided, so that one run of the command answers them all."""

    def __init__(self, command):
        self.command, self.cases = command, []

    def ask(self, facts, at):
        self.cases.append(json.dumps({**facts, "at": instant(at)}))
        return len(self.cases) - 1

    def answers(self):
        done = subprocess.run([self.command, "decide", "-r", RULESET, "--jsonl", "--no-valid-until"],
                              input="\n".join(self.cases) + "\n", capture_output=True, text=True)
        if done.returncode != 0:
            wrong = next((line for line in done.stdout.splitlines() if line.startswith('{"error')), "")
            raise SystemExit(f"praxe decide: {done.stderr}{wrong}")
        return [outcomes(json.loads(line)["decisions"]) for line in done.stdout.splitlines()]


def outcomes(decisions):
    found = {}
    for name, answer in decisions.items():
        if "error" not in answer:
            found[name] = answer["outcome"]
        elif "is not given" not in answer["error"]["message"]:
            found[name] = "error"
    return found


def plain_loop(stream, command):
    """(at, client, decision, from, to, cause) for every change."""
    decider = Decider(command)
    own, shared = {}, {}
    looks = {}  # client → [(at, number of the case, cause)]
    due = list(stream)
    for step in range(STEPS + 1):
        now = START + step * STEP
        for client, facts in own.items():
            looks[client].append((now, decider.ask({**facts, **shared}, now), "time"))
        while due and due[0]["at"] == instant(now):
            event = due.pop(0)
            client = event.get("client")
            before = own.get(client, {"client": {"id": client}}) if client else shared
            after = apply(event, before)
            if after is None:
                continue
            if client:
                own[client] = after
            else:
                shared = after
            for one in [client] if client else sorted(own):
                looks.setdefault(one, []).append((now, decider.ask({**own[one], **shared}, now), event["id"]))
    answers = decider.answers()
    changes = []
    for client, seen in looks.items():
        stood = {}
        for at, number, cause in seen:
            found = answers[number]
            for name in {*stood, *found}:
                if stood.get(name) != found.get(name):
                    changes.append((instant(at), client, name, stood.get(name), found.get(name), cause))
            stood = found
    return changes


# ------------------------------------------------------------------------------------------------------- streams

class Stream:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.events = []
        self.known = {}

    def tell(self, at, kind, client=None, record=None):
        event = {"at": instant(at), "id": f"e{len(self.events) + 1}", "type": kind}
        if client:
            event["client"] = client
        if record is not None:
            event["record"] = record
        self.events.append(event)

    def name(self, client, kind, new):
        known = self.known.setdefault((client, kind), [])
        if new or not known or self.random.random() < 0.05:  # now and then one that nobody added
            known.append(f"{kind}{len(known) + 1}")
            return known[-1] if new else "nobody"
        return self.random.choice(known[-2:])

    def moment(self, at, days):
        return instant(at + STEP * self.random.randrange(-days * 144, days * 144))

    def make(self, count):
        pick, chance = self.random.choice, self.random.random
        for who, team, role in (("ana", "sales", "seller"), ("bia", "sales", "closer"), ("caio", "support", "attendant"), ("gil", "sales", "manager")):
            self.tell(START, "staff_joined", record={"id": who, "team": team, "role": role, "status": "available"})
        for step in sorted(self.random.randrange(STEPS * 2 // 3) for _ in range(count)):
            at = START + step * STEP
            client = pick(["c1", "c1", "c2"])
            staff, product = pick(["ana", "bia", "caio"]), pick(["radar", "agenda"])
            kind = pick(["appointment_booked"] * 4 + ["appointment_renewed"] * 5 + ["appointment_approved", "appointment_closed", "request_made", "request_made",
                         "sale_made", "sale_refunded", "invoice_issued", "invoice_paid", "inactivated", "inactivated", "replied", "reactivated", "reactivated", "staff_changed",
                         "contact", "contact", "lead_created", "commission_asked", "payment", "request_ended", "appointment_changed", "quote_sent"])
            record = {}
            if kind == "appointment_booked":
                record = {"id": self.name(client, "a", True), "kind": pick(["sale_contact", "sale_contact", "sale_no_contact", "support"]), "product": product,
                          "owner": staff, "quote_sent": chance() < 0.8}
                if chance() < 0.3:
                    record["created_at"] = self.moment(at, 2)
                if chance() < 0.3:
                    record["scheduled_for"] = self.moment(at, 9)
            elif kind == "appointment_approved":
                record = {"id": self.name(client, "a", False), "approved_by": pick(["gil", "ana"])}
            elif kind == "appointment_changed":
                record = {"id": self.name(client, "a", False), "quote_sent": True}
            elif kind.startswith("appointment"):
                record = {"id": self.name(client, "a", False)}
            elif kind == "request_made":
                record = {"channel": "phone", "product": product, "handler": staff, "speculative": chance() < 0.3}
            elif kind == "sale_made":
                record = {"id": self.name(client, "s", True), "product": product, "amount": "250.00", "closed_by": staff}
            elif kind == "sale_refunded":
                record = {"id": self.name(client, "s", False), "refunded": "50.00"}
            elif kind == "quote_sent":
                record = {"id": self.name(client, "q", True), "by": staff, "channel": "email", "items": [{"service": product, "amount": "90.00"}]}
            elif kind == "invoice_issued":
                record = {"id": self.name(client, "i", True), "due": (at + timedelta(days=self.random.randrange(-400, 5))).date().isoformat(), "amount": "80.00"}
            elif kind == "invoice_paid":
                record = {"id": self.name(client, "i", False)}
            elif kind == "inactivated":
                record = {"mode": pick(["manual", "automatic"]), "by": staff, "last_contact_at": self.moment(at, 1)}
            elif kind == "staff_changed":
                record = {"id": pick(["ana", "bia", "caio", "nobody"]), "status": pick(["available", "busy", "absent"])}
                client = None
            elif kind == "contact":
                record = {"id": self.name(client, "m", True), "by": staff, "direction": pick(["in", "out"]), "channel": pick(["chat", "phone"]),
                          "event": pick(["talk", "question", "complaint", "attempt", "price"])}
            elif kind == "commission_asked":
                record = {"id": "s9", "product": product, "amount": "100.00", "closed_by": staff}
            elif kind == "payment":
                record = {"amount": "25.00"}
            elif kind in ("reactivated", "request_ended"):
                record = None
            self.tell(at, kind, client, record)
        return self.events


def replayed(stream, command):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write("".join(json.dumps(event) + "\n" for event in stream))
        file.flush()
        end = instant(START + STEPS * STEP)
        done = subprocess.run([command, "replay", "-r", RULESET, "--until", end, file.name], capture_output=True, text=True)
    if done.stderr:
        raise SystemExit(f"praxe replay: {done.stderr}")
    changes = []
    for line in map(json.loads, done.stdout.splitlines()):
        if "error" in line:
            continue
        sides = [("error" if isinstance(line[side], dict) and "error" in line[side] else line[side]) for side in ("from", "to")]
        cause = line["caused_by"] if line["caused_by"] == "time" else line["caused_by"]["event"]
        changes.append((line["at"], line["client"], line["decision"], *sides, cause))
    return changes


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--praxe", default=os.environ.get("PRAXE_COMMAND", "praxe"))
    options.add_argument("--streams", type=int, default=6)
    options.add_argument("--events", type=int, default=100)
    options.add_argument("--first", type=int, default=1)
    chosen = options.parse_args()
    told, by_time = 0, 0
    for seed in range(chosen.first, chosen.first + chosen.streams):
        stream = Stream(seed).make(chosen.events)
        key = lambda change: (change[0], change[1], change[2], change[5])
        expected = sorted(plain_loop(stream, chosen.praxe), key=key)
        found = sorted(replayed(stream, chosen.praxe), key=key)
        told += len(found)
        by_time += sum(change[5] == "time" for change in found)
        if found != expected:
            first = next((pair for pair in zip(expected, found) if pair[0] != pair[1]), (expected[len(found):], found[len(expected):]))
            print(f"seed {seed}: {len(expected)} changes by the loop, {len(found)} by the replay; first difference:\n  loop   {first[0]}\n  replay {first[1]}")
            return 1
    if by_time < told // 10:
        print(f"only {by_time} of {told} changes came by time: the streams are too dull to tell anything")
        return 1
    print(f"{chosen.streams} streams: {told} changes, {by_time} of them by time")
    return 0


if __name__ == "__main__":
    sys.exit(main())
