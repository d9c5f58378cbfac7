"""Notes on a visit, and who stands in for whom."""

from dataclasses import replace
from datetime import date, datetime

from chassis.kernel.decision import Decision
from services.exchange.domain.events import VisitDeputyNamed, VisitNoteAdded
from services.exchange.domain.lifecycle import must_fit
from services.exchange.domain.parties import Deputy, Note
from services.exchange.domain.refusals import DateInThePast, DatesReversed, NotAsked
from services.exchange.domain.visit import Visit, days_between
from services.exchange.domain.visit_refusals import OwnDeputy, PeriodTooLong, TooManyDeputies, TooManyNotes

MOST_NOTES, MOST_DEPUTIES, LONGEST_DEPUTY = 200, 20, 92
"""Per visit; the last in days."""


def add_note(visit: Visit, *, text: str, by: str | None, now: datetime) -> Decision[Visit]:
    """One more remark behind the others. Raises `TooManyNotes`."""
    must_fit(visit, "add_note")
    if len(visit.notes) >= MOST_NOTES:
        raise TooManyNotes(most=MOST_NOTES)
    noted = replace(visit, notes=(*visit.notes, Note(by, now, text)))
    return Decision(noted, what="note added", events=(VisitNoteAdded(noted, by=by, text=text),))


def name_deputy(visit: Visit, deputy: Deputy, *, today: date) -> Decision[Visit]:
    """From now on the deputy may reply in that period; who was named for the same place before is replaced.

    Raises `WrongState`, `NotAsked`, `OwnDeputy`, `DatesReversed`, `DateInThePast`, `PeriodTooLong`, `TooManyDeputies`.
    """
    must_fit(visit, "name_deputy")
    if deputy.party not in visit.needs:
        raise NotAsked(party=deputy.party, asked=list(visit.needs))
    if deputy.person == deputy.in_place_of:
        raise OwnDeputy(person=deputy.person)
    _must_be_a_period(deputy.first, deputy.last, today)
    place = (deputy.party, deputy.in_place_of)
    others = tuple(each for each in visit.deputies if (each.party, each.in_place_of) != place)
    if len(others) >= MOST_DEPUTIES:
        raise TooManyDeputies(most=MOST_DEPUTIES)
    named = replace(visit, deputies=(*others, deputy))
    return Decision(named, what=f"deputy named for {deputy.party}", events=(VisitDeputyNamed(named, deputy),))


def _must_be_a_period(first: date, last: date, today: date) -> None:
    if last < first:
        raise DatesReversed(arrival=first.isoformat(), departure=last.isoformat())
    if last < today:
        raise DateInThePast(date=last.isoformat(), today=today.isoformat())
    if days_between(first, last) > LONGEST_DEPUTY:
        raise PeriodTooLong(days=days_between(first, last), most=LONGEST_DEPUTY)
