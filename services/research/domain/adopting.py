"""Partner hospitals take an outcome into use, and give it up again."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from chassis.kernel.decision import Decision
from services.research.domain.acceptance import against_moving_on
from services.research.domain.adoption import Adoption
from services.research.domain.events import AdoptionEnded, OutcomeAdopted
from services.research.domain.outcome import ADOPTED, ADOPTION, Outcome
from services.research.domain.refusals import AdoptedTooEarly, DateInTheFuture, NotOfTheOutcome, WrongState
from services.research.domain.transfer import must_stand_at
from services.research.domain.transfer_refusals import AlreadyAdopted, EndedTooEarly, NotInUse


@dataclass(frozen=True)
class Use:
    """What a hospital says as it takes an outcome into use. See `Adoption`."""

    site: str
    adopted_on: date
    patients: int | None = None
    procedures: int | None = None
    guideline: str = ""
    note: str = ""


def adopt(outcome: Outcome, use: Use, *, by: str | None, now: datetime) -> Decision[Outcome]:
    """A partner confirms that it uses the outcome since a day; others may do so after the first.

    Raises `WrongState`, `DoesNotTransfer`, `GroundQuestioned`, `NotOfTheOutcome`, `DateInTheFuture`, `AdoptedTooEarly`,
    `AlreadyAdopted`.
    """
    if outcome.state != ADOPTED:
        must_stand_at((ADOPTION,), outcome, "confirm_adoption")
    for refusal in against_moving_on(outcome, ADOPTION):
        raise refusal
    _must_be_possible(outcome, use, now)
    adoption = Adoption(**vars(use), by=by, at=now)
    adopted = replace(outcome, state=ADOPTED, adoptions=(*outcome.adoptions, adoption))
    if not outcome.adoptions:
        adopted = replace(adopted, adopting_site=use.site, adopted_on=use.adopted_on)
    return Decision(adopted, what="adopted", events=(OutcomeAdopted(adopted, adoption),), why=use.note)


def end_adoption(
    outcome: Outcome, *, site: str, ended_on: date, reason: str, by: str | None, now: datetime
) -> Decision[Outcome]:
    """A hospital no longer uses it. That it was adopted stays. Raises `WrongState`, `NotInUse`, `DateInTheFuture`,
    `EndedTooEarly`."""
    adoption = in_use(outcome, site, "end_adoption")
    ended = ending(outcome, adoption, ended_on, reason, now)
    after = outcome.with_adoption(adoption, ended)
    why = f"{site}: {reason}"
    return Decision(after, what="adoption-ended", events=(AdoptionEnded(after, ended, by),), why=why)


def in_use(outcome: Outcome, site: str, command: str) -> Adoption:
    """The hospital's adoption that has not ended. Raises `WrongState`, `NotInUse`."""
    if outcome.state != ADOPTED:
        raise WrongState(state=outcome.state, command=command, fits=[ADOPTED])
    for adoption in outcome.adoptions:
        if adoption.site == site and adoption.ended_on is None:
            return adoption
    raise NotInUse(site=site, sites=[each.site for each in outcome.adoptions if each.ended_on is None])


def ending(outcome: Outcome, adoption: Adoption, on: date, reason: str, now: datetime) -> Adoption:
    """The adoption, ended on a calendar day there. Raises `DateInTheFuture`, `EndedTooEarly`."""
    _must_have_come(outcome, adoption.site, on, now)
    said = (outcome.today(adoption.site, each.at) for each in adoption.follow_ups if each.in_use)
    if on < (earliest := max([adoption.adopted_on, *said])):
        raise EndedTooEarly(date=on.isoformat(), earliest=earliest.isoformat())
    return replace(adoption, ended_on=on, end_reason=reason)


def _must_be_possible(outcome: Outcome, use: Use, now: datetime) -> None:
    if use.site not in outcome.sites:
        raise NotOfTheOutcome(site=use.site, partners=list(outcome.sites))
    _must_have_come(outcome, use.site, use.adopted_on, now)
    before = [each for each in outcome.adoptions if each.site == use.site]
    if any(each.ended_on is None for each in before):
        raise AlreadyAdopted(site=use.site, adopted_on=before[-1].adopted_on.isoformat())
    began = min(each.began for each in outcome.came_of)
    earliest = max([began, *(each.ended_on for each in before if each.ended_on)])
    if use.adopted_on < earliest:
        raise AdoptedTooEarly(date=use.adopted_on.isoformat(), earliest=earliest.isoformat())


def _must_have_come(outcome: Outcome, site: str, day: date, now: datetime) -> None:
    if day > (today := outcome.today(site, now)):
        raise DateInTheFuture(date=day.isoformat(), today=today.isoformat())
