"""The generator's own vocabulary, and a case's records as plain data; what each field's absence means stands here once."""

from typing import NamedTuple, Optional

from local_time import date_of_day, zone


class Field(NamedTuple):
    name: str
    type: str
    happens: bool = False
    dated_by: Optional[str] = None
    optional: bool = True
    absent: object = None  # how it reads when it is not there


def timestamps(names):
    return [Field(name, "timestamp") for name in names]


COLORS = ["red", "green", "blue"]
LEVELS = ["low", "mid", "high"]

# `since`: the record is there from that instant on.
RECORDS = {
    "Job": ("opened_at", [
        Field("id", "string", optional=False), Field("opened_at", "timestamp", optional=False), Field("due", "timestamp"),
        Field("done_at", "timestamp", happens=True), Field("done_by", "string", dated_by="done_at"), Field("day", "date"),
        Field("color", "color"), Field("flag", "bool", absent=False), Field("size", "int", optional=False)]),
    "Away": (None, [Field("from", "date", optional=False), Field("until", "date", optional=False)]),
    "Person": ("joined_at", [
        Field("id", "string", optional=False), Field("joined_at", "timestamp", optional=False),
        Field("left_at", "timestamp", happens=True), Field("away", "list(Away)", absent=())]),
    "Part": ("from_at", [Field("from_at", "timestamp", optional=False), Field("color", "color", optional=False)]),
    "Box": (None, [
        *timestamps(["t0", "t1", "t2"]), Field("h0", "timestamp", happens=True), Field("h1", "timestamp", happens=True),
        Field("n0", "int"), Field("n1", "int", dated_by="h0"), Field("d0", "date"), Field("d1", "date"), Field("c0", "color"),
        Field("b0", "bool", absent=False), Field("b1", "bool", dated_by="h1", absent=False), Field("part", "Part")]),
}
FIELDS = {name: {field.name: field for field in fields} for name, (_, fields) in RECORDS.items()}


class Record:
    """One record; two records are the same one only if they are the same object."""

    def __init__(self, type, fields):
        self.type, self.fields = type, fields

    def since(self):
        since = RECORDS[self.type][0]
        return self.fields[since] if since else None


class Case(NamedTuple):
    at: int
    box: Record
    jobs: list
    people: dict  # by id


def field_yaml(field):
    options = {"is": field.type}
    if field.type.startswith("list("):
        options = {"list": field.type[5:-1], "absent": []}
    if field.happens:
        options["happens"] = True
    if field.dated_by:
        options["with"] = field.dated_by
    if field.absent is False:
        options["absent"] = False
    return field.name + "?" * field.optional, field.type if options == {"is": field.type} else options


def record_yaml(name):
    since, fields = RECORDS[name]
    keyed = {"key": "id"} if "id" in FIELDS[name] else {}
    return {**({"since": since} if since else {}), **keyed, "fields": dict(field_yaml(field) for field in fields)}


def vocabulary_yaml():
    return {
        "vocabulary": "workshop", "closed_sets": {"color": COLORS, "level": LEVELS},
        "records": {name: record_yaml(name) for name in RECORDS},
        "facts": {"at?": "timestamp", "box": "Box", "jobs?": {"list": "Job", "absent": []},
                  "people?": {"map": "Person", "by": "id", "absent": {}}}}


def value_json(type, value, zone_name):
    if type == "timestamp":
        return zone(zone_name).text(value)
    if type == "date":
        return date_of_day(value).isoformat()
    if type.startswith("list("):
        return [value_json(type[5:-1], item, zone_name) for item in value]
    if type in RECORDS:
        return {name: value_json(FIELDS[type][name].type, field, zone_name) for name, field in value.fields.items()}
    return value


def case_json(case, zone_name):
    return {"at": zone(zone_name).text(case.at), "box": value_json("Box", case.box, zone_name),
            "jobs": [value_json("Job", job, zone_name) for job in case.jobs],
            "people": [value_json("Person", person, zone_name) for person in case.people.values()]}


def instants_of(value):
    """Every instant that stands in the facts."""
    if isinstance(value, Case):
        return {value.at, *instants_of([value.box, *value.jobs, *value.people.values()])}
    if isinstance(value, Record):
        types = FIELDS[value.type]
        own = {fact for name, fact in value.fields.items() if types[name].type == "timestamp"}
        return own.union(*(instants_of(fact) for fact in value.fields.values()))
    if isinstance(value, list):
        return set().union(*map(instants_of, value))
    return set()
