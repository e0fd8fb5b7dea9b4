"""Tests of policy.py: the policy's worked cases, days and outcomes computed by hand, and the published business-day cases.

    python3 test_policy.py
"""

import json
import os
import unittest
from datetime import date
from pathlib import Path
from random import Random

import cases
import civil_time
import policy
from civil_time import a_year_after
from commission import commission
from debt import debt
from facts import instant, instants_after, read
from ownership import lead_owner

PROJECT = Path(__file__).resolve().parents[2]
BUSINESS_DAY_CASES = Path(os.environ.get("PRAXE_BUSINESS_DAY_CASES",
                                         PROJECT.parent / "shared/conformance/calendar/business_day_cases.jsonl"))


def staff_member(id, team="sales", role="seller", status="available", **more):
    return {"id": id, "team": team, "role": role, "status": status, **more}


STAFF = [staff_member("ana"), staff_member("bia"), staff_member("caio", "support", "attendant"),
         staff_member("gil", "success", "manager")]


def sale_contact(created_at="2024-04-29T15:00:00-03:00", **more):
    return {"id": "a1", "kind": "sale_contact", "product": "radar", "owner": "ana", "quote_sent": True,
            "created_at": created_at, **more}


def decide(at, *appointments, staff=STAFF, request=(), sale=None, **client):
    case = {"at": at, "client": {"status": "prospect", "appointments": list(appointments), **client},
            "request": {"product": "radar", "handler": "caio", **dict(request)}, "staff": staff}
    return policy.decide(read(case if sale is None else {**case, "sale": sale}))[0]


class Time(unittest.TestCase):
    def test_first_instant_of_a_day(self):
        for day, text in [("2018-11-04", "2018-11-04T01:00:00-02:00"), ("2018-02-17", "2018-02-17T00:00:00-02:00"),
                          ("2018-02-18", "2018-02-18T00:00:00-03:00"), ("2024-05-03", "2024-05-03T00:00:00-03:00")]:
            self.assertEqual(civil_time.local_text(civil_time.start_of(date.fromisoformat(day))), text)

    def test_twentieth_of_november_from_2024(self):
        self.assertTrue(civil_time.is_business_day(date(2023, 11, 20)))
        self.assertFalse(civil_time.is_business_day(date(2024, 11, 20)))

    def test_business_days_of_years(self):
        for year, count in [(2022, 251), (2023, 249), (2024, 253), (2025, 252), (2026, 249)]:
            self.assertEqual(civil_time.business_days_up_to(date(year - 1, 12, 31), date(year, 12, 31)), count)

    def test_a_year_after(self):
        for day, year_later in [("2024-02-28", "2025-02-28"), ("2024-02-29", "2025-03-01"), ("2023-02-28", "2024-02-28"),
                                ("2023-03-01", "2024-03-01")]:
            self.assertEqual(a_year_after(date.fromisoformat(day)).isoformat(), year_later)

    def test_published_business_day_cases(self):
        if not BUSINESS_DAY_CASES.exists():
            print(f"\nno business-day cases at {BUSINESS_DAY_CASES}: not tested")
            self.skipTest("data not there")
        for line in BUSINESS_DAY_CASES.read_text().splitlines():
            with self.subTest(line):
                case = json.loads(line)
                start = date.fromisoformat(case["start"])
                if case["op"] == "add":
                    self.assertEqual(civil_time.add_business_days(start, case["n"]).isoformat(), case["expect"])
                elif case["op"] == "between":
                    end = date.fromisoformat(case["end"])
                    self.assertEqual(civil_time.business_days_up_to(start, end), case["expect_end_only"])


class Reservations(unittest.TestCase):
    def assert_item(self, decided, clause, until, **outcome):
        self.assertEqual(decided["reservations"]["outcome"], [{"id": "a1", **outcome}])
        self.assertEqual(decided["reservations"]["items"][0]["cite"], [clause])
        self.assertEqual(decided["reservations"]["valid_until"], until and instant(until))

    def test_worked_case_1(self):
        end, renewed_end = "2024-05-03T00:00:00-03:00", "2024-05-09T00:00:00-03:00"
        self.assert_item(decide("2024-05-02T23:59:59-03:00", sale_contact()), "P.S2a", end,
                         state="live", expires_at=end, renewable=True)
        self.assert_item(decide(end, sale_contact()), "P.S2c", None, state="expired", expires_at=end, renewable=False)
        renewed = sale_contact(renewed_at="2024-05-02T09:00:00-03:00")
        self.assert_item(decide("2024-05-08T23:59:59-03:00", renewed), "P.S2a", renewed_end,
                         state="live", expires_at=renewed_end, renewable=False)
        self.assert_item(decide(renewed_end, renewed), "P.S2c", None, state="expired", expires_at=renewed_end, renewable=False)

    def test_renewal_ahead_has_not_happened(self):
        renewal, end = "2024-05-02T23:59:59.999999-03:00", "2024-05-03T00:00:00-03:00"
        self.assert_item(decide("2024-05-02T09:00:00-03:00", sale_contact(renewed_at=renewal)), "P.S2a", renewal,
                         state="live", expires_at=end, renewable=True)
        self.assert_item(decide("2024-05-02T09:00:00-03:00", sale_contact(renewed_at=end)), "P.S2a", end,
                         state="live", expires_at=end, renewable=True)

    def test_approval_revives_a_booked_span_of_seven(self):
        # After Mon 29 April: 30, 2, 3, 6, 7, 8 and 9 May are the seven business days.
        approval, end = "2024-05-02T12:00:00-03:00", "2024-05-10T00:00:00-03:00"
        seven = sale_contact(scheduled_for="2024-05-09T10:00:00-03:00", approved_by="gil", approved_at=approval)
        self.assert_item(decide("2024-05-02T11:00:00-03:00", seven), "P.S2d", approval, state="disregarded")
        self.assert_item(decide(approval, seven), "P.S2a", end, state="live", expires_at=end, renewable=False)
        eight = {**seven, "scheduled_for": "2024-05-10T00:00:00-03:00"}
        self.assert_item(decide(approval, eight), "P.S2d", None, state="disregarded")
        by_seller = {**seven, "approved_by": "ana"}
        self.assert_item(decide(approval, by_seller), "P.S2d", None, state="disregarded")

    def test_sale_closes_from_creation_on(self):
        created = "2024-04-29T15:00:00-03:00"
        sold = {"id": "s1", "product": "radar", "amount": "1.00", "closed_by": "ana", "at": created}
        self.assert_item(decide("2024-05-02T09:00:00-03:00", sale_contact(), sales=[sold]), "P.S4", None, state="closed")
        before = {**sold, "at": "2024-04-29T14:59:59.999999-03:00"}
        decided = decide("2024-05-02T09:00:00-03:00", sale_contact(), sales=[before])
        self.assertEqual(decided["reservations"]["outcome"][0]["state"], "live")

    def test_an_appointment_created_later_does_not_exist(self):
        decided = decide("2024-04-29T14:59:59-03:00", sale_contact())["reservations"]
        self.assertEqual((decided["outcome"], decided["valid_until"]), ([], instant("2024-04-29T15:00:00-03:00")))


class LeadOwner(unittest.TestCase):
    def assert_lead(self, decided, cite, until=None, **outcome):
        self.assertEqual(decided["lead_owner"]["outcome"], outcome)
        self.assertEqual(decided["lead_owner"]["cite"], cite)
        self.assertEqual(decided["lead_owner"]["valid_until"], until and instant(until))

    def test_worked_case_2(self):
        thanks = {"mode": "manual", "at": "2024-05-03T11:00:00-03:00", "by": "bia", "replied": True,
                  "last_contact_at": "2024-05-03T10:00:00-03:00"}
        end = "2024-05-19T00:00:00-03:00"
        self.assert_lead(decide("2024-05-18T23:59:00-03:00", status="inactive", inactivation=thanks), ["P.S5"], end,
                         route="transfer", owner="bia")
        self.assert_lead(decide(end, status="inactive", inactivation=thanks), ["P.S5b"], route="attendant", owner="caio")

    def test_fifteen_days_end_on_a_missing_midnight(self):
        thanks = {"mode": "manual", "at": "2018-10-19T23:00:00-03:00", "by": "bia", "replied": True,
                  "last_contact_at": "2018-10-19T10:00:00-03:00"}
        self.assert_lead(decide("2018-11-03T23:59:59-03:00", status="inactive", inactivation=thanks), ["P.S5"],
                         "2018-11-04T01:00:00-02:00", route="transfer", owner="bia")

    def test_owner_away_from_today_until_tomorrow(self):
        staff = [staff_member("ana", away=[{"kind": "vacation", "from": "2024-04-30", "until": "2024-04-30"}])] + STAFF[1:]
        at, back, end = "2024-04-30T08:00:00-03:00", "2024-05-01T00:00:00-03:00", "2024-05-03T00:00:00-03:00"
        self.assert_lead(decide(at, sale_contact(), staff=staff), ["P.S9"], back,
                         route="any_seller", candidates=["bia"], reservation="a1")
        self.assert_lead(decide(back, sale_contact(), staff=staff), ["P.S8.1"], end,
                         route="transfer", owner="ana", reservation="a1")

    def test_nobody_free(self):
        staff = [staff_member("ana", status="busy")] + STAFF[2:]
        self.assert_lead(decide("2024-04-30T08:00:00-03:00", sale_contact(), staff=staff), ["P.S8.1", "P.S2c"],
                         "2024-05-03T00:00:00-03:00", route="attendant", owner="caio", reservation="a1")

    def test_upgrade_cites_the_sale(self):
        sold = {"id": "s1", "product": "radar", "amount": "1.00", "closed_by": "ana", "at": "2024-01-02T12:00:00-03:00"}
        self.assert_lead(decide("2024-04-30T08:00:00-03:00", sales=[sold]), ["P.S8.2", "P.S4"], route="attendant", owner="caio")

    def test_unknown_staff(self):
        at = "2024-04-30T08:00:00-03:00"
        self.assertEqual(decide(at, sale_contact(owner="zed"))["lead_owner"], {"error": ("zed",)})
        self.assertEqual(decide(at, request={"handler": "zed"})["lead_owner"], {"error": ("zed",)})
        self.assertIn("outcome", decide(at, sale_contact(owner="zed", product="agenda"))["lead_owner"])


class Debt(unittest.TestCase):
    def assert_debt(self, decided, cite, until=None, **outcome):
        self.assertEqual(decided["debt"]["outcome"] | outcome, decided["debt"]["outcome"])
        self.assertEqual(decided["debt"]["cite"], cite)
        self.assertEqual(decided["debt"]["valid_until"], until and instant(until))

    def test_worked_case_3(self):
        invoices = [{"id": "i1", "due": "2023-05-10", "amount": "120.00"}, {"id": "i2", "due": "2024-03-10", "amount": "80.00"}]
        old, recent = ({"id": invoice["id"], "action": "collect"} for invoice in invoices)
        client = {"status": "inactive", "invoices": invoices}
        self.assert_debt(decide("2024-03-11T23:59:59-03:00", **client), ["P.3"], "2024-03-12T00:00:00-03:00", invoices=[old])
        year_end = "2024-05-11T00:00:00-03:00"
        self.assert_debt(decide("2024-05-10T12:00:00-03:00", **client), ["P.3"], year_end, invoices=[old, recent],
                         forgive="0.00", collect="200.00", alert=True, discount_allowed=True, may_sell=True)
        forgiving = {"invoices": [{**old, "action": "forgive"}, recent], "forgive": "120.00", "collect": "80.00"}
        end = "2025-03-11T00:00:00-03:00"
        self.assert_debt(decide(year_end, **client), ["P.S7", "P.3"], end, discount_allowed=False, **forgiving)
        self.assert_debt(decide(year_end, request={"campaign": True}, **client), ["P.S7", "P.3"], end, discount_allowed=True,
                         **forgiving)
        self.assert_debt(decide(year_end, **client | {"status": "active"}), ["P.3"], forgive="0.00", collect="200.00")

    def test_due_before_carnival(self):
        # Saturday 1 March 2025 is payable on Ash Wednesday, the 5th.
        invoices, opens = [{"id": "i1", "due": "2025-03-01", "amount": "80.00"}], "2025-03-06T00:00:00-03:00"
        self.assert_debt(decide("2025-03-05T23:59:59.999999-03:00", invoices=invoices), ["P.3"], opens, invoices=[], alert=False)
        self.assert_debt(decide(opens, invoices=invoices), ["P.3"], collect="80.00", alert=True)

    def test_due_on_29_february(self):
        invoices, year_end = [{"id": "i1", "due": "2024-02-29", "amount": "80.00"}], "2025-03-02T00:00:00-03:00"
        self.assert_debt(decide("2025-03-01T23:59:59-03:00", status="inactive", invoices=invoices), ["P.3"], year_end,
                         collect="80.00", discount_allowed=True)
        self.assert_debt(decide(year_end, status="inactive", invoices=invoices), ["P.S7"],
                         forgive="80.00", discount_allowed=False)

    def test_no_discount_until_the_sale_that_follows(self):
        forgiven, sold = "2024-05-11T00:00:00-03:00", "2024-05-20T10:00:00-03:00"
        invoice = {"id": "i1", "due": "2023-05-10", "amount": "120.00", "forgiven_at": forgiven}
        sale = {"id": "s1", "product": "agenda", "amount": "1.00", "closed_by": "ana", "at": sold}

        def inactive(invoice, *sales, at="2024-05-12T00:00:00-03:00", status="inactive"):
            return decide(at, status=status, invoices=[invoice], sales=list(sales))

        self.assert_debt(inactive(invoice), ["P.S7"], invoices=[], discount_allowed=False)
        self.assert_debt(inactive(invoice, sale), ["P.S7"], sold, discount_allowed=False)
        self.assert_debt(inactive(invoice, {**sale, "at": forgiven}), ["P.3"], discount_allowed=True)
        self.assert_debt(inactive(invoice, {**sale, "at": "2024-05-10T23:59:59-03:00"}), ["P.S7"], discount_allowed=False)
        self.assert_debt(inactive(invoice, status="active"), ["P.3"], discount_allowed=True)
        early = {**invoice, "forgiven_at": "2024-05-10T23:59:59.999999-03:00"}
        self.assert_debt(inactive(early), ["P.3"], discount_allowed=True)
        # Until it is forgiven it lies open; from then on the sale is to come.
        self.assert_debt(inactive({**invoice, "forgiven_at": sold}), ["P.S7"], sold, forgive="120.00", discount_allowed=False)

    def test_what_is_missing(self):
        at = "2024-05-12T00:00:00-03:00"
        self.assertEqual(decide(at, invoices=[{"id": "i1", "amount": "1.00"}])["debt"], {"error": ("due",)})
        self.assertEqual(decide(at, invoices=[{"id": "i1", "due": "2024-05-02"}])["debt"], {"error": ("amount",)})
        self.assert_debt(decide(at, invoices=[{"id": "i1", "paid_at": at}]), ["P.3"], collect="0.00")


class Commission(unittest.TestCase):
    SOLD = "2024-05-02T10:00:00-03:00"

    def decide(self, *appointments, at=SOLD, staff=STAFF, client=(), **sale):
        sale = {"id": "s9", "product": "radar", "amount": "250.00", "closed_by": "caio", "at": self.SOLD, "paid": "250.00",
                **sale}
        return decide(at, *appointments, staff=staff, sale=sale, **dict(client))["commission"]

    def assert_whole(self, decided, clause, staff):
        self.assertEqual(decided["cite"], [clause])
        self.assertEqual(decided["outcome"], {
            "status": "accrued", "accrued": "25.00", "shares": [{"staff": staff, "weight": 1, "amount": "25.00"}]})

    def assert_due(self, decided, status, accrued, until=None):
        self.assertEqual((decided["outcome"]["status"], decided["outcome"]["accrued"]), (status, accrued))
        self.assertEqual(decided["valid_until"], until and instant(until))

    def test_worked_case_4(self):
        self.assert_due(self.decide(paid="125.01"), "pending", "12.50")
        self.assert_due(self.decide(paid="125.01", commission="25.00"), "pending", "12.50")

    def test_owner_of_the_reservation(self):
        for status, closer, clause, beneficiary in [
                ("vacation", "caio", "P.S9v", "caio"), ("left", "caio", "P.S9v", "caio"), ("vacation", "ana", "P.S9v", "ana"),
                ("absent", "caio", "P.S9a", "ana"), ("absent", "ana", "P.S9a", "ana"),
                ("available", "ana", "P.S8.1t", "ana"), ("busy", "ana", "P.S8.1t", "ana")]:
            staff = [staff_member("ana", status=status)] + STAFF[1:]
            self.assert_whole(self.decide(sale_contact(), staff=staff, closed_by=closer), clause, beneficiary)
        settled = self.decide(sale_contact(), paid="50.00")
        self.assertEqual(settled["outcome"], {"status": "arbitrate", "accrued": "5.00", "parties": ["ana", "caio"]})
        self.assertEqual(settled["cite"], ["P.S8.1c"])

    def test_absence_on_the_day_of_the_sale(self):
        for day, clause, beneficiary in [("02", "P.S9v", "caio"), ("01", "P.S8.1t", "ana"), ("03", "P.S8.1t", "ana")]:
            away = [{"kind": "vacation", "from": f"2024-05-{day}", "until": f"2024-05-{day}"}]
            staff = [staff_member("ana", away=away)] + STAFF[1:]
            decided = self.decide(sale_contact(), at="2024-05-03T10:00:00-03:00", staff=staff, closed_by=beneficiary)
            self.assert_whole(decided, clause, beneficiary)

    def test_what_belongs_to_the_sale_is_left_out(self):
        before, after = "2024-05-02T09:59:59.999999-03:00", "2024-05-02T10:00:00.000001-03:00"
        own = {"closed_by": "ana"}
        for appointment, clause in [
                (sale_contact(created_at=self.SOLD), "P.S8.2"), (sale_contact(created_at=before), "P.S8.1t"),
                (sale_contact(closed_at=self.SOLD), "P.S8.1t"), (sale_contact(closed_at=before), "P.S8.2"),
                (sale_contact(approved_by="gil", approved_at=self.SOLD, scheduled_for="2024-05-09T10:00:00-03:00"), "P.S8.2"),
                (sale_contact(approved_by="gil", approved_at=before, scheduled_for="2024-05-09T10:00:00-03:00"), "P.S8.1t")]:
            self.assert_whole(self.decide(appointment, at=after, **own), clause, "ana")
        listed = {"id": "s9", "product": "radar", "amount": "250.00", "closed_by": "ana", "at": self.SOLD}
        self.assert_whole(self.decide(sale_contact(), client={"sales": [listed]}, **own), "P.S8.1t", "ana")
        self.assert_whole(self.decide(sale_contact(), client={"sales": [{**listed, "at": before}]}, **own), "P.S8.2", "ana")

    def test_a_term_that_ends_at_the_sale_has_ended(self):
        for sold, clause in [("2024-05-02T23:59:59.999999-03:00", "P.S8.1t"), ("2024-05-03T00:00:00-03:00", "P.S8.2")]:
            sale = {"id": "s9", "product": "radar", "amount": "250.00", "closed_by": "ana", "at": sold, "paid": "250.00"}
            self.assert_whole(decide("2024-06-03T10:00:00-03:00", sale_contact(), sale=sale)["commission"], clause, "ana")

    def test_inactivator(self):
        thanks = {"mode": "manual", "at": "2024-04-20T11:00:00-03:00", "by": "bia", "replied": True,
                  "last_contact_at": "2024-04-20T10:00:00-03:00"}
        inactive = {"status": "inactive", "inactivation": thanks}
        self.assert_whole(self.decide(client=inactive, closed_by="bia"), "P.S5c", "bia")
        self.assert_whole(self.decide(client=inactive), "P.S8.2", "caio")
        self.assert_whole(self.decide(sale_contact(product="agenda"), client=inactive), "P.S3", "caio")
        self.assert_whole(self.decide(sale_contact(product="agenda"), client=inactive, closed_by="bia"), "P.S5c", "bia")
        for name in ("at", "last_contact_at"):
            late = {**inactive, "inactivation": {**thanks, name: self.SOLD}}
            self.assert_whole(self.decide(client=late, closed_by="bia"), "P.S8.2", "bia")
        unreached = sale_contact(kind="no_contact", created_at="2024-05-02T09:00:00-03:00")
        self.assert_whole(self.decide(unreached), "P.S8.2", "caio")

    def test_what_has_accrued_is_not_taken_back(self):
        def lists(at, *changes, **sale):
            given = {"payments": [], "refunds": []}
            for name, day, amount in changes:
                given[name].append({"at": f"2024-05-{day:02}T00:00:00-03:00", "amount": amount})
            return self.decide(at=f"2024-05-{at:02}T00:00:00-03:00", commission="25.00", **given, **sale)

        paid, refund = ("payments", 6, "250.00"), ("refunds", 8, "100.00")
        self.assert_due(lists(5, paid), "accrued", "25.00")  # nothing listed as yet: `paid` tells
        self.assert_due(lists(5, paid, paid="0.00"), "pending", "0.00", "2024-05-06T00:00:00-03:00")
        self.assert_due(lists(9, paid, refund), "accrued", "25.00")
        self.assert_due(lists(6, paid, ("refunds", 6, "100.00")), "pending", "15.00")
        self.assert_due(lists(9, ("refunds", 5, "100.00"), paid), "pending", "15.00")
        self.assert_due(lists(9, ("refunds", 5, "100.00")), "pending", "0.00")
        self.assert_due(lists(9, ("payments", 5, "249.99"), ("payments", 7, "0.02")), "accrued", "25.00")
        self.assert_due(lists(6, ("payments", 5, "249.99"), ("payments", 7, "0.01")), "pending", "25.00",
                        "2024-05-07T00:00:00-03:00")
        self.assert_due(self.decide(paid_at="2024-05-02T10:00:00.000001-03:00"), "pending", "0.00",
                        "2024-05-02T10:00:00.000001-03:00")
        self.assert_due(self.decide(paid_at=self.SOLD, refunded="250.00", refunded_at=self.SOLD), "accrued", "25.00")

    def test_rounding(self):
        for amount, commission in [("0.04", "0.00"), ("0.05", "0.01"), ("100.45", "10.05"), ("100.44", "10.04")]:
            decided = self.decide(amount=amount, paid=amount)
            self.assertEqual(decided["outcome"]["shares"][0]["amount"], commission)
        for paid, accrued in [("124.94", "12.49"), ("124.95", "12.50"), ("124.96", "12.50"), (0, "0.00"), (125.05, "12.51")]:
            self.assert_due(self.decide(paid=paid), "pending", accrued)
        self.assert_due(self.decide(amount="0.00", commission="7.00", paid="0.00"), "accrued", "7.00")

    def test_left_out_and_unknown(self):
        early = {"id": "s9", "product": "radar", "amount": "1.00", "closed_by": "ana", "at": "2024-05-02T10:00:00.000001-03:00"}
        self.assertNotIn("commission", decide(self.SOLD, sale=early))
        self.assertNotIn("commission", decide(self.SOLD))
        self.assertEqual(self.decide(closed_by="zed"), {"error": ("zed",)})
        self.assertEqual(self.decide(sale_contact(owner="zed")), {"error": ("zed",)})
        self.assertIn("outcome", self.decide(sale_contact(owner="zed", kind="no_contact")))


class ValidUntil(unittest.TestCase):
    def test_outcomes_hold_until_then_at_random_instants(self):
        random = Random(7)
        for number in range(300):
            facts = read(cases.case("valid_until", number))
            at, decided = facts["at"], policy.decide(facts)[0]
            outcome_at = {
                "reservations": lambda moment: policy.ownership(facts, moment, False)[2]["reservations"],
                "lead_owner": lambda moment: lead_owner(facts, moment, policy.ownership(facts, moment, False)[0]).outcome,
                "debt": lambda moment: debt(facts, moment).outcome,
                "commission": lambda moment: commission(facts, moment).outcome,
            }
            for name in decided:
                if "error" in decided[name]:
                    continue
                now, until = decided[name]["outcome"], decided[name]["valid_until"]
                end = until or at + 400 * civil_time.DAY
                instants = [moment for moment in instants_after(at, facts) if moment < end]
                for moment in instants + [at + random.random() * (end - at - civil_time.STEP) for _ in range(10)]:
                    self.assertEqual(outcome_at[name](moment), now, (number, name, moment))
                if until:
                    self.assertNotEqual(outcome_at[name](until), now)
                    self.assertEqual(outcome_at[name](until - civil_time.STEP), now)


if __name__ == "__main__":
    unittest.main()
