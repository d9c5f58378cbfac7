"""Outcomes that nobody expected: entered whole, or read from a file and kept until somebody says what they came of."""

from dataclasses import replace
from datetime import date, datetime

from chassis.kernel.decision import Decision
from services.research.domain.attributing import attributed_to, labels
from services.research.domain.contributors import contributors_of
from services.research.domain.details.amounts import Decimals
from services.research.domain.details.kinds import Kind, OneOf, Text
from services.research.domain.details.types import FIELDS_OF, details_in_part
from services.research.domain.details.unfit import Unfit
from services.research.domain.doi import doi_in
from services.research.domain.events import OutcomeReported
from services.research.domain.occurrence import Occurrence
from services.research.domain.organisations import organisations_of
from services.research.domain.outcome import UNCLAIMED, Outcome
from services.research.domain.record_refusals import RecordUnfit
from services.research.domain.references import Reference
from services.research.domain.reporting import Told, disclosed, filled_in

TYPE, LABEL, TITLE = OneOf(tuple(FIELDS_OF)), Text(), Text(500)
SUMMARY, ELSE = Text(10_000, prose=True), Text(20_000, prose=True)
MOST_ELSE = 200
"""Fields that a record may have beside those that are an outcome's own."""


def enter(
    blank: Outcome, told: Told, came_of: tuple[Occurrence, ...], *, decimals: Decimals, by: str | None, now: datetime
) -> Decision[Outcome]:
    """What nobody expected, reported at once; by the first thing that it came of an agreement counts it.

    `blank`: see `unattributed`. Raises `AttributedAlready` and whatever `filled_in` does.
    """
    entered = disclosed(filled_in(attributed_to(blank, came_of), told, decimals), now)
    return Decision(entered, what="entered", events=(OutcomeReported(entered, by=by),), why=labels(came_of))


def unattributed(
    outcome_id: str, kind: str, title: str, *, responsible: str, on: date, sites: tuple[str, ...] = ()
) -> Outcome:
    """An outcome of which nobody has said what it came of; it was made on that day, and nothing of it was ever due."""
    return Outcome(
        id=outcome_id,
        state=UNCLAIMED,
        type=kind,
        title=title,
        field="",
        agreement="",
        condition="",
        origin=None,
        sites=sites,
        zones={},
        responsible=responsible,
        followers=(),
        due_on=on,
    )


def import_reference(
    reference: Reference,
    *,
    outcome_id: str,
    responsible: str,
    sites: tuple[str, ...],
    on: date,
    decimals: Decimals,
    read_by: str = "",
) -> Decision[Outcome]:
    """An outcome that waits to be claimed, of what a record says: all of it that is there, each in its normal form.

    It came of nothing yet, no agreement counts it, and nobody is told of it. `responsible`: for whom it is read, who is
    asked to claim it; `sites`: theirs; `on`: the day; `read_by`: the import. Raises `RecordUnfit`, `InvalidDoi`,
    `DetailNotOfType`, `DetailInvalid`, `InvalidOrcid`, `ContributorNamedTwice`, `InvalidRor`,
    `OrganisationNamedTwice`: each tells what is wrong with the record.
    """
    kind = _read("type", TYPE, reference.type)
    blank = unattributed(
        outcome_id, kind, _read("title", TITLE, reference.title), responsible=responsible, on=on, sites=sites
    )
    outcome = replace(
        blank,
        summary=_read("summary", SUMMARY, reference.summary) if reference.summary else "",
        doi=doi_in(reference.doi),
        details=details_in_part(kind, reference.details, decimals) or None,
        contributors=contributors_of(reference.contributors),
        organisations=organisations_of(reference.organisations),
        label=_read("label", LABEL, reference.label) if reference.label else "",
        also=_else(reference),
        read_by=read_by,
    )
    return Decision(outcome, what="imported", why=outcome.label)


def _else(reference: Reference) -> tuple[tuple[str, str], ...]:
    told = [(name, value) for name, value in reference.also.items() if value.strip()]
    if len(told) > MOST_ELSE:
        raise RecordUnfit(field="also", why="TooMany", most=MOST_ELSE)
    return tuple((_read("also", LABEL, name), _read(name, ELSE, value)) for name, value in told)


def _read(field: str, kind: Kind, value: str) -> str:
    try:
        return str(kind.read(value, lambda _: None))
    except Unfit as unfit:
        raise RecordUnfit(field=field, why=unfit.why, **unfit.facts) from None
