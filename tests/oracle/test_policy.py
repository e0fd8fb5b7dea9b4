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
import policy

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


def decide(at, *appointments, staff=STAFF, request=(), **client):
    return policy.decide({
        "at": at, "client": {"status": "prospect", "appointments": list(appointments), **client},
        "request": {"product": "radar", "handler": "caio", **dict(request)}, "staff": staff})


class Time(unittest.TestCase):
    def test_first_instant_of_a_day(self):
        for day, text in [("2018-11-04", "2018-11-04T01:00:00-02:00"), ("2018-02-17", "2018-02-17T00:00:00-02:00"),
                          ("2018-02-18", "2018-02-18T00:00:00-03:00"), ("2024-05-03", "2024-05-03T00:00:00-03:00")]:
            self.assertEqual(policy.local_text(policy.start_of(date.fromisoformat(day))), text)

    def test_twentieth_of_november_from_2024(self):
        self.assertTrue(policy.is_business_day(date(2023, 11, 20)))
        self.assertFalse(policy.is_business_day(date(2024, 11, 20)))

    def test_business_days_of_years(self):
        for year, count in [(2022, 251), (2023, 249), (2024, 253), (2025, 252), (2026, 249)]:
            self.assertEqual(policy.business_days_up_to(date(year - 1, 12, 31), date(year, 12, 31)), count)

    def test_published_business_day_cases(self):
        if not BUSINESS_DAY_CASES.exists():
            print(f"\nno business-day cases at {BUSINESS_DAY_CASES}: not tested")
            self.skipTest("data not there")
        for line in BUSINESS_DAY_CASES.read_text().splitlines():
            with self.subTest(line):
                case = json.loads(line)
                start = date.fromisoformat(case["start"])
                if case["op"] == "add":
                    self.assertEqual(policy.add_business_days(start, case["n"]).isoformat(), case["expect"])
                elif case["op"] == "between":
                    end = date.fromisoformat(case["end"])
                    self.assertEqual(policy.business_days_up_to(start, end), case["expect_end_only"])


class Reservations(unittest.TestCase):
    def assert_item(self, decided, clause, until, **outcome):
        self.assertEqual(decided["reservations"]["outcome"], [{"id": "a1", **outcome}])
        self.assertEqual(decided["reservations"]["items"][0]["cite"], [clause])
        self.assertEqual(decided["reservations"]["valid_until"], until and policy.instant(until))

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
        self.assertEqual((decided["outcome"], decided["valid_until"]), ([], policy.instant("2024-04-29T15:00:00-03:00")))


class LeadOwner(unittest.TestCase):
    def assert_lead(self, decided, cite, until=None, **outcome):
        self.assertEqual(decided["lead_owner"]["outcome"], outcome)
        self.assertEqual(decided["lead_owner"]["cite"], cite)
        self.assertEqual(decided["lead_owner"]["valid_until"], until and policy.instant(until))

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


class ValidUntil(unittest.TestCase):
    def test_outcomes_hold_until_then_at_random_instants(self):
        random = Random(7)
        for number in range(300):
            case = cases.case("valid_until", number)
            facts, decided = policy.read(case), policy.decide(case)
            at = facts["at"]
            _, _, now = policy.outcomes(facts, at)
            for name in ("reservations", "lead_owner"):
                if "error" in decided[name]:
                    continue
                until = decided[name]["valid_until"]
                end = until or at + 60 * policy.DAY
                for _ in range(10):
                    moment = at + random.random() * (end - at - policy.STEP)
                    self.assertEqual(policy.outcomes(facts, moment)[2][name], now[name], (number, name, moment))
                if until:
                    self.assertNotEqual(policy.outcomes(facts, until)[2][name], now[name])
                    self.assertEqual(policy.outcomes(facts, until - policy.STEP)[2][name], now[name])


if __name__ == "__main__":
    unittest.main()
