"""Partner hospitals take an outcome into use."""

from dataclasses import replace
from datetime import date, datetime

from chassis.kernel.decision import Decision
from services.research.domain.events import OutcomeAdopted
from services.research.domain.outcome import ADOPTED, ADOPTION, Outcome
from services.research.domain.refusals import AdoptedTooEarly, DateInTheFuture, NotOfTheOutcome
from services.research.domain.transfer import must_stand_at


def adopt(
    outcome: Outcome, *, site: str, adopted_on: date, note: str, by: str | None, now: datetime
) -> Decision[Outcome]:
    """A partner confirms that it has used the outcome since a day, which is a calendar day there.

    Raises `WrongState`, `DoesNotTransfer`, `NotOfTheOutcome`, `DateInTheFuture`, `AdoptedTooEarly`.
    """
    must_stand_at((ADOPTION,), outcome, "confirm_adoption")
    if site not in outcome.sites:
        raise NotOfTheOutcome(site=site, partners=list(outcome.sites))
    if adopted_on > (today := outcome.today(site, now)):
        raise DateInTheFuture(date=adopted_on.isoformat(), today=today.isoformat())
    if adopted_on < (earliest := min(each.began for each in outcome.came_of)):
        raise AdoptedTooEarly(date=adopted_on.isoformat(), earliest=earliest.isoformat())
    adopted = replace(outcome, state=ADOPTED, adopting_site=site, adopted_on=adopted_on)
    return Decision(adopted, what="adopted", events=(OutcomeAdopted(adopted, site, adopted_on, by),), why=note)
