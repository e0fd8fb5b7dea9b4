"""The commission plan of docs/examples/commission over whole sequences of sales, part payments and refunds, compared with a
plain reading of it in fractions: what is due adds up month by month and share by share, and a full refund leaves nothing.

    PRAXE_COMMAND=build/praxe python3 commission.py [--count N] [--seed N]
"""

import argparse
import json
import os
import random
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

PLAN = Path(__file__).resolve().parents[2] / "docs" / "examples" / "commission" / "plan.yaml"
ZONE = timezone(timedelta(hours=-3))  # São Paulo in the years drawn from

TIERS = [(0, Fraction(5, 100)), (500_000, Fraction(7, 100)), (2_000_000, Fraction(85, 1000))]
MANAGER_CAP = 50_000
SHARES = ("sdr", "closer", "manager")


# ------------------------------------------------------------------------------------------------ the plan, read plainly


def half_up(x):
    return (2 * x.numerator + x.denominator) // (2 * x.denominator)


def bonus(sale):
    if sale["product"] == "radar":
        return Fraction(3 if sale.get("state") == "RS" else 2, 100)
    if sale.get("family") == "research":
        return Fraction(1, 100)
    return Fraction(5, 1000) if sale.get("state") in ("RS", "SC") else Fraction(0)


def whole(sale):
    amount, exact = sale["amount"], Fraction(0)
    for i, (start, rate) in enumerate(TIERS):
        end = TIERS[i + 1][0] if i + 1 < len(TIERS) else amount
        exact += rate * max(0, min(amount, end) - start)
    return half_up(exact + bonus(sale) * amount)


def shared(due, percentages):
    """By percentages, the manager never above the cap: what is beyond it is the others', by theirs."""
    of_all = sum(percentages)
    exact = [Fraction(due * p, of_all) for p in percentages]
    if exact[2] > MANAGER_CAP:
        rest = due - MANAGER_CAP
        exact = [Fraction(rest * p, percentages[0] + percentages[1]) for p in percentages[:2]] + [Fraction(MANAGER_CAP)]
    parts = [int(x) for x in exact]
    by_loss = sorted(range(3), key=lambda i: (parts[i] - exact[i], i))
    for i in by_loss[: due - sum(parts)]:
        parts[i] += 1
    return parts


def due_before(sale, moment):
    """What is due in all of what happened before the moment, and each one's share of it."""
    kept = sum(p["amount"] for p in sale["payments"] if p["at"] < moment)
    kept -= sum(r["amount"] for r in sale["refunds"] if r["at"] < moment)
    due = half_up(Fraction(whole(sale) * max(0, min(kept, sale["amount"])), sale["amount"]))
    return [due, *shared(due, [sale[who] for who in SHARES])]


def next_month(month):
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


def statement(sales, at):
    month = min(s["at"] for s in sales).replace(day=1, hour=0, minute=0, second=0)
    rows = []
    while month <= at:
        # What lies ahead of the instant has not happened.
        end = min(next_month(month), at + timedelta(microseconds=1))
        for sale in sales:
            if sale["at"] > at:
                continue
            owed = [now - then for now, then in zip(due_before(sale, end), due_before(sale, month))]
            if any(owed):
                rows.append({"sale": sale["id"], "month": month.date().isoformat(),
                             **{name: text(x) for name, x in zip(("amount", *SHARES), owed)}})
        month = next_month(month)
    return rows


# ------------------------------------------------------------------------------------------------ sequences


def text(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"


def draw_sale(draw, number):
    at = datetime(2022, 1, 1, tzinfo=ZONE) + timedelta(days=draw.randrange(60), seconds=draw.randrange(86_400))
    amount = draw.choice([draw.randrange(1, 100), draw.randrange(1, 100_000), draw.randrange(400_000, 6_000_000),
                          500_000, 500_001, 2_000_000, 2_000_001])
    cuts = sorted([draw.randrange(1, 10_000), draw.randrange(1, 10_000)])
    sale = {"id": f"s{number}", "at": at, "amount": amount, "product": draw.choice(["radar", "monitor", "alert"]),
            "sdr": cuts[0], "closer": cuts[1] - cuts[0] or 0, "manager": 10_000 - cuts[1], "payments": [], "refunds": []}
    if draw.random() < 0.5:
        sale["family"] = draw.choice(["research", "other"])
    if draw.random() < 0.6:
        sale["state"] = draw.choice(["RS", "SC", "SP"])
    left = amount
    while left > 0 and draw.random() < 0.85:
        at += timedelta(days=draw.randrange(40), seconds=draw.randrange(86_400))
        paid = left if draw.random() < 0.3 else draw.randrange(1, left + 1)
        sale["payments"].append({"at": at, "amount": paid})
        left -= paid
        if draw.random() < 0.25:
            at += timedelta(days=draw.randrange(40))
            back = draw.randrange(0, amount - left + 1)
            sale["refunds"].append({"at": at, "amount": back})
            left += back
        if len(sale["payments"]) > 12:
            break
    if draw.random() < 0.3:  # all of it goes back in the end
        sale["refunds"].append({"at": at + timedelta(days=draw.randrange(1, 40)), "amount": amount - left})
        sale["given_back"] = True
    return sale


def case_of(sales, at):
    def movements(all_):
        return [{"at": m["at"].isoformat(), "amount": text(m["amount"])} for m in all_]

    def percent(hundredths):
        return f"{hundredths // 100}.{hundredths % 100:02}"

    return {"at": at.isoformat(), "sales": [
        {**{k: s[k] for k in ("id", "product", "family", "state") if k in s}, "at": s["at"].isoformat(), "amount": text(s["amount"]),
         **{who: percent(s[who]) for who in SHARES},
         "payments": movements(s["payments"]), "refunds": movements(s["refunds"])} for s in sales]}


def draw_case(draw):
    sales = [draw_sale(draw, i) for i in range(draw.randrange(1, 4))]
    at = max(s["at"] for s in sales) + timedelta(days=draw.randrange(0, 500), microseconds=draw.randrange(2))
    moments = [m["at"] for s in sales for m in s["payments"] + s["refunds"]]
    return sales, draw.choice([at, draw.choice(moments or [at]), datetime(2030, 1, 1, tzinfo=ZONE)])


def shuffled(draw, sales):
    """The same movements in another order of lists."""
    return [{**s, "payments": draw.sample(s["payments"], len(s["payments"])),
             "refunds": draw.sample(s["refunds"], len(s["refunds"]))} for s in sales]


# ------------------------------------------------------------------------------------------------ comparison


def cents(amount):
    return int(amount.replace(".", ""))


def complaints(sales, at, answers, again):
    """What does not hold of the engine's answers to one sequence."""
    found = answers["statement"]["outcome"]
    expected = statement(sales, at) if any(s["at"] <= at for s in sales) else []
    if found != expected:
        yield f"statement {found}\n  not {expected}"
    if again["statement"]["outcome"] != found or again["balance"]["outcome"] != answers["balance"]["outcome"]:
        yield "another order of payments gave another answer"
    for row in found:
        if sum(cents(row[who]) for who in SHARES) != cents(row["amount"]):
            yield f"shares do not add up: {row}"
    for balance in answers["balance"]["outcome"]:
        sale = next(s for s in sales if s["id"] == balance["id"])
        rows = [row for row in found if row["sale"] == balance["id"]]
        for total, part in (("due", "amount"), *((who, who) for who in SHARES)):
            if sum(cents(row[part]) for row in rows) != cents(balance[total]):
                yield f"months do not add up to {total} of {balance}: {rows}"
        last = max((m["at"] for m in sale["payments"] + sale["refunds"]), default=sale["at"])
        if sale.get("given_back") and at >= last and any(cents(balance[x]) for x in ("due", *SHARES)):
            yield f"given back, and yet due: {balance}"
        net = sum(p["amount"] for p in sale["payments"]) - sum(r["amount"] for r in sale["refunds"])
        if net == sale["amount"] and at >= last and balance["due"] != balance["whole"]:
            yield f"all paid, and not all due: {balance}"


def decided(cases):
    command = [os.environ["PRAXE_COMMAND"], "decide", "-r", str(PLAN), "--jsonl"]
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    run = subprocess.run(command, input=lines, capture_output=True, encoding="utf-8", check=True)
    return [json.loads(line)["decisions"] for line in run.stdout.splitlines()]


def page_complaint():
    """The page shows what the command says of its sale."""
    example = PLAN.parent
    command = [os.environ["PRAXE_COMMAND"], "decide", "-r", PLAN, example / "sale.yaml", "--decision", "balance", "--explain", "--lang", "en"]
    said = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    page = example / "README.md"
    text_ = page.read_text(encoding="utf-8")
    begin = text_.index("```\n", text_.index("<!-- explained -->")) + len("```\n")
    renewed = text_[:begin] + said.split("\n", 1)[1].rstrip() + "\n" + text_[text_.index("```", begin):]
    if os.environ.get("PRAXE_RECORD"):
        page.write_text(renewed, encoding="utf-8")
    elif renewed != text_:
        return f"{page} does not show what the command says; PRAXE_RECORD=1 writes it anew"
    return None


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=400)
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    if complaint := page_complaint():
        sys.exit(complaint)
    draw = random.Random(chosen.seed)
    sequences = [draw_case(draw) for _ in range(chosen.count)]
    answers = decided([case_of(sales, at) for sales, at in sequences])
    again = decided([case_of(shuffled(draw, sales), at) for sales, at in sequences])
    failed = 0
    for (sales, at), one, other in zip(sequences, answers, again):
        for complaint in complaints(sales, at, one, other):
            failed += 1
            if failed < 4:
                print(f"{complaint}\n  of {json.dumps(case_of(sales, at))}")
    rows = sum(len(one["statement"]["outcome"]) for one in answers)
    taken_back = sum(row["amount"].startswith("-") for one in answers for row in one["statement"]["outcome"])
    given_back = sum(bool(s.get("given_back")) for sales, _ in sequences for s in sales)
    print(f"{chosen.count} sequences, {rows} months due, {taken_back} of them taken back, {given_back} sales given back: {failed} complaints")
    if min(rows, taken_back, given_back) < chosen.count // 10:
        sys.exit("too few sequences say anything")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
