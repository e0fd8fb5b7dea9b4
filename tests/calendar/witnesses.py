#!/usr/bin/env python3
"""The shipped bank calendar beside what others hold for Brazil's holidays, on every weekday of eighty years.

Of QuantLib, workalendar, holidays and date-holidays the public list of holidays tells (PRAXE_CONFORMANCE_DIR); the same
libraries are asked themselves where they are installed. They agree but for days that are known, and all of these differ. The
command is PRAXE_COMMAND in the environment. Exit status 77 where neither the list nor a library is at hand.
"""
import csv
import datetime
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(os.environ.get("PRAXE_CONFORMANCE_DIR", "")) / "calendar" / "brazil_holidays.csv"
YEARS = range(2000, 2080)

AWARENESS = {"11-20": 40}  # a national holiday since law 14.759 of 21 December 2023, later than these
EASTER = {"Carnaval": 160, "Corpus Christi": 80}
ASHES = {"Quarta-feira de Cinzas": 80}  # a working day after noon
LAST_DAY = {"12-29": 12, "12-30": 12, "12-31": 56}  # of the year

# Of each witness: by the feast, or by the day of the year, on how many weekdays it differs.
OF_THE_LIST = {
    "quantlib_1.29": AWARENESS,
    "quantlib_head": {},
    "holidays_0.10.1": {**AWARENESS, "Carnaval": 80, **ASHES},
    "holidays_head": EASTER,  # optional there
    "holidays_head_bvmf": {},
    "workalendar": {**AWARENESS, **EASTER, "Paixão de Cristo": 78},  # on 21 April, another holiday, twice
    "workalendar_bank": {**AWARENESS, **ASHES, **LAST_DAY},
    "date_holidays": {},
}
# The exchange of `holidays` has its own two days from 2018 on; a bank works on them.
LIVE = {"QuantLib": {}, "holidays": {"12-24": 44, "12-31": 44, "12-30": 9, "12-29": 9},
        "workalendar": OF_THE_LIST["workalendar_bank"]}


def weekdays():
    day = datetime.date(YEARS[0], 1, 1)
    while day.year in YEARS:
        if day.weekday() < 5:
            yield day
        day += datetime.timedelta(1)


def our_days_off():
    days = set()
    for year in YEARS:
        call = [os.environ["PRAXE_COMMAND"], "calendar", "rules/calendars/br_bank.yaml", "--year", str(year), "--format", "json"]
        page = json.loads(subprocess.run(call, cwd=ROOT, capture_output=True, check=True).stdout)
        days.update(datetime.date.fromisoformat(off["date"]) for off in page["days_off"])
    return days


def list_rows():
    with open(LIST, encoding="utf-8") as file:
        return {datetime.date.fromisoformat(row["date"]): row for row in csv.DictReader(file)}


def off_by_list(witness, row):
    """Whether the list has it that the witness rests on the day; nothing where it cannot tell."""
    said = dict(one.partition("(")[::2] for one in row["agree"].split(";"))
    if witness in said:
        return said[witness] not in ("optional)", "observance)")
    return None if witness in row["silent"].split(";") else False


def off_by_quantlib():
    import QuantLib
    calendar = QuantLib.Brazil(QuantLib.Brazil.Settlement)
    return lambda day: calendar.isHoliday(QuantLib.Date(day.day, day.month, day.year))


def off_by_holidays():
    import holidays
    calendar = holidays.financial_holidays("BVMF", years=YEARS)
    return lambda day: day in calendar


def off_by_workalendar():
    from workalendar.america import BrazilBankCalendar
    calendar = BrazilBankCalendar()
    return lambda day: not calendar.is_working_day(day)


FEASTS = [*EASTER, *ASHES, "Paixão de Cristo"]


def differences(ours, theirs, name_of):
    """On how many weekdays they differ, by the feast or the day of the year."""
    found = Counter()
    for day in weekdays():
        off = theirs(day)
        if off is None or off == (day in ours):
            continue
        feast = next((feast for feast in FEASTS if feast in name_of(day)), None)
        found[feast or f"{day:%m-%d}"] += 1
    return dict(found)


def main():
    ours = our_days_off()
    rows = list_rows() if LIST.exists() else {}
    verdicts = {}
    for witness, expected in OF_THE_LIST.items() if rows else ():
        theirs = lambda day: off_by_list(witness, rows[day]) if day in rows else None
        verdicts[f"{witness}, as listed"] = (differences(ours, theirs, lambda day: rows[day]["name"]), expected)
    easter_names = {day: row["name"] for day, row in rows.items()}
    for library, expected in LIVE.items():
        try:
            theirs = globals()[f"off_by_{library.lower()}"]()
        except (ImportError, AttributeError):
            print(f"{library} is not installed, or too old to know Brazil's banks")
            continue
        verdicts[library] = (differences(ours, theirs, lambda day: easter_names.get(day, "")), expected)
    for witness, (found, expected) in verdicts.items():
        print(f"{witness}: {'as known' if found == expected else f'{found}, not {expected}'}")
    if not verdicts:
        return 77
    return 0 if all(found == expected for found, expected in verdicts.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
