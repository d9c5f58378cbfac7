"""What one outcome counts for in the measures: in which cell, and in which of its figures, once in each."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.research.domain.outcome import ADOPTED, EXPECTED, REPORTED, WAIVED, WITHDRAWN, Outcome
from services.research.domain.transferring import transfers

MEASURED = (EXPECTED, REPORTED, ADOPTED, WAIVED, WITHDRAWN)
"""States of what came of the exchange. A record of a file that nobody has claimed came of nothing yet."""

RULES = 2
"""Which rules `share_of` and `harvesting.named` follow. Whoever changes what an outcome counts for, or whom it names,
adds one: all are then gone through anew."""


@dataclass(frozen=True)
class Cell:
    """All outcomes of one agreement, field and year, in which the same sites took part. `sites` are in order."""

    agreement: str
    field: str
    year: int
    sites: tuple[str, ...]


@dataclass(frozen=True)
class Share:
    """One outcome's: `figures` are paths, such as `states.reported` or `days.pilot.31`."""

    cell: Cell
    figures: tuple[str, ...]


def share_of(outcome: Outcome) -> Share | None:
    """`None` for what is not measured. The year is that of its origin."""
    if outcome.origin is None or outcome.state not in MEASURED:
        return None
    cell = Cell(outcome.agreement, outcome.field, outcome.origin.year, tuple(sorted(outcome.sites)))
    return Share(cell, tuple(_figures(outcome)))


def is_delivered(outcome: Outcome) -> bool:
    """Whether it was reported and counts: nobody has questioned it."""
    return outcome.state in (REPORTED, ADOPTED) and not outcome.questioned


def _figures(outcome: Outcome) -> Iterator[str]:
    yield "outcomes"
    yield f"states.{outcome.state}"
    if outcome.overdue:
        yield "overdue"
    if outcome.questioned:
        yield "questioned"
    if not is_delivered(outcome):
        return
    yield f"types.{outcome.type}"
    if outcome.state == ADOPTED:
        yield "delivered_adopted"
        yield from (f"adopters.{site}" for site in sorted({each.site for each in outcome.adoptions}))
        in_use = {each.site for each in outcome.adoptions if each.ended_on is None}
        yield from (f"users.{site}" for site in sorted(in_use))
    if transfers(outcome.type):
        yield from _way(outcome)


def _way(outcome: Outcome) -> Iterator[str]:
    """Where it is and how it came there. The days to a stage are whole ones since the last stage that applied."""
    if outcome.state == REPORTED:
        yield f"here.{outcome.stage}"
    before = None
    for each in outcome.reached:
        yield f"reached.{each.stage}"
        if not each.applies:
            yield f"passed_over.{each.stage}"
            continue
        if before:
            yield f"days.{each.stage}.{(each.at - before).days}"
        before = each.at
