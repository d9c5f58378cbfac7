"""Figures of outcomes: how many there are, how far they came, and how long that took."""

from typing import Annotated, Literal

from pydantic import Field

from chassis.commands import Command, Line
from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from contracts.words import AgreementId, SiteId
from services.research.application.ports.measures import DIMENSIONS, Measures, Scope, Tally
from services.research.application.ports.promises import Promises
from services.research.application.queries.views import View
from services.research.domain.measuring import MEASURED
from services.research.domain.medians import median
from services.research.domain.outcome import ADOPTION, STAGES

MOST_ROWS = 1000
Year = Annotated[int, Field(ge=1970, le=2200, strict=True)]
Dimension = Literal["agreement", "field", "site", "year"]


class AskMeasures(Command):
    """Of which outcomes, and `by` what they are told apart."""

    agreement_id: AgreementId | None = None
    field: Line | None = None
    site_id: SiteId | None = None
    year: Year | None = None
    by: Annotated[tuple[Dimension, ...], Field(max_length=4)] = ()


def measures(asked: AskMeasures, actor: Actor, kept: Measures, promises: Promises) -> View:
    """`{rows, more, complete}`: a row for each group that the actor may see any outcome of, in the order of `by`.

    `more`: there are further rows, behind the first thousand. `complete`: false while outcomes that were kept before
    there were measures are still being counted.
    """
    by = tuple(dict.fromkeys(asked.by))
    seen = _seen_by(actor, promises)
    found = kept.tallies(Scope(asked.agreement_id, asked.field, asked.site_id, asked.year, by, seen))
    rows = sorted(found, key=lambda tally: [tally.of[name] for name in by])
    return {
        "rows": [_row(tally) for tally in rows[:MOST_ROWS]],
        "more": len(rows) > MOST_ROWS,
        "complete": kept.is_complete(),
    }


def _seen_by(actor: Actor, promises: Promises) -> tuple[frozenset[str], frozenset[str]] | None:
    """Figures name nobody: a programme manager sees those of each agreement that a site of theirs is in, whole."""
    if actor.is_system or actor.has(ADMINISTRATOR):
        return None
    whole = promises.agreements_of(actor.sites) if actor.has(PROGRAMME_MANAGER) else frozenset()
    return actor.sites, whole


def _row(tally: Tally) -> View:
    counts = tally.counts
    return {
        **{name: tally.of[name] for name in DIMENSIONS if name in tally.of},
        "outcomes": counts.get("outcomes", 0),
        **{state: counts.get(f"states.{state}", 0) for state in MEASURED},
        "overdue": counts.get("overdue", 0),
        "questioned": counts.get("questioned", 0),
        "delivered": sum(_below("types", tally).values()),
        "types": _below("types", tally),
        "stages": [_stage(number, tally) for number in range(len(STAGES))],
        "adoptions": dict(sorted(tally.adopters.items())),
        "in_use": dict(sorted(tally.users.items())),
    }


def _below(name: str, tally: Tally) -> dict[str, int]:
    return {path.partition(".")[2]: many for path, many in tally.counts.items() if path.startswith(f"{name}.")}


def _stage(number: int, tally: Tally) -> View:
    stage, counts = STAGES[number], tally.counts
    came = counts.get(f"reached.{stage}", 0)
    went_on = counts.get("delivered_adopted" if stage == ADOPTION else f"reached.{STAGES[number + 1]}", 0)
    return {
        "stage": stage,
        "here": counts.get(f"here.{stage}", 0),
        "reached": came,
        "not_applicable": counts.get(f"passed_over.{stage}", 0),
        "went_on": went_on,
        "conversion": round(went_on / came, 4) if came else None,
        "median_days": median(tally.days.get(stage, {})),
    }
