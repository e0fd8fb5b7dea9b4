"""What the random cases must meet of §4 and §5, and the cells that each case counts for."""

from itertools import product

from civil_time import DAY, STEP, a_year_after, day_of, start_of
from commission import changes_until, keeper_at_sale, live_at_sale, most_paid, whole_commission
from debt import is_long_due, payable_day
from drawing import MISSING_MIDNIGHTS
from facts import cents, happened, staff_by_id
from ownership_cells import STANDINGS, appointment_cells, away_cells, inactivation_cells, standing_label
from tally import STEPS, UNTIL, step, until_kind

DEBT_LIMITS = ["at / open", "day / payable day", "at / a year past due", "day / a year past due", "at / paid", "at / forgiven",
               "forgiven / a year past due", "sold / forgiven", "at / sold since forgiven"]
DEBT_SPECIAL = ["due on a Saturday or Sunday", "due on a day off", "a year past 29 Feb", "forgiven a year past 29 Feb",
                "a year ends at a missing midnight", "old debt of one who is not inactive", "old debt forgiven one not inactive",
                "due missing", "amount missing", "left out"]
ROWS = ["P.S9v", "P.S9a", "P.S8.1t", "P.S8.1c", "P.S5c", "P.S3", "P.S8.2"]
CLOSERS = ["who is named closed", "another closed"]
NAMED = [("P.S9v", ["vacation", "left", "away: vacation"], CLOSERS), ("P.S9a", ["absent", "away: absent"], CLOSERS),
         ("P.S8.1t", ["available", "busy"], CLOSERS[:1]), ("P.S8.1c", ["available", "busy"], CLOSERS[1:]),
         ("P.S5c", STANDINGS, CLOSERS[:1])]
WITHOUT = ["unknown closer", "unknown owner", "no product", "left out: no sale", "left out: sale ahead", "left out: no staff"]
SALE_LIMITS = ["at / created", "at / renewed", "at / approved", "at / closed", "at / sold", "at / inactivated",
               "at / last contact", "at / away begins", "at / away ended",
               "at / end of 2 business days", "at / end of 6 business days", "at / end of 7 business days",
               "at / end of inactivated + 15 days", "at / end of last contact + 15 days"]
OTHERWISE = ["P.S5 keeps the client for another", "live: nobody reached for the product", "nothing live", "bought before"]
AMOUNTS = ["commission given", "a rate", "a rate: under half a cent", "a rate: half a cent", "a rate: over half a cent",
           "an amount of 0.00", "beyond 64 bits"]
WAYS = ["paid, no paid_at", "paid, paid_at behind", "paid, paid_at ahead", "paid, then refunded", "payments", "lists to come",
        "refunded later", "refunded first", "refunded at the instant of a payment", "refunds alone", "paid beside lists",
        "paid beside lists to come"]
DUE_LIMITS = ["at / sale", "at / paid", "at / refunded", "at / payment", "at / refund", "paid / amount", "accrued / half a cent"]

# section: its cells; each cell is a row and a column
TABLE = {
    "debt": [(", ".join(filter(None, parts)) or "nothing", campaign) for *parts, campaign in product(
        ["", "barred"], ["", "forgive"], ["", "collect"], ["campaign", "no campaign"])],
    "limits of debt": list(product(DEBT_LIMITS, STEPS)),
    "debt, special": list(product(DEBT_SPECIAL, ["cases"])),
    "commission": list(product(ROWS, ["nothing paid", "part paid", "all paid"])),
    "standing of whom the row names": [(f"{row}, {standing}", closer) for row, standings, closers in NAMED
                                       for standing, closer in product(standings, closers)],
    "limits at the sale": list(product(SALE_LIMITS, STEPS)),
    "otherwise": list(product(OTHERWISE, ["cases"])),
    "how much": list(product(AMOUNTS + WAYS, ["cases"])),
    "limits of what is due": list(product(DUE_LIMITS, STEPS)),
    "no commission": list(product(WITHOUT, ["cases"])),
    "valid_until of": [*product(["debt"], UNTIL), *product(["commission"], UNTIL[:2])],
}

# ---------------------------------------------------------------------------------------------------- §4


def open_cells(invoice, inactive, at):
    """Of an invoice that is neither paid nor forgiven."""
    due = invoice["due"]
    payable, year_later = payable_day(due), a_year_after(due)
    yield "limits of debt", "at / open", step(at, start_of(payable + DAY))
    near = step(day_of(at), payable, DAY)
    yield "limits of debt", "day / payable day", near
    if near and payable != due:
        yield "debt, special", "due on a Saturday or Sunday" if due.weekday() >= 5 else "due on a day off", "cases"
    if inactive:
        year_end = start_of(year_later + DAY)
        near = step(day_of(at), year_later, DAY)
        yield "limits of debt", "at / a year past due", step(at, year_end)
        yield "limits of debt", "day / a year past due", near
        if near and (due.month, due.day) == (2, 29):
            yield "debt, special", "a year past 29 Feb", "cases"
        if abs(at - year_end) <= STEP and year_later + DAY in MISSING_MIDNIGHTS:
            yield "debt, special", "a year ends at a missing midnight", "cases"
    elif is_long_due(invoice, at):
        yield "debt, special", "old debt of one who is not inactive", "cases"


def forgiven_cells(invoice, client, at):
    """Of an invoice that was forgiven, where the client is inactive."""
    due, forgiven = invoice["due"], invoice["forgiven_at"]
    since = [sale["at"] for sale in client.get("sales", ()) if forgiven <= sale["at"] <= at]
    if not since:
        near = step(forgiven, start_of(a_year_after(due) + DAY))
        yield "limits of debt", "forgiven / a year past due", near
        if near and (due.month, due.day) == (2, 29):
            yield "debt, special", "forgiven a year past 29 Feb", "cases"
    if not is_long_due(invoice, forgiven):
        return
    for sale in client.get("sales", ()):
        if since in ([], [sale["at"]]):
            if happened(sale["at"], at):
                yield "limits of debt", "sold / forgiven", step(sale["at"], forgiven)
            if sale["at"] >= forgiven:
                yield "limits of debt", "at / sold since forgiven", step(at, sale["at"])


def debt_cells(debt, found, facts):
    at, client = facts["at"], facts["client"]
    if not debt.outcome:
        yield "debt, special", f"{debt.missing[0]} missing", "cases"
        return
    yield "valid_until of", "debt", until_kind(found["valid_until"])
    actions = {item["action"] for item in debt.outcome["invoices"]}
    row = ["barred"] * debt.barred + sorted(actions, reverse=True)
    campaign = facts.get("request", {}).get("campaign", False)
    yield "debt", ", ".join(row) or "nothing", "campaign" if campaign else "no campaign"

    inactive = client["status"] == "inactive"
    for invoice in client.get("invoices", ()):
        if "due" not in invoice:
            continue
        if day_of(at) > payable_day(invoice["due"]):
            for name in ("paid", "forgiven"):
                if f"{name}_at" in invoice:
                    yield "limits of debt", f"at / {name}", step(at, invoice[f"{name}_at"])
        forgiven = happened(invoice.get("forgiven_at"), at)
        if forgiven and inactive:
            yield from forgiven_cells(invoice, client, at)
        elif forgiven and is_long_due(invoice, invoice["forgiven_at"]):
            yield "debt, special", "old debt forgiven one not inactive", "cases"
        if not forgiven and not happened(invoice.get("paid_at"), at):
            yield from open_cells(invoice, inactive, at)


# ---------------------------------------------------------------------------------------------------- §5


def sale_limit_cells(commission, facts):
    """The limits of §2 and §3 with the sale's instant in the place of the decision's."""
    sale, client, staff = facts["sale"], facts["client"], staff_by_id(facts)
    sold = sale["at"]
    found = []
    for appointment in client.get("appointments", ()):
        if appointment["kind"] == "sale_contact" and appointment.get("product") == sale["product"]:
            found += appointment_cells(appointment, client, staff, sold)
    if commission.named in staff:
        found += away_cells(staff[commission.named], sold)
    if commission.row in ("P.S5c", "P.S3", "P.S8.2") and sale["closed_by"] == client.get("inactivation", {}).get("by"):
        found += inactivation_cells(client, sold)
    return {("limits at the sale", row, column) for _, row, column in found if row in SALE_LIMITS}


def way_cells(sale, at):
    """How it was paid."""
    payments, refunds = ([change for change in sale.get(name, ())] for name in ("payments", "refunds"))
    changes = changes_until(sale, at)
    if not changes:
        if payments or refunds:
            yield "paid beside lists to come" if "paid" in sale else "lists to come"
        elif "paid" in sale:
            dated = sale.get("paid_at")
            yield "paid, " + ("no paid_at" if not dated else "paid_at behind" if dated <= at else "paid_at ahead")
            if happened(dated, at) and happened(sale.get("refunded_at"), at):
                yield "paid, then refunded"
        return
    if "paid" in sale:
        yield "paid beside lists"
    paid, refunded = ({change["at"] for change in list if change["at"] <= at} for list in (payments, refunds))
    if not refunded:
        yield "payments"
    elif not paid:
        yield "refunds alone"
    elif min(refunded) < max(paid):
        yield "refunded first"
    if paid & refunded:
        yield "refunded at the instant of a payment"
    if sum(changes.values()) < most_paid(sale, at):
        yield "refunded later"


def due_cells(sale, at):
    """How much is due, and what it depends on."""
    amount, whole, paid = cents(sale["amount"]), whole_commission(sale), most_paid(sale, at)
    yield "how much", "commission given" if "commission" in sale else "a rate", "cases"
    if "commission" not in sale and 4 <= amount % 10 <= 6:
        yield "how much", f"a rate: {('under', '', 'over')[amount % 10 - 4]} half a cent".replace("  ", " "), "cases"
    if not amount:
        yield "how much", "an amount of 0.00", "cases"
    if whole * min(paid, amount) >= 2**63:
        yield "how much", "beyond 64 bits", "cases"
    for way in way_cells(sale, at):
        yield "how much", way, "cases"

    if changes_until(sale, at):
        for name in ("payment", "refund"):
            for change in sale.get(name + "s", ()):
                yield "limits of what is due", f"at / {name}", step(at, change["at"])
    else:
        for name in ("paid", "refunded"):
            if f"{name}_at" in sale:
                yield "limits of what is due", f"at / {name}", step(at, sale[f"{name}_at"])
    yield "limits of what is due", "paid / amount", step(paid, amount, 1)
    if paid < amount:
        for column, distance in zip(STEPS, (1, 0, -1)):
            if 2 * whole * (paid + distance) % (2 * amount) == amount:
                yield "limits of what is due", "accrued / half a cent", column


def commission_cells(commission, found, facts):
    sale, client, at = facts["sale"], facts["client"], facts["at"]
    if not commission.outcome:
        yield "no commission", commission.row, "cases" if commission.row in WITHOUT else None
        return
    yield "valid_until of", "commission", UNTIL[found["valid_until"] is not None]
    paid, amount = most_paid(sale, at), cents(sale["amount"])
    yield "commission", commission.row, f"{'all' if paid >= amount else 'part' if paid else 'nothing'} paid"
    if commission.named:
        standing = standing_label(staff_by_id(facts)[commission.named], sale["at"])
        closer = CLOSERS[sale["closed_by"] != commission.named]
        yield "standing of whom the row names", f"{commission.row}, {standing}", closer
    elif commission.row in ("P.S3", "P.S8.2"):
        live = live_at_sale(facts)
        if client.get("status") == "inactive" and keeper_at_sale(facts):
            yield "otherwise", "P.S5 keeps the client for another", "cases"
        if any(appointment["product"] == sale["product"] for appointment in live):
            yield "otherwise", "live: nobody reached for the product", "cases"
        if not live:
            yield "otherwise", "nothing live", "cases"
        if any(old["product"] == sale["product"] and old["at"] < sale["at"] for old in client.get("sales", ())):
            yield "otherwise", "bought before", "cases"
    yield from sale_limit_cells(commission, facts)
    yield from due_cells(sale, at)


def cells(facts, decided, readings):
    if "debt" in readings:
        yield from debt_cells(readings["debt"], decided["debt"], facts)
    else:
        yield "debt, special", "left out", "cases"
    if "sale" in facts:
        yield "limits of what is due", "at / sale", step(facts["at"], facts["sale"]["at"])
    if "commission" in readings:
        yield from commission_cells(readings["commission"], decided["commission"], facts)
    else:
        why = "no staff" if "staff" not in facts else "sale ahead" if "sale" in facts else "no sale"
        yield "no commission", f"left out: {why}", "cases"
