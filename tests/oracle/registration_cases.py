"""Random cases of §7, and what they must meet.

Every registration draws its keys from a few people's: their tax ids, e-mails and phones in the many spellings of each, and
what looks like one and is none.
"""

from itertools import combinations, product

from civil_time import DAY
from drawing import DrawingAboutNow
from facts import happened
from registration import (CNPJ_LENGTH, CPF_LENGTH, FOR_A_NEW_ONE, KEYS, components, email, existing_records, groups_of,
                          named_to_keep, phone, tax_id, with_check_digits)
from tally import STEPS, UNTIL, step, until_kind

CPF_WEIGHT, CNPJ_WEIGHT = 11, 9
DIGITS, LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SPELLINGS = ["plain", "with signs", "lower case", "with spaces"]
RIGHT = [("CPF", way) for way in SPELLINGS if way != "lower case"]
RIGHT += [("CNPJ of digits", way) for way in SPELLINGS if way != "lower case"]
RIGHT += [("CNPJ with letters", way) for way in SPELLINGS]
WRONG = ["the first check digit", "the second check digit", "two digits changed places", "one too few", "one too many",
         "one character repeated", "a letter for a check digit", "nothing but signs", "blank"]
CHECKS = ["first 0", "first above 0", "second 0", "second above 0"]
EMAIL_SPELLINGS = ["plain", "upper case", "white space around"]
PHONE_SPELLINGS = ["E.164", "national", "with signs", "trunk 0", "with country and signs"]
NO_PHONE = ["", "sem telefone", "12345", "+", "999"]
NO_EMAIL = ["", " ", "\u00a0"]
KEEPING = ["asked_for", "tax_id", "complete", "oldest", "first_listed"]
MATCHES = [", ".join(keys) for count in (1, 2, 3) for keys in combinations(KEYS, count)]
CLUSTERS = ["claimed by none", "claimed by one", "claimed by several"]

NO_TAX_ID = [*(f"{kind}, {way}" for kind in ("CPF", "CNPJ") for way in WRONG[:7]), *WRONG[7:]]

TABLE = {
    "registration, tax ids that join": RIGHT,
    "registration, check digits": list(product(["CPF", "CNPJ of digits", "CNPJ with letters"], CHECKS)),
    "registration, no tax id": list(product(NO_TAX_ID, ["two of them alike"])),
    "registration, e-mails that join": list(product(EMAIL_SPELLINGS, ["cases"])),
    "registration, phones that join": list(product(PHONE_SPELLINGS, ["cases"])),
    "registration, not joined": list(product(["two tax ids share an e-mail", "two tax ids share a phone", "blank e-mails",
                                              "phones that are none", "an e-mail that is another's phone"], ["cases"])),
    "registration, without a tax id": list(product(CLUSTERS, ["one", "two", "three or more", "a chain"])),
    "registration, groups": list(product(["none", "one of two", "one of three", "one of more", "two", "more"], ["cases"])),
    "registration, matched by": list(product(MATCHES, ["cases"])),
    "registration, in one group": list(product(["a tax id, and an e-mail two with it share", "a record whose key is claimed"],
                                               ["cases"])),
    "registration, keep": list(product(KEEPING, ["of two", "of three or more"])),
    "registration, kept": list(product(["names one of the group", "names one of another", "names nobody",
                                        "by two, different ones"], ["cases"])),
    "registration, duties": list(product(["a new one", "none new"], ["no group", "not told, not asked", "told, not asked",
                                                                    "not told, asked", "told, asked"])),
    "registration, two groups": list(product(["told of one alone", "asked of one alone"], ["cases"])),
    "registration, limits": list(product(["at / created", "at / told"], STEPS)),
    "registration, oldest": list(product(["two at one instant", "one without created_at", "none with created_at"], ["cases"])),
    "registration, without": [("without registrations", "cases")],
    "registration, valid_until": [("registration", kind) for kind in UNTIL],
}
EMAILS_TABLE = {"registration, other terms": [("an e-mail", "joins"), ("a phone", "does not"), ("a wrong tax id", "joins"),
                                              ("a wrong tax id", "does not")]}
PHONES_TABLE = {"registration, other terms": [("an e-mail", "does not"), ("a phone", "joins"), ("a phone", "does not"),
                                              ("a wrong tax id", "does not")]}


class RegistrationPart(DrawingAboutNow):
    def facts(self):
        self.people = [self.person(number) for number in range(self.choice((1, 1, 2, 2, 3, 4)))]
        if self.chance(42):  # of one office
            for person in self.people[1:]:
                person["emails"] = [person["emails"][0], self.people[0]["emails"][1]]
                person["phones"] = self.people[0]["phones"]
        self.theme = self.choice(["any"] * 4 + ["wrong"] * 4 + ["contacts"] * 7 + ["ties"] * 2)
        self.wrong_text = self.wrong(self.people[0])
        count = self.choice((2, 2, 3, 3)) if self.theme == "wrong" else self.choice((0, 1, 2, 2, 3, 3, 4, 5, 6, 8, 11))
        records = [self.record(f"c{number}") for number in self.random.sample(range(12), count)]
        self.keep_and_tell(records)
        case = {"at": self.at, "registrations": records}
        if self.chance(2):
            del case["registrations"]
        return case

    def keep_and_tell(self, records):
        ids = [record["id"] for record in records]
        kept, told = self.choice((0, 10, 60)), self.choice((0, 25, 25, 90))
        for record in records:
            if self.chance(kept):
                record["kept"] = self.choice([*ids, record["id"], "c99"])
            if self.chance(told):
                record["told_at"] = self.choice([self.beside(self.at)] * 3 + [self.within(self.at - 9 * DAY, self.at)])
        if self.theme == "ties":
            created = self.choice((None, self.at - DAY, self.beside(self.at)))
            for record in records:
                record.pop("created_at", None)
                if created and self.chance(85):
                    record["created_at"] = created

    def person(self, number):
        kind = self.choice(["CPF", "CNPJ of digits", "CNPJ with letters"])
        return {"kind": kind, "tax_id": self.a_tax_id(kind),
                "emails": [f"joana{number}@exemplo.com.br", f"j{number}@escritório.adv.br"],
                "phones": [f"119{self.random.randrange(10**7, 10**8):08}", f"213{self.random.randrange(10**6, 10**7):07}"]}

    def a_tax_id(self, kind):
        length, highest = (CPF_LENGTH, CPF_WEIGHT) if kind == "CPF" else (CNPJ_LENGTH, CNPJ_WEIGHT)
        for _ in range(60):
            body = "".join(self.choice(DIGITS) for _ in range(length - 2))
            if kind == "CNPJ with letters":
                body = "".join(self.choice(LETTERS) if self.chance(50) else digit for digit in body)
                body = self.choice(LETTERS) + body[1:]
            found = with_check_digits(body, highest)
            if "0" in found[-2:] or self.chance(70):
                break
        return found

    # -- a registration

    def record(self, id):
        person = self.choice(self.people)
        record = {"id": id}
        way = self.choice({"any": ["right"] * 5 + ["none"] * 5 + ["wrong"], "wrong": ["wrong"] * 6 + ["none"],
                           "contacts": ["right"] * 3 + ["none"] * 6, "ties": ["right", "right", "none"]}[self.theme])
        if way != "none":
            record["tax_id"] = self.spelt_tax_id(person) if way == "right" else self.wrong_text
        if self.theme != "ties" or self.chance(20):
            self.give_contacts(record, person)
        if self.chance(70):
            record["created_at"] = self.choice([self.beside(self.at)] * 2 + [self.at - 9 * DAY] * 2
                                               + [self.within(self.at - 90 * DAY, self.at)] * 5)
        if self.chance(40):
            record["new"] = self.chance(30)
        return record

    def give_contacts(self, record, person):
        often = 20 if self.theme == "wrong" else 55
        if self.chance(often):
            texts = [self.choice(self.owner(person)["emails"]) for _ in range(self.choice((0, 1, 1, 2)))]
            record["emails"] = [self.spelt_email(text) for text in texts]
        if self.chance(often):
            texts = [self.choice(self.owner(person)["phones"]) for _ in range(self.choice((0, 1, 1, 2)))]
            record["phones"] = [self.spelt_phone(text) for text in texts]
        if self.chance(14):
            record.setdefault("emails", []).append(self.choice([*NO_EMAIL, self.people[0]["phones"][0]]))
        if self.chance(14):
            record.setdefault("phones", []).append(self.choice(NO_PHONE))

    def owner(self, person):
        """Whose e-mail or phone it gives: now and then somebody else's, as of an office."""
        return person if self.chance(60 if self.theme == "contacts" else 85) else self.choice(self.people)

    def spelt_tax_id(self, person):
        plain = person["tax_id"]
        way = self.choice(SPELLINGS)
        if way == "with signs" and person["kind"] == "CPF":
            return f"{plain[:3]}.{plain[3:6]}.{plain[6:9]}-{plain[9:]}"
        if way == "with signs":
            return f"{plain[:2]}.{plain[2:5]}.{plain[5:8]}/{plain[8:12]}-{plain[12:]}"
        return {"plain": plain, "lower case": plain.lower(), "with spaces": f" {plain[:5]} {plain[5:]}\t"}.get(way)

    def wrong(self, person):
        return wrongly(self.choice(WRONG), person["tax_id"], 1 + self.random.randrange(9))

    def spelt_email(self, plain):
        return self.choice((plain, plain.replace("j", "J").replace("com", "CoM"), f" {plain}\t", f"\u00a0{plain} "))

    def spelt_phone(self, plain):
        area, number = plain[:2], plain[2:]
        signs = f"({area}) {number[:-4]}-{number[-4:]}"
        return self.choice((f"+55{plain}", plain, signs, f"0{plain}", f"+55 {signs}"))


def wrongly(way, plain, more):
    first, second = plain[-2], plain[-1]
    changed = {"the first check digit": plain[:-2] + str((int(first) + more) % 10) + second,
               "the second check digit": plain[:-1] + str((int(second) + more) % 10),
               "two digits changed places": plain[1] + plain[0] + plain[2:], "one too few": plain[:-1],
               "one too many": plain + second, "one character repeated": str(more) * len(plain),
               "a letter for a check digit": plain[:-1] + "A", "nothing but signs": ".../-", "blank": " "}
    return changed[way]


# ---------------------------------------------------------------------------------------------------- cells


def kind_of(id):
    return "CPF" if len(id) == CPF_LENGTH else "CNPJ of digits" if id.isdigit() else "CNPJ with letters"


def way_spelt(text, plain):
    if text == plain:
        return "plain"
    return "lower case" if text == plain.lower() else "with spaces" if " " in text else "with signs"


def tax_id_cells(records):
    for one, other in combinations(records, 2):
        if one.tax_id and one.tax_id == other.tax_id:
            id = one.tax_id
            for record in (one, other):
                yield "registration, tax ids that join", kind_of(id), way_spelt(record.fact["tax_id"], id)
            for which, digit in zip(("first", "second"), id[-2:]):
                yield "registration, check digits", kind_of(id), f"{which} {'0' if digit == '0' else 'above 0'}"
    wrong = [record.fact["tax_id"] for record in records if "tax_id" in record.fact and not record.tax_id]
    for text in wrong:
        yield "registration, no tax id", wrong_way(text), "two of them alike" if wrong.count(text) > 1 else None


def wrong_way(text):
    found = "".join(c for c in text if c.isalnum())
    if not found:
        return "blank" if not text.strip() else "nothing but signs"
    kind = "CPF" if len(found) <= CPF_LENGTH + 1 else "CNPJ"
    if len(found) in (CPF_LENGTH - 1, CNPJ_LENGTH - 1):
        return f"{kind}, one too few"
    if len(found) in (CPF_LENGTH + 1, CNPJ_LENGTH + 1):
        return f"{kind}, one too many"
    if found[-1] == "A":
        return f"{kind}, a letter for a check digit"
    if len(set(found)) == 1:
        return f"{kind}, one character repeated"
    if tax_id(found[1] + found[0] + found[2:]):
        return f"{kind}, two digits changed places"
    right = with_check_digits(found[:-2], CPF_WEIGHT if kind == "CPF" else CNPJ_WEIGHT)
    return f"{kind}, the {'first' if right[-1] == found[-1] else 'second'} check digit"


def contact_cells(records):
    for one, other in combinations(records, 2):
        for name in ("email", "phone"):
            shared = getattr(one, name) & getattr(other, name)
            if not shared:
                continue
            if one.tax_id and other.tax_id and one.tax_id != other.tax_id:
                yield "registration, not joined", f"two tax ids share {'an e-mail' if name == 'email' else 'a phone'}", "cases"
            if not (one.tax_id and other.tax_id):
                for record in (one, other):
                    yield from spelling_cells(record.fact, name, shared)
        if not one.joined_by(other) and not (one.tax_id and other.tax_id):
            blanks = [any(not email(text) for text in record.fact.get("emails", ())) for record in (one, other)]
            none = [set(record.fact.get("phones", ())) & set(NO_PHONE) for record in (one, other)]
            if all(blanks):
                yield "registration, not joined", "blank e-mails", "cases"
            if none[0] & none[1]:
                yield "registration, not joined", "phones that are none", "cases"
            for a, b in ((one, other), (other, one)):
                if {f"+55{text}" for text in a.email} & b.phone:
                    yield "registration, not joined", "an e-mail that is another's phone", "cases"


def spelling_cells(fact, name, shared):
    for text in fact.get(f"{name}s", ()):
        if name == "email" and email(text) in shared:
            way = "white space around" if text.strip() != text else "upper case" if text != text.lower() else "plain"
            yield "registration, e-mails that join", way, "cases"
        elif name == "phone" and phone(text) in shared:
            way = ("with country and signs" if text.startswith("+55 ") else "E.164" if text.startswith("+") else
                   "with signs" if text.startswith("(") else "trunk 0" if text.startswith("0") else "national")
            yield "registration, phones that join", way, "cases"


def cluster_cells(records):
    claimed = [record for record in records if record.tax_id]
    for cluster in components([record for record in records if not record.tax_id]):
        claiming = {other.tax_id for other in claimed if any(record.joined_by(other) for record in cluster)}
        row = CLUSTERS[min(len(claiming), 2)]
        yield "registration, without a tax id", row, ["one", "two", "three or more"][min(len(cluster), 3) - 1]
        if any(not one.joined_by(other) for one, other in combinations(cluster, 2)):
            yield "registration, without a tax id", row, "a chain"


def group_cells(records, groups, outcome, at):
    sizes = [len(group) for group in groups]
    yield "registration, groups", ("none" if not sizes else "two" if len(sizes) == 2 else "more" if len(sizes) > 2 else
                                   {2: "one of two", 3: "one of three"}.get(sizes[0], "one of more")), "cases"
    ids = {record.id for record in records}
    for group, spelt in zip(groups, outcome["groups"]):
        yield "registration, matched by", ", ".join(spelt["matched_by"]), "cases"
        yield "registration, keep", spelt["keep_because"], "of two" if len(group) == 2 else "of three or more"
        with_it = [record for record in group if record.tax_id]
        if any(one.email & other.email for one, other in combinations(with_it, 2)) and "email" not in spelt["matched_by"]:
            yield "registration, in one group", "a tax id, and an e-mail two with it share", "cases"
        if with_it and len(with_it) < len(group):
            yield "registration, in one group", "a record whose key is claimed", "cases"
        yield from oldest_cells(group, spelt)
        named, of_group = [r.fact["kept"] for r in group if "kept" in r.fact], {record.id for record in group}
        for name in named:
            yield "registration, kept", ("names one of the group" if name in of_group else "names one of another" if name in ids
                                         else "names nobody"), "cases"
        if len(set(named) & of_group) > 1:
            yield "registration, kept", "by two, different ones", "cases"


def oldest_cells(group, spelt):
    instants = [record.fact.get("created_at") for record in group]
    if spelt["keep_because"] == "oldest" and len(set(instants)) < len(instants):
        yield "registration, oldest", "two at one instant", "cases"
    if spelt["keep_because"] == "oldest" and None in instants:
        yield "registration, oldest", "one without created_at", "cases"
    if spelt["keep_because"] == "first_listed" and not any(instants):
        yield "registration, oldest", "none with created_at", "cases"


def duty_cells(groups, outcome, at):
    told = [any(happened(record.fact.get("told_at"), at) for record in group) for group in groups]
    asked = [bool(named_to_keep(group)) for group in groups]
    column = f"{'told' if all(told) else 'not told'}, {'asked' if all(asked) else 'not asked'}" if groups else "no group"
    yield "registration, duties", "a new one" if FOR_A_NEW_ONE[0] in outcome["duties"] else "none new", column
    for name, each in (("told", told), ("asked", asked)):
        if len(groups) > 1 and any(each) and not all(each):
            yield "registration, two groups", f"{name} of one alone", "cases"


def cells(facts, reading, until):
    at = facts["at"]
    if reading.outcome is None:
        yield "registration, without", reading.row, "cases"
        return
    yield "registration, valid_until", "registration", until_kind(until)
    records = existing_records(facts, at)
    groups, _ = groups_of(records)
    for fact in facts["registrations"]:
        if "created_at" in fact:
            yield "registration, limits", "at / created", step(at, fact["created_at"])
    for group in groups:
        told = [record.fact["told_at"] for record in group if "told_at" in record.fact]
        if len(told) == 1:
            yield "registration, limits", "at / told", step(at, told[0])
    yield from tax_id_cells(records)
    yield from contact_cells(records)
    yield from cluster_cells(records)
    yield from group_cells(records, groups, reading.outcome, at)
    yield from duty_cells(groups, reading.outcome, at)


def other_cells(terms):
    """Of a company's own terms: pairs that the usual ones join, and that these join or not."""
    def of_a_case(facts, reading, until):
        if reading.outcome is None:
            return
        usual, own = existing_records(facts, facts["at"]), existing_records(facts, facts["at"], terms)
        for (one, other), (own_one, own_other) in zip(combinations(usual, 2), combinations(own, 2)):
            keys = one.joined_by(other)
            column = "joins" if own_one.joined_by(own_other) else "does not"
            if "tax_id" in keys or len(keys) != 1:
                continue
            wrong = any(record.fact.get("tax_id", "").strip() and not record.tax_id for record in (one, other))
            row = "a wrong tax id" if wrong else "an e-mail" if keys == {"email"} else "a phone"
            yield "registration, other terms", row, column
    return of_a_case
