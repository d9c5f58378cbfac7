"""Half a year and a year after a hospital took an outcome into use it says whether it still does."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from chassis.kernel.decision import Decision, Due
from services.research.domain.adopting import ending, in_use
from services.research.domain.adoption import Adoption, FollowUp
from services.research.domain.events import AdoptionEnded, FollowUpDue, OutcomeHappening
from services.research.domain.outcome import ADOPTED, Outcome
from services.research.domain.transfer_refusals import FollowUpCovered, FollowUpNotYetDue, FollowUpRecorded

FOLLOW_UP = "follow-up"


@dataclass(frozen=True)
class Seen:
    """What a hospital says at a follow-up. `ended_on`: since when it is used no more; nothing where it still is."""

    site: str
    months: int
    ended_on: date | None = None
    patients: int | None = None
    procedures: int | None = None
    note: str = ""


def record_follow_up(outcome: Outcome, seen: Seen, *, by: str | None, now: datetime) -> Decision[Outcome]:
    """Keeps what the hospital says, once; where it is used no more, its use ends by that.

    Raises `WrongState`, `NotInUse`, `FollowUpRecorded`, `FollowUpCovered`, `FollowUpNotYetDue`, `DateInTheFuture`,
    `EndedTooEarly`.
    """
    adoption = in_use(outcome, seen.site, "record_follow_up")
    if adoption.said(seen.months):
        raise FollowUpRecorded(site=seen.site, months=seen.months)
    if later := adoption.covering(seen.months):
        raise FollowUpCovered(site=seen.site, months=seen.months, covered_by=later.months)
    if outcome.today(seen.site, now) < (due_on := adoption.due_on(seen.months)):
        raise FollowUpNotYetDue(site=seen.site, months=seen.months, due_on=due_on.isoformat())
    kept = FollowUp(seen.months, seen.ended_on is None, seen.patients, seen.procedures, seen.note, by, now)
    followed = replace(adoption, follow_ups=(*adoption.follow_ups, kept))
    if seen.ended_on:
        followed = ending(outcome, followed, seen.ended_on, seen.note, now)
    after = outcome.with_adoption(adoption, followed)
    events: tuple[OutcomeHappening, ...] = (AdoptionEnded(after, followed, by),) if seen.ended_on else ()
    why = f"{seen.site}, {seen.months} months" + (f": {seen.note}" if seen.note else "")
    return Decision(after, what="followed-up", events=events, why=why)


def ask(outcome: Outcome, *, now: datetime) -> Decision[Outcome] | None:
    """Asks for every follow-up whose day has begun, each once. `None` where there is none, or they were asked for."""
    begun = [(adoption, _begun(outcome, adoption, now)) for adoption in outcome.adoptions]
    adoptions = tuple(replace(adoption, asked=(*adoption.asked, *months)) for adoption, months in begun)
    after = replace(outcome, adoptions=adoptions)
    told = tuple(FollowUpDue(after, adoption, each) for adoption, months in begun for each in months)
    return Decision(after, what="follow-up-due", events=told) if told else None


def due(outcome: Outcome) -> tuple[Due, ...]:
    """Each follow-up wants to be asked for as its day begins where the outcome is used."""
    moments = {moment for adoption in outcome.adoptions for _, moment in _to_ask(outcome, adoption)}
    return tuple(Due(FOLLOW_UP, moment) for moment in sorted(moments))


def _begun(outcome: Outcome, adoption: Adoption, now: datetime) -> tuple[int, ...]:
    return tuple(months for months, moment in _to_ask(outcome, adoption) if moment <= now)


def _to_ask(outcome: Outcome, adoption: Adoption) -> Iterator[tuple[int, datetime]]:
    for months in adoption.awaited if outcome.state == ADOPTED else ():
        if months not in adoption.asked:
            yield months, outcome.day_begins(adoption.due_on(months), adoption.site)
