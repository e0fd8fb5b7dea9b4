#!/usr/bin/env python3
"""A base of registrations as a company has after years: usage: write_registrations.py COUNT > registrations.jsonl

One JSON object a line, the same on every machine. Of ten, seven have a CPF, one a CNPJ (half of those with letters), two none. About one in eight
registers again a client that is there already: with the tax id written otherwise, or without it and with the same e-mail or telephone. One in fifty
has the telephone of a switchboard that twenty share.
"""
import random
import sys

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def with_check_digits(text, longest):
    """By modulo 11: weights from 2 to `longest`, then from 2 again, from the right."""
    for _ in range(2):
        weights = (2 + i % (longest - 1) for i in range(len(text)))
        text += str(sum((ord(c) - 48) * weight for c, weight in zip(reversed(text), weights)) * 10 % 11 % 10)
    return text


def cpf(rng):
    return with_check_digits(f"{rng.randrange(10**9):09d}", 11)


def cnpj(rng):
    root = "".join(rng.choice(LETTERS) for _ in range(8)) if rng.random() < 0.5 else f"{rng.randrange(10**8):08d}"
    return with_check_digits(root + "0001", 9)


def punctuated(number):
    if len(number) == 11:
        return f"{number[:3]}.{number[3:6]}.{number[6:9]}-{number[9:]}"
    return f"{number[:2]}.{number[2:5]}.{number[5:8]}/{number[8:12]}-{number[12:]}"


def client(rng, number, count):
    kind = rng.random()
    phone = f"11{rng.randrange(2, 6)}{rng.randrange(10**7):07d}" if rng.random() < 0.3 else f"119{rng.randrange(10**8):08d}"
    if rng.random() < 0.02:
        phone = f"113{rng.randrange(max(1, count // 1000)):07d}"
    return (cpf(rng) if kind < 0.7 else cnpj(rng) if kind < 0.8 else None, f"client{number}@mail{number % 97}.example", phone)


def line(rng, number, tax_id, email, phone):
    fields = [f'"id": "c{number}"']
    if tax_id:
        fields.append(f'"tax_id": "{punctuated(tax_id) if rng.random() < 0.5 else tax_id}"')
    if email:
        fields.append(f'"emails": ["{email.upper() if rng.random() < 0.1 else email}"]')
    if phone:
        fields.append(f'"phones": ["{"+55 " + phone if rng.random() < 0.3 else f"({phone[:2]}) {phone[2:]}"}"]')
    fields.append(f'"created_at": "20{rng.randrange(10, 25)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}T10:00:00-03:00"')
    return "{" + ", ".join(fields) + "}\n"


def main(count):
    rng = random.Random(1)
    known = []
    for number in range(count):
        if known and rng.random() < 0.125:
            tax_id, email, phone = rng.choice(known)
            how = rng.random()
            tax_id = tax_id if how < 0.5 else None
            email, phone = (email, None) if rng.random() < 0.5 else (None, phone)
        else:
            tax_id, email, phone = client(rng, number, count)
            if len(known) < 100_000:
                known.append((tax_id, email, phone))
        sys.stdout.write(line(rng, number, tax_id, email, phone))


if __name__ == "__main__":
    main(int(sys.argv[1]))
