"""How often the random cases met what they must: cells, each a section, a row and a column.

A column None is a limit that a case does not meet closely.
"""

from civil_time import STEP, day_of, start_of

STEPS = ["one step before", "exactly", "one step after"]
UNTIL = ["never", "a fact's instant", "a local midnight"]


def step(value, limit, size=STEP):
    distance = value - limit
    return STEPS[0] if distance == -size else STEPS[1] if distance == 0 * size else STEPS[2] if distance == size else None


def until_kind(until):
    return UNTIL[0] if until is None else UNTIL[2] if until == start_of(day_of(until)) else UNTIL[1]


def print_table(table, counts, minimum):
    """Every required cell with its count; returns whether one is below the minimum, or one counted is not in the table."""
    few = []
    for section, required in table.items():
        rows, columns = (list(dict.fromkeys(cell[side] for cell in required)) for side in (0, 1))
        width = max(map(len, [section, *rows]))
        widths = [max(len(column), 7) for column in columns]
        print(f"\n{section:{width}}" + "".join(f"  {column:>{size}}" for column, size in zip(columns, widths)))
        for row in rows:
            shown = []
            for column, size in zip(columns, widths):
                count = counts[section, row, column]
                shown.append(f"  {count if (row, column) in required else '':>{size}}")
                if (row, column) in required and count < minimum:
                    few.append(f"{section}: {row}: {column}: {count}")
            print(f"{row:{width}}" + "".join(shown))
    unforeseen = [cell for cell in counts if cell[2] is not None and cell[1:] not in table[cell[0]]]
    for cell in few + unforeseen:
        print("too few:" if isinstance(cell, str) else "not in the table:", cell)
    return bool(few or unforeseen)
