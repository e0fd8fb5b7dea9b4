#!/usr/bin/env python3
"""Each example company decides as the company's own files do once somebody has edited them by hand, to the byte.

usage: whole_files.py --praxe COMMAND [--count N] [--seed S]

EDITS says, file by file, what a person would change in a copy of rules/ to get the same policy without `extends:`. The copy
and the overlay then answer N random cases, those of tests/oracle with kinds and facts of the company's own strewn in, and
every line must be the same but for the places of rules. Exit status 1 where one is not, or where an edit finds no place.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/oracle"))

import cases  # noqa: E402

RULE_AT = re.compile(r',"rule_at":"[^"]*"')  # where a rule stands is what overlays differ in
EXAMPLES = ROOT / "docs/examples"

KINDS = "appointment_kind: [sale_contact, sale_no_contact, no_contact, onboarding, support, inactivation, other]"
HELD = """held: 'held_by(asked, ["sale_contact"])'"""
RESERVING = 'unless: appointment.kind in ["sale_contact", "sale_no_contact", "no_contact"]'
NONE_ASKED = "      none_asked | onboarding, support, inactivation, other || false |"
ZONE = "zone: America/Sao_Paulo"

BROKER = {
    "vocabulary.yaml": [
        (KINDS, KINDS.replace("other]", "other, policy_review]")),
        ("      case?: {is: string, max_bytes: 200}\n  Invoice:", "      case?: {is: string, max_bytes: 200}\n      policy_ends?: date\n  Invoice:"),
    ],
    "company.yaml": [
        (ZONE, "zone: Europe/Lisbon\ncurrency: EUR"),
        ("calendars/br_national.yaml", "calendars/pt_national.yaml, calendars/br_national.yaml"),
        ("calendar: br_bank", "calendar: {over: pt_national, add: [{name: Santo António, date: 06-13}]}"),
        ("parts:", """clauses:
  B.1: {pt: "a revisão da apólice reserva o cliente até a apólice acabar", en: "a review of a policy reserves the client until the policy ends"}
  B.2: {pt: "sinistro não espera: trata quem atende", en: "a claim does not wait: whoever attends deals with it"}
parameters:
  review_lead: {is: calendar_days, value: 60, min: 1, max: 366, pt: "antecedência da revisão da apólice", en: "how long before its end a policy is reviewed"}
parts:"""),
    ],
    "sales/reservations.yaml": [
        ("quoted_term: {is: business_days, value: 2", "quoted_term: {is: business_days, value: 3"),
        ("renewed_limit: {is: business_days, value: 6", "renewed_limit: {is: business_days, value: 7"),
        (RESERVING, RESERVING.replace("]", ', "policy_review"]')),
        ("""      - id: too_long
        cite: P.S2d
        when: has(appointment.scheduled_for)
        any: [span > longest_span, span > longest_span_alone && !standing.approved]
        then: {state: disregarded}
        say: {pt: "marcado com <span> de antecedência: longe demais", en: "booked <span> ahead: too far"}
""", """      - id: review_over
        cite: B.1
        when: [appointment.kind == "policy_review", at >= start_of_day(appointment.policy_ends + calendar_days(1))]
        then: {state: expired, expires_at: start_of_day(appointment.policy_ends + calendar_days(1)), renewable: "false"}
        say: {pt: "a apólice acabou em <appointment.policy_ends>", en: "the policy ended on <appointment.policy_ends>"}
      - id: review_too_early
        cite: B.1
        when: [appointment.kind == "policy_review", date(appointment.created_at) + review_lead < appointment.policy_ends]
        then: {state: disregarded}
        say: {pt: "revisão marcada mais de <review_lead> antes de a apólice acabar", en: "reviewed more than <review_lead> before the policy ends"}
      - id: review_holds
        cite: B.1
        when: appointment.kind == "policy_review"
        then: {state: live, expires_at: start_of_day(appointment.policy_ends + calendar_days(1)), renewable: "false"}
        say: {pt: "em revisão até a apólice acabar, em <appointment.policy_ends>", en: "under review until the policy ends on <appointment.policy_ends>"}
"""),
    ],
    "sales/lead_owner.yaml": [
        ("recall_span: {is: calendar_days, value: 15", "recall_span: {is: calendar_days, value: 30"),
        ('staff[id].team == "sales" && presence', 'staff[id].team == "sales" && staff[id].role != "manager" && presence'),
        (HELD, HELD.replace("]", ', "policy_review"]')),
        ("""client.inactivation.mode == "automatic"]
        then: {route: attendant, owner: attendant}
        say: {pt: "inativado automaticamente; quem atende recontrata", en: "inactivated automatically; whoever attends contracts anew"}
""", """client.inactivation.mode == "automatic"]
        then: {route: any_seller, candidates: free_sellers}
        say: {pt: "inativado automaticamente; qualquer mediador livre", en: "inactivated automatically; any free broker"}
        except:
          - id: attendant_mediates
            cite: P.S2c
            when: general.candidates.size() == 0
            then: {route: attendant, owner: attendant}
            say: {pt: "nenhum mediador livre; quem atende resolve", en: "no broker is free; whoever attends resolves"}
      - id: claim
        cite: B.2
        when: [has(request.purpose), 'request.purpose == "complaint"']
        then: {route: attendant, owner: attendant}
        say: {pt: "trate o sinistro com o cliente agora", en: "deal with the claim now"}
"""),
    ],
    "collection/debt.yaml": [("value: following, pt: \"vencimento", "value: stands, pt: \"vencimento")],
    "care/record_check.yaml": [(NONE_ASKED, "      reviewing  | policy_review || false |\n" + NONE_ASKED)],
}

RESELLER = {
    "vocabulary.yaml": [
        (KINDS, KINDS.replace("other]", "other, site_survey]")),
        ("      third_party?: ThirdParty\n", "      third_party?: ThirdParty\n      lines?: {is: int, min: 0, max: 100000}\n"),
    ],
    "company.yaml": [
        (ZONE, "zone: America/Chicago\ncurrency: USD"),
        ("calendars/br_national.yaml", "calendars/us_federal.yaml, calendars/br_national.yaml"),
        ("calendar: br_bank", "calendar: us_federal"),
        ("parts:", """clauses:
  T.1: {pt: "a vistoria do local reserva o cliente", en: "a survey of the site reserves the client"}
  T.2: {pt: "pedido grande é do comercial, atenda quem atender", en: "a large order belongs to sales, whoever attends"}
parameters:
  survey_term: {is: business_days, value: 10, min: 1, max: 366, pt: "prazo com vistoria do local", en: "term once the site is surveyed"}
  large_order: {is: int, value: 50, min: 1, max: 100000, pt: "linhas a partir das quais o pedido é grande", en: "lines from which an order is large"}
parts:"""),
    ],
    "sales/reservations.yaml": [
        ("quoted_term: {is: business_days, value: 2", "quoted_term: {is: business_days, value: 5"),
        ("renewal_term: {is: business_days, value: 4", "renewal_term: {is: business_days, value: 5"),
        ("renewed_limit: {is: business_days, value: 6", "renewed_limit: {is: business_days, value: 10"),
        ("      id          | by_approval | has_quote | renewed ||", "      id          | by_approval | has_quote | renewed | booking.kind == \"site_survey\" ||"),
        ("      approved    | yes         | -         | -       ||", "      approved    | yes         | -         | -       | -   ||"),
        ("      renewed     | no          | yes       | yes     ||", "      renewed     | no          | yes       | yes     | -   ||"),
        ("      quoted      | no          | yes       | no      ||", "      quoted      | no          | yes       | no      | -   ||"),
        ("      not_reached | no          | no        | -       ||", "      surveyed    | no          | -         | -       | yes || survey_term | false\n      not_reached | no          | no        | -       | no  ||"),
        (RESERVING, RESERVING.replace("]", ', "site_survey"]')),
        ("      - id: holds\n", """      - id: holds_surveyed
        cite: T.1
        when: appointment.kind == "site_survey"
        then: {state: live, expires_at: ends, renewable: "false"}
        say: {pt: "com vistoria do local, vale até <ends>", en: "with a site survey, holds until <ends>"}
      - id: holds
"""),
    ],
    "sales/lead_owner.yaml": [
        ("value: stands, pt: \"prazo corrido", "value: following, pt: \"prazo corrido"),
        ("nobody_free: {is: [attendant, any_seller], value: attendant", "nobody_free: {is: [attendant, any_seller], value: any_seller"),
        (HELD, HELD.replace("]", ', "site_survey"]')),
        ("      - id: only_prices\n", """      - id: large
        cite: T.2
        when: request.?lines.orValue(0) >= large_order
        unless: staff[attendant].team == "sales"
        then: {route: any_seller, candidates: free_sellers}
        say: {pt: "pedido de <request.lines> linhas; o comercial atende", en: "an order of <request.lines> lines; sales attends"}
      - id: only_prices
"""),
        ("""      - id: other_product
        cite: P.S3
        when: reservations.exists(r, r.state == "live" && r.appointment.product != asked)
        then: {route: attendant, owner: attendant}
        say: {pt: "a reserva é de outro produto; quem atende vende este", en: "the reservation is for another product; whoever attends sells this one"}
""", ""),
    ],
    "sales/commission.yaml": [
        ('value: "10.00"', 'value: "8.00"'),
        ("another_closed: {is: [manager, split], value: manager", "another_closed: {is: [manager, split], value: split"),
        ("owner_part: {is: int, value: 50", "owner_part: {is: int, value: 70"),
        ("closer_part: {is: int, value: 50", "closer_part: {is: int, value: 30"),
    ],
    "collection/debt.yaml": [("forgiven_after: {is: years, value: 1", "forgiven_after: {is: years, value: 3")],
    "care/record_check.yaml": [(NONE_ASKED, "      surveying  | site_survey || false |\n" + NONE_ASKED)],
}


def stray_broker(case, random):
    """Some appointments are reviews, with an end about the case's own dates; some contacts are claims."""
    for booking in case.get("client", {}).get("appointments", []):
        if random.random() < 0.35 and "created_at" in booking:
            booking["kind"] = "policy_review"
            if random.random() < 0.9:
                booking["policy_ends"] = near(booking["created_at"], random, 70)
    if random.random() < 0.2 and "request" in case:
        case["request"]["purpose"] = random.choice(["complaint", "purchase"])


def stray_reseller(case, random):
    """Some appointments are surveys; some requests say how many lines are asked for."""
    for booking in case.get("client", {}).get("appointments", []):
        if random.random() < 0.35:
            booking["kind"] = "site_survey"
    if random.random() < 0.5 and "request" in case:
        case["request"]["lines"] = random.choice([0, 1, 49, 50, 51, 500])


def near(instant, random, days):
    """A date up to so many days after that of an instant."""
    from datetime import date, timedelta
    return str(date.fromisoformat(instant[:10]) + timedelta(days=random.randrange(-3, days)))


COMPANIES = {
    "lisbon_broker": ("broker.yaml", BROKER, stray_broker),
    "telecom_reseller": ("reseller.yaml", RESELLER, stray_reseller),
}


def edited_copy(folder, edits, name):
    """A copy of rules/ with the edits made: the path of its company.yaml."""
    rules = Path(folder) / name
    shutil.copytree(ROOT / "rules", rules, ignore=shutil.ignore_patterns("*.scenario.yaml", "day", "schema"))
    for file, changes in edits.items():
        text = (rules / file).read_text(encoding="utf-8")
        for old, new in changes:
            if text.count(old) != 1:
                sys.exit(f"{name}: rules/{file} has {text.count(old)} places for the edit: {old.strip().splitlines()[0]}")
            text = text.replace(old, new)
        (rules / file).write_text(text, encoding="utf-8")
    for part in rules.glob("*/*.yaml"):  # parts name zone and calendar too; the whole company says which holds
        lines = part.read_text(encoding="utf-8").splitlines(keepends=True)
        if part.parent.name != "calendars":
            part.write_text("".join(x for x in lines if not x.startswith(("zone: ", "calendar: "))), encoding="utf-8")
    return rules / "company.yaml"


def answers(praxe, ruleset, lines):
    run = subprocess.run([praxe, "decide", "-r", str(ruleset), "--jsonl"], input=lines, capture_output=True, text=True)
    if run.returncode not in (0, 2) or not run.stdout:
        sys.exit(f"{ruleset}: {run.stderr}")
    return [RULE_AT.sub("", line) for line in run.stdout.splitlines()]


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--praxe", required=True)
    options.add_argument("--count", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    different = 0
    for name, (file, edits, stray) in COMPANIES.items():
        lines = []
        for number in range(chosen.count):
            case = cases.case(chosen.seed, number)
            stray(case, Random(f"{name}/{chosen.seed}/{number}"))
            lines.append(json.dumps(case, ensure_ascii=False))
        text = "\n".join(lines) + "\n"
        with tempfile.TemporaryDirectory() as folder:
            whole = answers(chosen.praxe, edited_copy(folder, edits, name), text)
        laid = answers(chosen.praxe, EXAMPLES / name / file, text)
        base = answers(chosen.praxe, ROOT / "rules/company.yaml", "\n".join(lines[:200]) + "\n")
        wrong = [i for i, (one, other) in enumerate(zip(whole, laid, strict=True)) if one != other]
        other_than_base = sum(one != other for one, other in zip(base, laid))
        for i in wrong[:3]:
            print(f"{name} {i}: {lines[i]}\n  whole   {whole[i]}\n  overlay {laid[i]}")
        print(f"{name}: {len(laid)} cases, {len(wrong)} differ; {other_than_base} of the first {len(base)} not as the company decides")
        different += len(wrong) + (other_than_base == 0)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
