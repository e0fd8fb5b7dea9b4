"""Tests of the readings of §6 to §14: outcomes computed by hand, and how long they stand at random instants.

    python3 test_sections.py

2024: Wed 1 May and Thu 30 May are days off.
"""

import unittest
from random import Random

import civil_time
from agenda import agenda
from authority import authority
from collection import collection
from compare_sections import SECTIONS
from duties import duties
from facts import instant, instants_after, read
from measures import half_up, measured, ranked, seen_in
from policy import first_change
from record_check import record_check
from registration import registration, tax_id
from segment import months_after, segment
from third_party import third_party

NOW = "2024-05-02T10:00:00-03:00"
STAFF = [{"id": "ana", "role": "closer"}, {"id": "sol", "role": "attendant"}, {"id": "gil", "role": "manager"}]


def case(at=NOW, **client):
    return read({"at": at, "client": {"status": "active", **client}, "staff": STAFF})


class ThirdParty(unittest.TestCase):
    def allowed(self, status="active", **party):
        facts = read({"at": NOW, "client": {"status": status}, "request": {"third_party": {"confirmed": True, **party}}})
        outcome = third_party(facts, facts["at"]).outcome
        return outcome["allowed"], outcome["validate"], len(outcome["duties"])

    def test_rows(self):
        sensitive = {"changes": ["holder", "name", "tax_id", "holder"]}
        self.assertEqual(self.allowed(confirmed=False), ("no", [], 0))
        self.assertEqual(self.allowed("prospect", **sensitive), ("yes", [], 0))
        self.assertEqual(self.allowed(changes=["name", "phone"]), ("yes", [], 2))
        self.assertEqual(self.allowed(**sensitive), ("after_validation", ["holder", "tax_id"], 3))
        self.assertEqual(self.allowed(**sensitive, holder_validated_at=NOW), ("yes", [], 2))
        ahead = "2024-05-02T10:00:00.000001-03:00"
        self.assertEqual(self.allowed(**sensitive, holder_validated_at=ahead), ("after_validation", ["holder", "tax_id"], 3))


class RecordCheck(unittest.TestCase):
    def codes(self, **client):
        facts = case(**client)
        found = record_check(facts, facts["at"]).outcome["violations"]
        return [(violation["code"], violation["path"]) for violation in found]

    def interaction(self, **more):
        return {"id": "m1", "at": NOW, "direction": "out", "reason": "venda", **more}

    def test_interactions(self):
        place = "client.interactions[0]."
        self.assertEqual(self.codes(interactions=[self.interaction(event="talk", answered=False)]),
                         [("attempt_not_marked", place + "event")])
        self.assertEqual(self.codes(interactions=[self.interaction(event="attempt")]),
                         [("attempt_not_marked", place + "answered")])
        self.assertEqual(self.codes(interactions=[self.interaction(reason=" ")]), [("no_reason", place + "reason")])
        second = self.interaction(id="m2", case="k1", at="2024-05-02T09:00:00-03:00")
        self.assertEqual(self.codes(interactions=[self.interaction(case="k1", link="x"), second]),
                         [("no_link", "client.interactions[1].link")])

    def test_appointments(self):
        place = "client.appointments[0]."
        contact = {"id": "a1", "kind": "sale_contact", "product": "radar", "summary": "sale_under_way", "created_at": NOW,
                   "scheduled_for": "2024-05-03T10:00:00-03:00"}
        without = {name: value for name, value in contact.items() if name != "scheduled_for"}
        self.assertEqual(self.codes(appointments=[contact]), [])
        self.assertEqual(self.codes(appointments=[without]), [("no_next_contact", place + "scheduled_for")])
        self.assertEqual(self.codes(appointments=[{**contact, "closed_at": NOW, "note": "...—"}]),
                         [("empty_closing", place + "note")])
        self.assertEqual(self.codes(appointments=[{**contact, "closed_at": NOW, "note": "..é"}]), [])
        self.assertEqual(self.codes(appointments=[{**contact, "kind": "no_contact", "product": ""}]),
                         [("no_product", place + "product"), ("missing_summary", place + "summary")])
        # After Thu 2 May: 3, 6, 7, 8, 9, 10 are six business days, 13 is the seventh.
        self.assertEqual(self.codes(appointments=[{**contact, "scheduled_for": "2024-05-13T00:00:00-03:00"}]),
                         [("over_limit", place + "scheduled_for")])


class Duties(unittest.TestCase):
    def due(self, at=NOW, **client):
        facts = case(at, **client)
        return [(found["id"], found["due_at"][:16], found["state"]) for found in duties(facts, facts["at"]).outcome]

    def events(self, *events, at=NOW):
        return self.due(at, interactions=[{"id": f"m{n}", "at": when, "event": event}
                                          for n, (event, when) in enumerate(events)])

    def test_terms(self):
        friday = "2024-05-03T16:00:00-03:00"
        self.assertEqual(self.events(("yes", friday), at=friday), [
            ("follow_up_yes:m0", "2024-05-07T00:00", "due"), ("send_payment_data:m0", "2024-05-03T16:05", "due")])
        saturday = "2024-05-04T16:00:00-03:00"
        self.assertEqual(self.events(("payment_proof", saturday), at=saturday), [("hand_over:m0", "2024-05-07T00:00", "due")])
        self.assertEqual(self.events(("material_request", saturday), at=saturday),
                         [("send_material:m0", "2024-05-05T00:00", "due")])
        self.assertEqual(self.events(("complaint", NOW), at="2024-05-02T20:00:00-03:00"),
                         [("answer:m0", "2024-05-02T20:00", "late")])
        holiday = "2024-05-01T10:00:00-03:00"
        quotes = [{"id": "q1", "sent_at": holiday}, {"id": "q2", "sent_at": holiday, "consultative": True}]
        self.assertEqual(self.due(quotes=quotes), [("follow_up_quote:q1", "2024-05-04T00:00", "due"),
                                                   ("follow_up_quote:q2", "2024-05-09T00:00", "due")])
        paid = [{"id": "i1", "due": "2024-04-10", "paid_at": "2024-04-30T23:59:59-03:00", "written_off_at": NOW,
                 "listed_at": "2024-04-20T10:00:00-03:00", "receipt_at": NOW}]
        self.assertEqual(self.due(invoices=paid), [("release_listing:i1", "2024-05-09T00:00", "due")])

    def test_ninety_days_without_contact(self):
        said = ("answer", "2024-02-01T10:00:00-03:00")  # ninety days after it: 1 May
        self.assertEqual(self.events(said, at="2024-05-01T23:59:59-03:00"), [])
        self.assertEqual(self.events(said, at="2024-05-02T00:00:00-03:00"), [("keep_in_touch:m0", "2024-05-03T00:00", "due")])

    def test_closing(self):
        before = "2024-05-02T09:59:59.999999-03:00"
        self.assertEqual(self.events(("question", NOW), ("answer", NOW)), [])
        self.assertEqual([id for id, *_ in self.events(("question", NOW), ("answer", before))], ["answer:m0"])
        named = [{"id": "m1", "at": NOW, "event": "question"}, {"id": "m2", "at": before, "event": "answer", "answers": "m1"}]
        self.assertEqual(self.due(interactions=named), [])
        apart = [{"id": "m1", "at": before, "event": "question", "case": "k1"},
                 {"id": "m2", "at": NOW, "event": "answer", "case": "k2"}]
        self.assertEqual([id for id, *_ in self.due(interactions=apart)], ["answer:m1"])


class Collection(unittest.TestCase):
    def outcome(self, at, due="2024-05-01", closer_first=False, **client):
        facts = case(at, invoices=[{"id": "i1", "due": due}], **client)
        return collection(facts, facts["at"], closer_first).outcome

    def test_stages(self):
        # Payable on Thu 2 May, the day after the holiday.
        for day, stage in [("2024-04-28", "none"), ("2024-04-29", "reminder"), ("2024-05-02", "reminder"),
                           ("2024-05-03", "notice"), ("2024-05-07", "conciliation"), ("2024-06-01", "formal_notice"),
                           ("2024-07-01", "formal_notice")]:
            self.assertEqual(self.outcome(f"{day}T00:00:00-03:00")["stage"], stage, day)
        first = self.outcome("2024-07-01T00:00:00-03:00")
        self.assertEqual((first["approach"], first["steps"][-1], first["days"]), ("friendly_reminder", "ask_manager", 60))
        agreed = [{"id": "g1", "invoice": "i1", "stage": "protest", "at": NOW, "by": "gil"}]
        self.assertEqual(self.outcome("2024-07-01T00:00:00-03:00", collection=agreed)["stage"], "protest")

    def test_closer_first(self):
        sale = {"id": "s1", "closed_by": "ana", "at": "2024-02-04T10:00:00-03:00"}  # ninety days later: 4 May
        within = self.outcome("2024-05-04T23:59:59-03:00", closer_first=True, sales=[sale])
        self.assertEqual((within["who"], within["approach"]), ("ana", "first_purchase_check"))
        self.assertEqual(self.outcome("2024-05-05T00:00:00-03:00", closer_first=True, sales=[sale])["team"], "finance")
        self.assertEqual(self.outcome("2024-05-04T23:59:59-03:00", sales=[sale])["team"], "finance")


class Authority(unittest.TestCase):
    def outcome(self, by, kind, client=(), **ask):
        facts = {**case(**dict(client)), "ask": {"by": by, "kind": kind, **ask}}
        found = authority(facts, facts["at"]).outcome
        return found["allowed"], found.get("limit")

    def test_limits(self):
        self.assertEqual(self.outcome("ana", "price"), ("yes", None))
        for percent, allowed in [(10, "yes"), (10.01, "escalate"), (30, "escalate"), (30.01, "no")]:
            self.assertEqual(self.outcome("ana", "discount", percent=percent), (allowed, {"percent": 10}))
        self.assertEqual(self.outcome("sol", "refund", amount="0.00"), ("yes", {"amount": "0.00"}))
        self.assertEqual(self.outcome("sol", "refund", amount="1000.00", approved_by="gil"), ("yes", {"amount": "1000.00"}))
        self.assertEqual(self.outcome("gil", "exception"), ("yes", {}))
        self.assertEqual(self.outcome("sol", "exception"), ("escalate", {}))
        complaint = {"interactions": [{"id": "m1", "at": NOW, "event": "complaint"}]}
        self.assertEqual(self.outcome("sol", "coupon", coupons=2), ("escalate", {"coupons": 1}))
        self.assertEqual(self.outcome("sol", "coupon", complaint, coupons=2, complaint="m1"), ("yes", {"coupons": 2}))

    def test_no_discount_after_forgiving(self):
        old = {"status": "inactive", "invoices": [{"id": "i1", "due": "2023-05-01", "amount": "1.00"}]}
        self.assertEqual(self.outcome("gil", "discount", old, percent=1), ("no", None))
        self.assertEqual(self.outcome("gil", "discount", old, percent=0), ("yes", {"percent": 30}))


class Registration(unittest.TestCase):
    CPF, CNPJ = "529.982.247-25", "12.ABC.345/01DE-35"  # the CNPJ is the example of IN RFB 2.229/2024

    def outcome(self, *records):
        numbered = [{"id": f"c{number}", **record} for number, record in enumerate(records)]
        facts = read({"at": NOW, "registrations": numbered})
        return registration(facts, facts["at"]).outcome

    def ids(self, *records):
        return [group["ids"] for group in self.outcome(*records)["groups"]]

    def test_check_digits(self):
        self.assertEqual((tax_id(self.CPF), tax_id(self.CNPJ.lower())), ("52998224725", "12ABC34501DE35"))
        for wrong in ("529.982.247-35", "529.982.247-26", "12.ABC.345/01DE-36", "111.111.111-11", "5299822472", "", None):
            self.assertIsNone(tax_id(wrong), wrong)

    def test_what_joins(self):
        a, b = {"emails": ["A@x "], "phones": ["(11) 91234-5678"]}, {"emails": ["a@X"]}
        c = {"phones": ["+55 11 91234 5678"]}
        self.assertEqual(self.ids(a, b, c), [["c0", "c1", "c2"]])
        self.assertEqual(self.ids({**a, "tax_id": self.CPF}, b, {**c, "tax_id": self.CNPJ}), [["c0", "c1"]])
        self.assertEqual(self.ids({**a, "tax_id": self.CPF}, {**b, "tax_id": self.CNPJ}), [])
        self.assertEqual(self.ids({**a, "tax_id": self.CPF}, {**b, "tax_id": "529.982.247-26"}), [["c0", "c1"]])
        between = self.outcome({"tax_id": self.CPF, **b}, a, {"tax_id": self.CNPJ, **c}, {"tax_id": "52998224725"})
        self.assertEqual((between["unclear"], [group["ids"] for group in between["groups"]]), (["c1"], [["c0", "c3"]]))

    def test_duties_and_what_to_keep(self):
        alike = {"tax_id": self.CPF}
        self.assertEqual(self.outcome({"new": True}), {"groups": [], "duplicate": False, "duties": [
            "enable_notices", "onboard_by_phone", "present_system", "schedule_training", "offer_more"]})
        found = self.outcome(alike, {**alike, "emails": ["a@x"]})
        self.assertEqual((found["team"], found["duties"]), ("central", ["tell_duplicate", "ask_record_to_keep", "merge"]))
        self.assertEqual((found["groups"][0]["keep"], found["groups"][0]["keep_because"]), ("c1", "complete"))
        self.assertEqual(self.outcome({**alike, "told_at": NOW}, {**alike, "kept": "c0"})["duties"], ["merge"])
        older = self.outcome({**alike, "created_at": NOW}, {**alike, "created_at": "2024-05-01T10:00:00-03:00"}, alike)
        self.assertEqual((older["groups"][0]["keep"], older["groups"][0]["keep_because"]), ("c1", "oldest"))


class Segment(unittest.TestCase):
    def outcome(self, *days, at=NOW, **client):
        sales = [{"id": f"s{n}", "at": f"{day}T10:00:00-03:00", "amount": "10.01"} for n, day in enumerate(days)]
        facts = {**case(at, sales=sales, **client), "base": {"second_purchase_days": [61, 30, 42, 31]}}
        return segment(facts, facts["at"]).outcome

    def segment(self, *days):
        return self.outcome(*days)["segment"]

    def test_months_end_on_the_day_of_the_same_number_or_the_next(self):
        for start, months, end in [("2024-02-29", 12, "2025-03-01"), ("2023-11-30", 3, "2024-03-01"),
                                   ("2023-11-29", 3, "2024-02-29"), ("2024-01-31", 3, "2024-05-01"),
                                   ("2024-10-15", 3, "2025-01-15"), ("2024-03-31", 9, "2024-12-31")]:
            self.assertEqual(months_after(civil_time.date.fromisoformat(start), months).isoformat(), end)

    def test_rows(self):
        # Ninety days before 2 May is 2 February, a hundred and eighty 4 November; a year 2 May.
        self.assertEqual(self.segment("2024-02-02"), "newcomer")
        self.assertEqual(self.segment("2024-02-01"), "one_time")
        self.assertEqual(self.segment("2023-05-01"), "one_time")
        self.assertEqual(self.segment("2023-05-01", "2022-01-01"), "lost")
        self.assertEqual(self.segment("2023-11-04", "2023-11-04"), "growing")
        self.assertEqual(self.segment("2023-11-03", "2023-11-03"), "lost")
        self.assertEqual(self.segment("2024-02-02", "2024-02-01", "2023-11-01", "2023-11-01"), "vip")
        self.assertEqual(self.segment("2024-02-02", "2024-02-02", "2023-11-02", "2023-11-02"), "growing")  # two quarters
        self.assertEqual(self.segment("2024-02-02", "2023-11-01", "2023-08-01"), "growing")  # three purchases

    def test_all_of_it(self):
        self.assertEqual(self.outcome("2024-02-02"), {
            "segment": "newcomer", "recency_days": 90, "frequency": 1, "quarters": [0, 0, 0, 1], "monetary": "10.01",
            "second_purchase_due": "2024-03-04"})  # 31 days after
        two = self.outcome("2024-02-01", "2023-05-02", preference={"term": "short", "closeness": "close"})
        self.assertEqual(two, {"segment": "growing", "piercy": "explorer", "recency_days": 91, "frequency": 2,
                               "quarters": [1, 0, 1, 0], "monetary": "20.02"})


class Measures(unittest.TestCase):
    def figures(self, *clients):
        return measured([seen_in(case(**client)) for client in clients])

    def test_rounding_and_ranks(self):
        self.assertEqual([half_up(1, 3), half_up(2, 3), half_up(1, 32), half_up(4999, 20000)], [3333, 6667, 313, 2500])
        seen = [type("Seen", (), {"counts": value}) for value in (30, 10, 20, 40, 50, 60, 70, 80, 90, 100)]
        self.assertEqual([ranked(percent, int)(seen)["value"] for percent in (50, 90)], [50, 90])
        self.assertEqual(ranked(90, int)(seen[:9])["value"], 90)

    def test_a_month(self):
        def sale(at, **more):
            return {"id": "s", "product": "radar", "amount": "10.00", "at": at, "closed_by": "ana", **more}

        first, last = "2024-05-01T00:00:00-03:00", "2024-04-30T23:59:59.999999-03:00"
        call = {"id": "m1", "at": first, "event": "talk", "channel": "phone", "product": "radar", "direction": "in"}
        found = self.figures({"sales": [sale(first), sale(last)], "interactions": [call, {**call, "id": "m0", "at": last}]},
                             {"sales": [sale("2023-11-03T10:00:00-03:00")], "interactions": [{"id": "m2", "at": NOW, "direction": "out"}]},
                             {"sales": [sale(NOW), sale("2023-11-03T10:00:00-03:00"), sale("2023-11-03T10:00:00-03:00")],
                              "interactions": [{"id": "m2", "at": first, "direction": "out"}]})
        self.assertEqual((found["sold_in_one_call"]["part"], found["sold_in_one_call"]["whole"]), (1, 2))
        self.assertEqual(found["conversion"]["groups"], [
            {"group": "phone", "part": 1, "whole": 1, "elements": 1, "value": 100, "goal_met": True}])
        self.assertEqual(found["best_sellers"]["groups"], [{"group": "ana", "value": "20.00", "elements": 2}])
        # From 3 November to 2 May are 181 days, to 1 May 180.
        self.assertEqual((found["dormant_returns"]["part"], found["dormant_returns"]["whole"]), (0, 1))
        self.assertEqual((found["second_purchase_interval"]["value"], found["second_purchase_interval"]["elements"]), (0, 2))

    def test_answers(self):
        def asked_and_answered(answered):
            return {"interactions": [{"id": "m1", "at": "2024-05-01T10:00:00-03:00", "event": "question"},
                                     {"id": "m2", "at": answered, "event": "answer", "by": "ana"}]}

        found = self.figures(asked_and_answered("2024-05-01T19:59:59.999999-03:00"), asked_and_answered("2024-05-01T20:00:00-03:00"),
                             {"interactions": [{"id": "m1", "at": NOW, "event": "complaint"}]})
        self.assertEqual((found["answered_in_time"]["part"], found["answered_in_time"]["whole"]), (1, 2))
        self.assertEqual((found["answer_time_median"]["value"], found["answer_time_most"]["value"]), ("35940s", "36000s"))
        self.assertTrue(found["answer_time_most"]["goal_met"])


class Agenda(unittest.TestCase):
    def outcome(self, day=None, at=NOW, staff=(), whom="ana", **client):
        asked = {"for": whom, **({"day": civil_time.date.fromisoformat(day)} if day else {})}
        members = [{"id": "ana", "team": "support", "status": "available"}, *read(list(staff))]
        facts = {**case(at, id="c1", **client), "staff": members, "agenda": asked}
        return agenda(facts, facts["at"]).outcome

    def listed(self, *asked, **client):
        return [(item["id"], item["kind"], item.get("movable_until")) for item in self.outcome(*asked, **client)["items"]]

    def test_a_contact_agreed_may_be_put_off_two_business_days(self):
        agreed = {"id": "m1", "at": "2024-04-26T10:00:00-03:00", "by": "ana", "for_at": "2024-04-30T10:00:00-03:00"}
        # After Tue 30 April: 1 May is off, Thu 2, Fri 3.
        for day, movable in [("2024-04-30", "2024-05-03"), ("2024-05-02", "2024-05-03"), ("2024-05-03", None)]:
            self.assertEqual(self.listed(day, interactions=[agreed]), [("m1", "follow_up", movable)])
        self.assertEqual(self.listed("2024-04-29", interactions=[agreed]) + self.listed("2024-05-04", interactions=[agreed]), [])
        self.assertEqual(self.listed(None, "2024-05-06T00:00:00-03:00", interactions=[agreed]), [("m1", "follow_up", None)])
        made = {"id": "m2", "at": "2024-04-30T00:00:00-03:00", "direction": "out"}
        self.assertEqual(self.listed("2024-05-03", interactions=[agreed, made]), [])
        before = {**made, "at": "2024-04-29T23:59:59.999999-03:00"}
        self.assertEqual(len(self.listed("2024-05-03", interactions=[agreed, before])), 1)

    def test_a_reservation_stands_until_its_last_day(self):
        reserved = {"id": "a1", "kind": "no_contact", "product": "radar", "owner": "ana", "created_at": NOW}
        days = ["2024-05-01", "2024-05-02", "2024-05-05", "2024-05-06", "2024-05-07"]  # Fri 3 and Mon 6 count
        self.assertEqual([self.listed(day, appointments=[reserved]) for day in days],
                         [[], [("a1", "reservation", "2024-05-06")], [("a1", "reservation", "2024-05-06")],
                          [("a1", "reservation", None)], []])
        planned = {**reserved, "scheduled_for": "2024-05-08T10:00:00-03:00"}
        self.assertEqual(self.listed("2024-05-03", appointments=[planned]), [])
        self.assertEqual(self.listed("2024-05-06", appointments=[planned]), [("a1", "reservation", None)])

    def test_who_stands_in(self):
        away = [{"id": "bia", "status": "vacation", "deputy": "caio"}, {"id": "caio", "status": "left", "deputy": "davi"},
                {"id": "davi", "status": "available", "away": [{"kind": "absent", "from": "2024-05-02", "until": "2024-05-02"}],
                 "deputy": "ana"}]
        today, tomorrow = (self.outcome(day, staff=away, whom="bia") for day in ("2024-05-02", "2024-05-03"))
        self.assertEqual((today["hand_over_to"], tomorrow["hand_over_to"], today["works"]), ("ana", "davi", False))
        back = [{**away[0], "away": [{"kind": "vacation", "from": "2024-05-01", "until": "2024-05-02"}]}]
        self.assertTrue(self.outcome("2024-05-03", staff=back, whom="bia")["works"])


class ValidUntil(unittest.TestCase):
    def test_outcomes_hold_until_then_at_random_instants(self):
        random = Random(7)
        for name, section in SECTIONS.items():
            for number in range(60):
                part = section.part(Random(f"{name}/valid_until/{number}"))
                facts = read(part.spelt(part.facts()))
                at = facts["at"]
                now = section.read(facts, at)
                if now.outcome is None:
                    continue
                until = first_change(section.read, now, facts, section.moments(facts, at))
                end = until or at + 400 * civil_time.DAY
                instants = [moment for moment in instants_after(at, facts) if moment < end]
                for moment in instants + [at + random.random() * (end - at - civil_time.STEP) for _ in range(20)]:
                    self.assertEqual(section.read(facts, moment).outcome, now.outcome, (name, number, moment))
                if until:
                    self.assertEqual(section.read(facts, until - civil_time.STEP).outcome, now.outcome)

    def test_an_instant_of_the_table(self):
        facts = case(interactions=[{"id": "m1", "at": NOW, "event": "question"}])
        now = duties(facts, facts["at"])
        moments = SECTIONS["duties"].moments(facts, facts["at"])
        self.assertEqual(first_change(duties, now, facts, moments), instant("2024-05-02T20:00:00-03:00"))


if __name__ == "__main__":
    unittest.main()
