"""Random leads, always the same ones, and the policy of ../columns/policy.yaml as a decision table of ZEN's."""

import json
import random
from datetime import date, timedelta

CASES = 1 << 14
EPOCH = date(1970, 1, 1)
WORDS = {
    "stage": ["new", "contacted", "quoted", "won", "lost"],
    "product": ["car", "home", "life", "health", "travel", "pet", "radar", "fleet"],
    "region": ["north", "northeast", "midwest", "southeast", "south", "abroad"],
    "channel": ["phone", "site", "partner", "campaign"],
}
NUMBERS = {"age": (16, 90), "score": (0, 1000), "visits": (0, 50), "calls": (0, 9), "amount": (0, 8_000_000), "paid": (0, 8_000_000)}
MONEY = ("amount", "paid")
DATES = {"opened": (19_300, 20_700), "renewed": (20_300, 20_800)}


def plain_leads():
    """Dates as days since 1970, 0 for one that is lacking, and amounts as cents: what costs every peer least."""
    generator = random.Random(1)
    for _ in range(CASES):
        lead = {name: generator.choice(words) for name, words in WORDS.items()}
        lead |= {name: generator.randrange(*bounds) for name, bounds in (NUMBERS | DATES).items()}
        if generator.random() < 0.5:
            lead["renewed"] = 0
        yield lead | {"returning": generator.random() < 0.5, "blocked": generator.random() < 0.06}


def as_case(lead):
    """The same as praxe's JSON: dates and amounts as its vocabulary wants them."""
    case = dict(lead)
    for name in DATES:
        case[name] = str(EPOCH + timedelta(days=lead[name]))
    for name in MONEY:
        case[name] = f"{lead[name] // 100}.{lead[name] % 100:02}"
    if lead["renewed"] == 0:
        del case["renewed"]
    return {"lead": case}


def day(text):
    return (date.fromisoformat(text) - EPOCH).days


YES, NO = "true", "false"
ROWS = [  # of ZEN's table: what does not fit a column's cell stands in "condition"
    ("blocked", {"blocked": YES, "condition": 'stage != "won"'}),
    ("lost_long_ago", {"stage": '"lost"', "opened": f"< {day('2025-01-01')}", "calls": ">= 6", "score": "< 900"}),
    ("fleet_deal", {"product": '"fleet"', "amount": ">= 5000000", "score": ">= 600", "returning": NO, "age": ">= 25"}),
    ("fleet", {"product": '"fleet", "radar"', "amount": ">= 800000", "condition": 'region != "abroad"', "visits": ">= 2"}),
    ("won_paid", {"stage": '"won"', "condition": "paid >= amount", "visits": "< 40", "opened": f">= {day('2023-06-01')}"}),
    ("won_open", {"stage": '"won"', "condition": "paid < amount", "calls": "< 3"}),
    ("renewal", {"renewed": f"[{day('2026-01-01')}..{day('2026-07-01')})", "returning": YES, "score": ">= 400"}),
    ("abroad", {"region": '"abroad"', "product": '"travel", "health", "life"', "age": "< 70", "condition": 'channel != "phone"'}),
    ("hot", {"score": ">= 850", "condition": "visits >= 10 or calls >= 4", "stage": '"new", "contacted"', "amount": ">= 90000"}),
    ("partner_lead", {"channel": '"partner"', "region": '"north", "northeast", "midwest"', "score": ">= 300", "amount": "< 2000000", "returning": NO}),
    ("young_driver", {"product": '"car"', "age": "< 25", "score": ">= 200", "opened": f">= {day('2025-09-01')}"}),
    ("senior_life", {"product": '"life", "health"', "age": ">= 60", "amount": ">= 30000", "condition": 'channel != "campaign"'}),
    ("quoted_fresh", {"stage": '"quoted"', "opened": f">= {day('2026-05-01')}", "calls": "< 5", "score": ">= 100", "visits": ">= 1"}),
    ("campaign_cold", {"channel": '"campaign"', "score": "< 250", "calls": "0", "visits": "<= 1"}),
    ("returning_client", {"returning": YES, "region": '"southeast", "south"', "paid": "> 0", "age": "[18..80)"}),
    ("others", {}),
]
OUTCOMES = {
    "blocked": ("nobody", 0), "lost_long_ago": ("nobody", 0), "fleet_deal": ("manager", 1), "fleet": ("specialist", 2),
    "won_paid": ("seller", 5), "won_open": ("seller", 2), "renewal": ("seller", 1), "abroad": ("partner", 3), "hot": ("manager", 2),
    "partner_lead": ("partner", 4), "young_driver": ("specialist", 4), "senior_life": ("specialist", 3), "quoted_fresh": ("seller", 3),
    "campaign_cold": ("queue", 9), "returning_client": ("seller", 4), "others": ("queue", 7),
}  # fmt: skip


def zen_table():
    columns = [*WORDS, *NUMBERS, *DATES, "returning", "blocked"]
    inputs = [{"id": name, "name": name, "field": name} for name in columns] + [{"id": "condition", "name": "condition"}]
    outputs = [{"id": f"out_{name}", "name": name, "field": name} for name in ("rule", "route", "priority")]
    rules = []
    for rule, cells in ROWS:
        route, priority = OUTCOMES[rule]
        given = {"out_rule": json.dumps(rule), "out_route": json.dumps(route), "out_priority": str(priority)}
        rules.append({"_id": rule} | {entry["id"]: cells.get(entry["id"], "") for entry in inputs} | given)
    table = {"hitPolicy": "first", "inputs": inputs, "outputs": outputs, "rules": rules}
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": table},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [{"id": f"{source}_{target}", "sourceId": source, "targetId": target, "type": "edge"} for source, target in (("in", "table"), ("table", "out"))]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
