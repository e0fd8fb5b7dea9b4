"""Random expressions of a wanted type, out of the table of forms and of the names in scope."""

from facts import COLORS
from forms import FORMS, Form
from local_time import HOUR, SECOND, date_of_day
from tree import Node

DURATIONS = {"1h": HOUR, "3h": 3 * HOUR, "8h": 8 * HOUR, "24h": 24 * HOUR, "25h": 25 * HOUR, "48h": 48 * HOUR, "72h": 72 * HOUR,
             "240h": 240 * HOUR}
SMALLEST = {"0.000001s": 1}
HOURS = {"0s": 0, "15m": HOUR // 4, "30m": HOUR // 2, "1h": HOUR, "90m": 3 * HOUR // 2,
         **{f"{hours}h": hours * HOUR for hours in (2, 4, 8, 9, 10, 18, 40)}}
MINUTES = {"90m": 90 * 60 * SECOND, "1m": 60 * SECOND}
NESTED = {"bool", "bool@job"}
MOVING = {"mT", "mD", "mDUR", "mCD", "mBD", "mBH"}
STILL = {"T", "D", "int", "BH"}


def by_type(forms):
    table = {}
    for form in forms:
        table.setdefault(form.gives, []).append(form)
    return table


BASE = by_type(FORMS)


class Scope:
    """The names that an expression may use, as forms of their own; jobs in scope by name in both languages."""

    def __init__(self, surroundings, forms=(), jobs=()):
        self.around, self.random = surroundings, surroundings.random
        self.forms, self.jobs = list(forms), list(jobs)

    def with_forms(self, *forms):
        return Scope(self.around, [*self.forms, *forms], self.jobs)

    def with_job(self, cel, python):
        return Scope(self.around, self.forms, [*self.jobs, (cel, python)])

    # ---- literals
    def literal(self, type):
        random, around = self.random, self.around
        if type in ("T", "T literal", "past literal"):
            instant = around.instant()
            if type == "past literal":
                instant = min(instant, around.at)
            return Node("T", f'timestamp("{around.zone.text(instant)}")', str(instant))
        if type == "D":
            return self.literal_day(around.day())
        if type == "DUR":
            table = {**DURATIONS, **(MINUTES if around.whole_minutes else SMALLEST)}
            text = random.choice(list(table))
            return Node("DUR", f'duration("{text}")', str(table[text]))
        if type == "BH":
            table = {**HOURS, **({} if around.whole_minutes else SMALLEST)}
            text = random.choice(list(table))
            return Node("BH", f'business_hours("{text}")', str(table[text]))
        if type in ("team", "named"):
            names = [name for name in random.choice(around.teams if type == "team" else around.names) if name]
            return Node(type, "".join(f', "{name}"' for name in names), ", ".join(map(repr, names)) or repr(""))
        if type == "absences":
            first = around.day()
            days = [self.literal_day(first), self.literal_day(first + random.randint(0, 3))]
            return Node(type, f"[[{', '.join(day.cel for day in days)}]]", f"(({days[0].python}, {days[1].python}),)")
        if type in ("BD", "CD"):
            count = random.choice([0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 10])
            return Node(type, f"{'business_days' if type == 'BD' else 'calendar_days'}({count})", str(count))
        if type == "MO":
            count = random.choice([1, 1, 2, 12, 13])
            return Node("MO", f"years({count // 12})" if count == 12 else f"months({count})", str(count))
        if type == "color":
            color = random.choice(COLORS)
            return Node("color", f'"{color}"', repr(color))
        numbers = {"hour": [0, 1, 2, 8, 9, 12, 17, 18, 23], "weekday": [around.weekday()], "int": [0, 1, 2, 3, 3, 5],
                   "day of month": [1, 29, *[date_of_day(around.day()).day] * 4], "small int": [0, 1, 1, 2, 2, 3]}
        number = str(random.choice(numbers[type]))
        return Node("int", number, number)

    @staticmethod
    def literal_day(day):
        return Node("D", f'date("{date_of_day(day).isoformat()}")', str(day))

    # ---- anything
    def grow(self, type, depth):
        """A random expression of the type; conditions nest at most `depth` deep."""
        if type == "job":
            cel, python = self.random.choice(self.jobs)
            return Node("job", cel, python)
        candidates = self.candidates(type, depth)
        literals = {"T": 3, "D": 3, "int": 2, "bool": 0, "BD": 5, "CD": 5, "BH": 8, "absences": 2}.get(type, 0)
        if not candidates or self.random.random() < literals / (literals + sum(form.weight for form in candidates)):
            return self.literal(type)
        form = self.random.choices(candidates, [form.weight for form in candidates])[0]
        return self.filled(form, depth)

    def candidates(self, type, depth):
        forms = BASE.get(type, []) + [form for form in self.forms if form.gives == type]
        nested = NESTED | (MOVING if type in MOVING else STILL if type in STILL else set())
        return [form for form in forms
                if (depth > 0 or not nested & set(form.takes)) and (self.jobs or "job" not in form.takes)
                and (self.around.whole_minutes or not form.minutes_only) and not (self.around.whole_minutes and form.beside)]

    def filled(self, form, depth):
        variable = f"x{len(self.jobs)}"
        arguments = []
        for takes in form.takes:
            if takes == "bool@job":
                arguments.append(self.with_job(variable, variable).grow("bool", depth - 1))
            elif takes in NESTED:
                arguments.append(self.grow(takes, depth - 1))
            else:
                inner = depth - 1 if form.gives != "bool" else self.random.choice([0, 0, 1, 1, 2])
                arguments.append(self.grow(takes, inner))
        cel, python = (text.replace("{zone}", self.around.clock_zone) for text in (form.cel, form.python))
        return Node(form.gives, cel, python, tuple(arguments), variable if "{v}" in form.cel else "")


def named(gives, cel, python, weight=4):
    """A form for a name in scope."""
    return Form(gives, (), cel, python, weight)
