"""The forms that expressions take, as a table: what each gives and takes, its CEL and its Python.

Types: bool, int, T (timestamp), D (date), DUR, BD (business days), BH (business hours), CD (calendar days), MO (months or years),
job and person; mT, mD, mDUR, mCD, mBD, mBH are values that move with the instant of decision. `bool@job` is a condition on a
variable {v} that stands for a job. A `team` is last arguments that name one, and perhaps a calendar; `named` those that may name
a calendar; `absences` is a list of them. {zone} is the zone of a clock. The weight says how often a form is drawn.
"""

from typing import NamedTuple

OPERATORS = ["<", "<=", ">", ">=", "==", "!="]
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
CONTINUOUS = ("T", "DUR", "BH")  # what moves with every microsecond


class Form(NamedTuple):
    gives: str
    takes: tuple
    cel: str
    python: str
    weight: float = 1
    minutes_only: bool = False  # too many instants to look at over two years
    beside: bool = False        # flips one microsecond beside a whole minute


def comparisons():
    """Of a moving value with a still one of its unit, either way round; and of still ones."""
    for operator in OPERATORS:
        python = "r.saw(({0}) " + operator + " ({1}))"
        weight = 1 if operator in (">=", "<=", "<") else 0.4
        for unit, share in (("T", 5), ("D", 3), ("DUR", 2), ("CD", 3), ("BD", 4), ("BH", 4)):
            for takes, as_read, often in (("m" + unit, unit), operator, 1), ((unit, "m" + unit), MIRRORED[operator], 1 / 3):
                beside = unit in CONTINUOUS and as_read not in (">=", "<")
                yield Form("bool", takes, "{0} " + operator + " {1}", python, weight * share * often, beside=beside)
        for unit in ("T", "D", "int"):
            yield Form("bool", (unit, unit), "{0} " + operator + " {1}", "({0}) " + operator + " ({1})", 0.1)


FORMS = [
    *comparisons(),
    # ---- what moves
    Form("mT", (), "at", "r.at", 8),
    Form("mT", ("mT", "DUR"), "{0} + {1}", "({0}) + ({1})"),
    Form("mT", ("mT", "DUR"), "({0} - {1})", "({0}) - ({1})"),
    Form("mDUR", ("T",), "(at - {0})", "r.at - ({0})", 4),
    Form("mDUR", ("T", "DUR"), "(at - {0} + {1})", "r.at - ({0}) + ({1})"),
    Form("mD", (), "date(at)", "r.day(r.at)", 4),
    Form("mD", ("mT",), "date({0})", "r.day({0})"),
    Form("mD", ("DUR",), "date(at + {0})", "r.day(r.at + ({0}))", 2),
    Form("mD", ("DUR",), "date(at - {0})", "r.day(r.at - ({0}))", 2),
    Form("mD", ("CD",), "date(at) + {0}", "r.day(r.at) + ({0})"),
    Form("mCD", ("T",), "days_since({0})", "r.day(r.at) - r.day({0})", 3),
    Form("mCD", ("D",), "days_since({0})", "r.day(r.at) - ({0})", 2),
    Form("mCD", ("D",), "(date(at) - {0})", "r.day(r.at) - ({0})"),
    Form("mCD", ("T", "mT"), "days_between({0}, {1})", "r.day({1}) - r.day({0})"),
    Form("mCD", ("D", "mD"), "days_between({0}, {1})", "({1}) - ({0})"),
    Form("mBD", ("T",), "business_days_since({0})", "r.calendar.between(r.day({0}), r.day(r.at))", 3),
    Form("mBD", ("D",), "business_days_since({0})", "r.calendar.between({0}, r.day(r.at))", 2),
    Form("mBD", ("T",), "business_days_between({0}, at)", "r.calendar.between(r.day({0}), r.day(r.at))", 2),
    Form("mBD", ("D", "mD"), "business_days_between({0}, {1})", "r.calendar.between({0}, {1})", 2),
    Form("mBD", ("T", "mT"), "business_days_between({0}, {1})", "r.calendar.between(r.day({0}), r.day({1}))"),
    Form("mBD", ("D", "BD"), "business_days_since({0}) + {1}", "r.calendar.between({0}, r.day(r.at)) + ({1})"),
    Form("mBD", ("T", "named"), "business_days_since({0}{1})", "r.days({1}).between(r.day({0}), r.day(r.at))"),
    Form("mBD", ("D", "mD", "named", "absences"), "business_days_between({0}, {1}{2}, {3})",
         "r.days({2}, absences={3}).between({0}, {1})"),
    Form("mBD", ("T", "named", "absences"), "business_days_between({0}, at{1}, {2})",
         "r.days({1}, absences={2}).between(r.day({0}), r.day(r.at))", 2),
    Form("mBH", ("T", "team"), "business_hours_since({0}{1})", "r.hours({1}).between({0}, r.at)", 6),
    Form("mBH", ("T", "team"), "business_hours_between({0}, at{1})", "r.hours({1}).between({0}, r.at)", 2),
    Form("mBH", ("T", "team", "absences"), "business_hours_between({0}, at{1}, {2})",
         "r.hours({1}, absences={2}).between({0}, r.at)", 4),
    Form("mBH", ("T", "DUR", "team"), "business_hours_between({0}, at + {1}{2})", "r.hours({2}).between({0}, r.at + ({1}))",
         beside=True),
    Form("mBH", ("T", "team", "BH"), "business_hours_since({0}{1}) - {2}", "r.hours({1}).between({0}, r.at) - ({2})"),
    Form("bool", ("team",), "is_open(at{0})", "r.saw(r.hours({0}).is_open(r.at))", 6),
    Form("bool", ("mT", "team"), "is_open({0}{1})", "r.saw(r.hours({1}).is_open({0}))", 2),
    Form("bool", ("mD", "named"), "is_business_day({0}{1})", "r.saw(r.days({1}).is_business_day({0}))", 3),
    Form("bool", ("mD", "named", "absences"), "is_business_day({0}{1}, {2})",
         "r.saw(r.days({1}, absences={2}).is_business_day({0}))", 2),
    Form("bool", ("team",), "(is_business_day(date(at)) && at >= closes_at(so_far(date(at)){0}))",
         "both(lambda: r.saw(r.calendar.is_business_day(r.day(r.at))), "
         "lambda: r.saw(r.at >= r.hours({0}).closes_at(r.saw(r.day(r.at)))))", 3),
    Form("BD", ("mBD",), "so_far({0})", "r.saw({0})", 0.3),
    Form("CD", ("mCD",), "so_far({0})", "r.saw({0})", 0.3),
    # ---- parts of the clock, which step
    Form("bool", ("mT", "hour"), '({0}).getHours("{zone}") >= {1}', 'r.clock("getHours", "{zone}", {0}) >= {1}', 2),
    Form("bool", ("mT", "hour"), '({0}).getHours("{zone}") < {1}', 'r.clock("getHours", "{zone}", {0}) < {1}'),
    Form("bool", ("hour", "hour", "weekday"),
         '(at.getDayOfWeek("{zone}") in [1, 2, 3, 4, {2}] && at.getHours("{zone}") >= {0} && at.getHours("{zone}") < {1})',
         'every_one([lambda: r.clock("getDayOfWeek", "{zone}", r.at) in [1, 2, 3, 4, {2}], '
         'lambda: r.clock("getHours", "{zone}", r.at) >= {0}, lambda: r.clock("getHours", "{zone}", r.at) < {1}], '
         'lambda part: part())', 5),
    Form("bool", ("weekday",), 'at.getDayOfWeek("{zone}") == {0}', 'r.clock("getDayOfWeek", "{zone}", r.at) == {0}', 6),
    Form("bool", ("mT", "day of month"), '({0}).getDate("{zone}") >= {1}', 'r.clock("getDate", "{zone}", {0}) >= {1}'),
    Form("bool", ("day of month",), 'at.getDayOfMonth("{zone}") == {0}', 'r.clock("getDayOfMonth", "{zone}", r.at) == {0}', 0.5),
    Form("bool", ("weekday",), 'at.getMonth("{zone}") > {0}', 'r.clock("getMonth", "{zone}", r.at) > {0}', 0.5),
    Form("bool", ("hour",), 'at.getDayOfYear("{zone}") % 31 < {0}', 'r.clock("getDayOfYear", "{zone}", r.at) % 31 < {0}', 0.5),
    Form("bool", ("mT", "hour"), '({0}).getMinutes("{zone}") >= {1}', 'r.clock("getMinutes", "{zone}", {0}) >= {1}', 0.5, True),
    Form("bool", ("mT", "T"), '({0}).getHours("{zone}") > ({1}).getHours("{zone}")',
         'r.clock("getHours", "{zone}", {0}) > r.clock("getHours", "{zone}", {1})', 0.5),
    Form("bool", ("mT",), 'at.getHours("{zone}") < ({0}).getHours("{zone}")',
         'r.clock("getHours", "{zone}", r.at) < r.clock("getHours", "{zone}", {0})', 0.5),
    Form("int", ("mT",), '({0}).getDayOfWeek("{zone}")', 'r.clock("getDayOfWeek", "{zone}", {0})', 0.5),
    # ---- business hours and absences
    Form("BH", ("T", "T", "team"), "business_hours_between({0}, {1}{2})", "r.hours({2}).between({0}, {1})"),
    Form("BH", ("BH", "BH"), "({0} + {1})", "({0}) + ({1})"),
    Form("absences", ("person",), "{0}.away.map({v}, [{v}.from, {v}.until])",
         'tuple(({v}.fields["from"], {v}.fields["until"]) for {v} in r.get({0}, "away"))', 2),
    # ---- instants
    Form("T", ("T", "BH", "team"), "term_end({0}, {1}{2})", "r.hours({2}).add_to({0}, term({1}))", 4),
    Form("T", ("T", "BH", "team", "absences"), "term_end({0}, {1}{2}, {3})", "r.hours({2}, absences={3}).add_to({0}, term({1}))", 2),
    Form("T", ("T", "BD", "named", "absences"), "term_end({0}, {1}{2}, {3})",
         "r.zone.start_of(r.days({2}, absences={3}).add(r.day({0}), term({1})) + 1)"),
    Form("T", ("D", "team"), "closes_at(following({0}){1})", "r.hours({1}).closes_at(r.calendar.following({0}))", 2),
    Form("T", ("T", "BD"), "term_end({0}, {1})", "r.zone.start_of(r.calendar.add(r.day({0}), term({1})) + 1)", 3),
    Form("T", ("D", "BD"), "term_end({0}, {1})", "r.zone.start_of(r.calendar.add({0}, term({1})) + 1)"),
    Form("T", ("T", "CD"), "term_end({0}, {1})", "r.zone.start_of(r.day({0}) + term({1}) + 1)", 3),
    Form("T", ("D", "CD"), "term_end({0}, {1})", "r.zone.start_of({0} + term({1}) + 1)"),
    Form("T", ("T", "MO"), "term_end({0}, {1})", "r.zone.start_of(add_months(r.day({0}), {1}) + 1)"),
    Form("T", ("D", "MO"), "term_end({0}, {1})", "r.zone.start_of(add_months({0}, {1}) + 1)"),
    Form("T", ("T", "DUR"), "term_end({0}, {1})", "({0}) + ({1})", 2),
    Form("T", ("T", "DUR"), "({0} + {1})", "({0}) + ({1})"),
    Form("T", ("T", "DUR"), "({0} - {1})", "({0}) - ({1})"),
    Form("T", ("D",), "start_of_day({0})", "r.zone.start_of({0})"),
    Form("T", ("T", "T"), "min({0}, {1})", "min({0}, {1})", 0.5),
    Form("T", ("T", "T"), "[{0}, {1}].max()", "max({0}, {1})", 0.5),
    Form("T", ("bool", "T", "T"), "({0} ? {1} : {2})", "({1} if {0} else {2})", 0.5),
    # ---- days
    Form("D", ("T",), "date({0})", "r.day({0})", 2),
    Form("D", ("D", "CD"), "({0} + {1})", "({0}) + ({1})"),
    Form("D", ("D", "BD"), "({0} + {1})", "r.calendar.add({0}, {1})"),
    Form("D", ("D", "MO"), "({0} + {1})", "add_months({0}, {1})"),
    Form("D", ("D",), "following({0})", "r.calendar.following({0})"),
    Form("D", ("D",), "preceding({0})", "r.calendar.preceding({0})"),
    Form("D", ("D", "named"), "modified_following({0}{1})", "r.days({1}).modified_following({0})"),
    Form("D", ("D", "named"), "modified_preceding({0}{1})", "r.days({1}).modified_preceding({0})"),
    # ---- counts that stand still
    *(Form("BD", ("D", "D"), 'count_business_days([{0}, {1}].min(), [{0}, {1}].max(), "' + counted + '")',
           f'r.calendar.days_of(min({{0}}, {{1}}), max({{0}}, {{1}}), "{counted}")', 0.5) for counted in ("start", "end", "both")),
    Form("BD", ("D", "D", "named"), "business_days_between({0}, {1}{2})", "r.days({2}).between({0}, {1})", 0.5),
    # ---- numbers
    Form("int", (), "jobs.size()", "len(r.jobs())", 2),
    Form("int", (), "people.size()", "len(r.people())"),
    Form("int", ("bool@job",), "jobs.filter({v}, {0}).size()", "len(those(r.jobs(), lambda {v}: {0}))", 3),
    Form("int", ("int", "int"), "({0} + {1})", "({0}) + ({1})"),
    Form("int", ("small int", "int"), "({0} / {1})", "quotient({0}, {1})", 0.5),
    # ---- conditions of conditions
    Form("bool", ("bool", "bool"), "({0} && {1})", "both(lambda: {0}, lambda: {1})", 6),
    Form("bool", ("bool", "bool"), "({0} || {1})", "either(lambda: {0}, lambda: {1})", 6),
    Form("bool", ("bool",), "!({0})", "(not {0})", 3),
    Form("bool", ("bool", "bool", "bool"), "({0} ? {1} : {2})", "({1} if {0} else {2})", 3),
    Form("bool", ("past", "bool"), "before({0}, {1})", "r.before({0}, lambda r: {1})", 6),
    Form("bool", ("job", "bool"), "(has({0}.done_at) && before({0}.done_at, {1}))",
         'both(lambda: r.has({0}, "done_at"), lambda: r.before(r.get({0}, "done_at"), lambda r: {1}))', 6),
    Form("bool", ("bool",), "(has(box.h0) && before(box.h0, {0}))",
         'both(lambda: r.has(r.case.box, "h0"), lambda: r.before(r.get(r.case.box, "h0"), lambda r: {0}))', 4),
    Form("past", ("T",), "{0}", "{0}"),
    Form("past", ("job",), "{0}.opened_at", 'r.get({0}, "opened_at")', 2),
    Form("past", ("past literal",), "{0}", "{0}", 2),
    # ---- lists and maps
    Form("bool", ("bool@job",), "jobs.exists({v}, {0})", "exists(r.jobs(), lambda {v}: {0})", 5),
    Form("bool", ("bool@job",), "jobs.all({v}, {0})", "every_one(r.jobs(), lambda {v}: {0})", 5),
    Form("bool", ("bool@job",), "jobs.exists_one({v}, {0})", "exactly_one(r.jobs(), lambda {v}: {0})"),
    Form("bool", ("bool@job", "small int"), "jobs.filter({v}, {0}).size() >= {1}",
         "len(those(r.jobs(), lambda {v}: {0})) >= {1}", 3),
    Form("bool", ("small int",), "jobs.size() > {0}", "len(r.jobs()) > {0}", 2),
    Form("bool", ("person",), "{0}.away.exists({v}, date(at) >= {v}.from && date(at) <= {v}.until)",
         'exists(r.get({0}, "away"), lambda {v}: both(lambda: r.saw(r.day(r.at) >= {v}.fields["from"]), '
         'lambda: r.saw(r.day(r.at) <= {v}.fields["until"])))', 4),
    Form("bool", (), "people.exists({v}, has(people[{v}].left_at))",
         'exists(list(r.people()), lambda {v}: r.has(r.person({v}), "left_at"))'),
    Form("bool", (), '"ana" in people', '"ana" in r.people()'),
    Form("bool", ("person",), "has({0}.left_at)", 'r.has({0}, "left_at")'),
    Form("person", (), 'people["ana"]', 'r.person("ana")'),
    Form("person", (), 'people["bia"]', 'r.person("bia")'),
    # ---- the box of facts
    Form("T", (), "box.t0", 'r.get(r.case.box, "t0")', 4),
    Form("T", (), "box.t1", 'r.get(r.case.box, "t1")', 4),
    Form("T", (), "box.t2", 'r.get(r.case.box, "t2")', 4),
    Form("T", (), "box.h0", 'r.get(r.case.box, "h0")'),
    Form("T", ("T",), "(has(box.h0) ? box.h0 : {0})", '(r.get(r.case.box, "h0") if r.has(r.case.box, "h0") else {0})', 2),
    Form("T", ("T literal",), "box.?h1.orValue({0})", '(r.get(r.case.box, "h1") if r.has(r.case.box, "h1") else {0})', 2),
    Form("D", (), "box.d0", 'r.get(r.case.box, "d0")', 3),
    Form("D", (), "box.d1", 'r.get(r.case.box, "d1")', 3),
    Form("int", (), "box.n0", 'r.get(r.case.box, "n0")'),
    Form("int", (), "box.n1", 'r.get(r.case.box, "n1")', 0.3),
    Form("bool", (), "has(box.h0)", 'r.has(r.case.box, "h0")', 4),
    Form("bool", (), "has(box.h1)", 'r.has(r.case.box, "h1")', 4),
    Form("bool", (), "has(box.part)", 'r.has(r.case.box, "part")', 2),
    Form("bool", (), "has(box.n1)", 'r.has(r.case.box, "n1")'),
    Form("bool", (), "box.b0", 'r.get(r.case.box, "b0")'),
    Form("bool", (), "box.b1", 'r.get(r.case.box, "b1")', 2),
    Form("bool", ("color",), "box.c0 == {0}", 'r.get(r.case.box, "c0") == {0}', 0.5),
    Form("bool", ("color",), "box.part.color == {0}", 'r.get(r.get(r.case.box, "part"), "color") == {0}', 0.5),
    # ---- a job in scope
    Form("T", ("job",), "{0}.opened_at", 'r.get({0}, "opened_at")', 6),
    Form("T", ("job",), "{0}.due", 'r.get({0}, "due")', 6),
    Form("T", ("job",), "(has({0}.done_at) ? {0}.done_at : {0}.opened_at)",
         '(r.get({0}, "done_at") if r.has({0}, "done_at") else r.get({0}, "opened_at"))', 3),
    Form("D", ("job",), "{0}.day", 'r.get({0}, "day")', 4),
    Form("int", ("job",), "{0}.size", 'r.get({0}, "size")', 2),
    Form("bool", ("job",), "has({0}.done_at)", 'r.has({0}, "done_at")', 15),
    Form("bool", ("job",), "has({0}.done_by)", 'r.has({0}, "done_by")', 5),
    Form("bool", ("job",), "{0}.flag", 'r.get({0}, "flag")', 3),
    Form("bool", ("job", "color"), "{0}.color == {1}", 'r.get({0}, "color") == {1}', 3),
]
