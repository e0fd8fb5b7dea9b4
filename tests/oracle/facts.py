"""A case as the reading of the policy sees it: its instants, days and money, what has happened, and who is present."""

import re
from datetime import date, datetime
from decimal import Decimal

from civil_time import UTC, day_of


def instant(text):
    return datetime.fromisoformat(text).astimezone(UTC)


def read(value):
    """A case's JSON with its instants and dates as such."""
    if isinstance(value, dict):
        return {name: read(member) for name, member in value.items()}
    if isinstance(value, list):
        return [read(member) for member in value]
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
        return instant(value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    return value


def cents(money):
    """Whole cents of an amount, which the case gives as text or as a number."""
    return int(Decimal(str(money)) * 100)


def money_text(cents):
    return f"{cents // 100}.{cents % 100:02}"


def happened(instant, at):
    return instant is not None and instant <= at


def instants_and_days(value):
    """Every instant and every date anywhere in the facts."""
    if isinstance(value, date):  # a datetime is one too
        yield value
    elif isinstance(value, (dict, list)):
        for member in value.values() if isinstance(value, dict) else value:
            if not isinstance(member, str):
                yield from instants_and_days(member)


def instants_after(at, value):
    return {moment for moment in instants_and_days(value) if isinstance(moment, datetime) and moment > at}


def staff_by_id(facts):
    return {member["id"]: member for member in facts.get("staff", ())}


def away(member, at):
    """What the first `away` period that covers the day says, if any does."""
    day = day_of(at)
    return next((period["kind"] for period in member.get("away", ()) if period["from"] <= day <= period["until"]), None)


def standing(member, at):
    return away(member, at) or ("vacation" if member["status"] == "left" else member["status"])
