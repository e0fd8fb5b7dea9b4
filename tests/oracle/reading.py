"""What an independent reading says of one decision."""

from typing import NamedTuple


class Reading(NamedTuple):
    outcome: object  # None when a missing fact makes it an error
    cites: list  # of each entry of `because`, in order, as far as the policy tells
    row: str = ""  # which row of the policy's table won, to count what was covered
    missing: tuple = ()  # of which an error names one
    items: dict = None  # what each item of the outcome rests on, by its id, where the outcome is more than its items


def lacks(*names):
    return Reading(None, [], f"without {names[0]}", names)
