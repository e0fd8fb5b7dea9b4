"""An independent reading of the policy, §7: which registrations are one client's, and what is to be done about it."""

import re

from typing import NamedTuple

from facts import happened, instants_after
from reading import Reading, lacks

BLANK = " \t\r\n\u00a0"
KEYS = ["tax_id", "email", "phone"]
FOR_A_NEW_ONE = ["enable_notices", "onboard_by_phone", "present_system", "schedule_training", "offer_more"]
CPF_LENGTH, CNPJ_LENGTH, CHECK_DIGITS = 11, 14, 2


class Terms(NamedTuple):
    """What a company may set otherwise."""
    joining: tuple = ("email", "phone")
    brazilian_phones: bool = True  # where they name no country
    wrong_tax_id_is_missing: bool = True  # else it joins nothing by anything


USUAL = Terms()

# ---------------------------------------------------------------------------------------------------- whose it is


def check_digit(values, weights):
    """Modulo 11, of IN RFB 2.229/2024 and of the CPF alike."""
    remainder = sum(value * weight for value, weight in zip(values, weights)) % 11
    return 0 if remainder < 2 else 11 - remainder


def weights(length, highest):
    """2, 3, … from the right, starting over after the highest."""
    return [2 + (length - 1 - place) % (highest - 1) for place in range(length)]


def with_check_digits(body, highest):
    values = [ord(character) - 48 for character in body]
    for _ in range(CHECK_DIGITS):
        values.append(check_digit(values, weights(len(values), highest)))
    return body + "".join(map(str, values[-CHECK_DIGITS:]))


HIGHEST_WEIGHT = {CPF_LENGTH: 11, CNPJ_LENGTH: 9}
FORMS = {CPF_LENGTH: r"[0-9]{11}", CNPJ_LENGTH: r"[0-9A-Z]{12}[0-9]{2}"}


def tax_id(text):
    """The tax id it spells, or nothing."""
    found = re.sub("[^0-9A-Za-z]", "", text or "").upper()
    if len(found) not in FORMS or not re.fullmatch(FORMS[len(found)], found) or len(set(found)) == 1:
        return None
    return found if found == with_check_digits(found[:-CHECK_DIGITS], HIGHEST_WEIGHT[len(found)]) else None


def email(text):
    return "".join(c.lower() if "A" <= c <= "Z" else c for c in text.strip(BLANK)) or None


def phone(text, brazilian=True):
    """E.164, of Brazil or of a country of shorter numbers where it names none; nothing where it is no such number."""
    digits = re.sub("[^0-9]", "", text)
    if text.strip(BLANK).startswith("+"):
        return "+" + digits if len(digits) > 7 else None
    national = digits.removeprefix("0")
    return "+55" + national if brazilian and len(national) in (10, 11) else None


class Record:
    def __init__(self, fact, terms=USUAL):
        self.fact, self.id = fact, fact["id"]
        self.tax_id = tax_id(fact.get("tax_id"))
        self.email = {email(text) for text in fact.get("emails", ())} - {None}
        self.phone = {phone(text, terms.brazilian_phones) for text in fact.get("phones", ())} - {None}
        is_wrong = not self.tax_id and fact.get("tax_id", "").strip(BLANK)
        self.joining = () if is_wrong and not terms.wrong_tax_id_is_missing else terms.joining

    def joined_by(self, other):
        """The keys of the policy's first sentence."""
        if self.tax_id and other.tax_id:
            return {"tax_id"} if self.tax_id == other.tax_id else set()
        return {key for key in self.joining if key in other.joining and getattr(self, key) & getattr(other, key)}


# ---------------------------------------------------------------------------------------------------- groups


def components(records):
    """Of those that join each other directly or through others."""
    found = []
    for record in records:
        joined = [component for component in found if any(record.joined_by(other) for other in component)]
        found = [component for component in found if component not in joined] + [[record, *(r for c in joined for r in c)]]
    return found


def owners(records):
    """Of each record's id whose it is, a tax id or a number of its own; and the ids of those that several tax ids claim."""
    owner = {record.id: record.tax_id for record in records if record.tax_id}
    claimed = [record for record in records if record.tax_id]
    unclear = set()
    for number, cluster in enumerate(components([record for record in records if not record.tax_id])):
        claiming = {other.tax_id for other in claimed if any(record.joined_by(other) for record in cluster)}
        unclear |= {record.id for record in cluster if len(claiming) > 1}
        owner.update(dict.fromkeys((record.id for record in cluster), min(claiming) if len(claiming) == 1 else number))
    return owner, unclear


def existing_records(facts, at, terms=USUAL):
    return [Record(fact, terms) for fact in facts["registrations"] if "created_at" not in fact or happened(fact["created_at"], at)]


def groups_of(records):
    owner, unclear = owners(records)
    by_owner = {}
    for record in records:
        by_owner.setdefault(owner[record.id], []).append(record)
    return [group for group in by_owner.values() if len(group) > 1], [record.id for record in records if record.id in unclear]


def named_to_keep(group):
    return {record.fact.get("kept") for record in group} & {record.id for record in group}


def to_keep(group):
    """The record proposed, and by which row."""
    def complete(record):
        return sum(map(bool, (record.tax_id, record.email, record.phone)))

    def created(record):
        return "created_at" not in record.fact, record.fact.get("created_at")

    rows = [("asked_for", lambda left: [r for r in left if r.id in named_to_keep(group)]),
            ("tax_id", lambda left: [r for r in left if r.tax_id]),
            ("complete", lambda left: [r for r in left if complete(r) == max(map(complete, left))]),
            ("oldest", lambda left: [r for r in left if created(r) == min(map(created, left))]),
            ("first_listed", lambda left: left[:1])]
    left = group
    for row, among in rows:
        left = among(left) or left
        if len(left) == 1:
            return left[0].id, row
    return None


def matched_by(group):
    keys = {key for n, one in enumerate(group) for other in group[:n] for key in one.joined_by(other)}
    return [key for key in KEYS if key in keys]


def spelt(group):
    keep, because = to_keep(group)
    return {"ids": [record.id for record in group], "matched_by": matched_by(group), "keep": keep, "keep_because": because}


def duties_of(records, groups, at):
    found = FOR_A_NEW_ONE * any(record.fact.get("new", False) for record in records)
    if groups:
        told = all(any(happened(record.fact.get("told_at"), at) for record in group) for group in groups)
        asked = all(named_to_keep(group) for group in groups)
        found = found + ["tell_duplicate"] * (not told) + ["ask_record_to_keep"] * (not asked) + ["merge"]
    return found


def registration(facts, at, terms=USUAL):
    if "registrations" not in facts:
        return lacks("registrations")
    records = existing_records(facts, at, terms)
    groups, unclear = groups_of(records)
    outcome = {"groups": [spelt(group) for group in groups], "duplicate": bool(groups), "duties": duties_of(records, groups, at)}
    if groups:
        outcome["team"] = "central"
    if unclear:
        outcome["unclear"] = unclear
    return Reading(outcome, [["P.6"]])


def moments(facts, at):
    return sorted(instants_after(at, facts["registrations"]))
