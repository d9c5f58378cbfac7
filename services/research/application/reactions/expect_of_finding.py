"""Exchange tells of a consultation's session that was held: where the sites found something together from which an
outcome is expected, its chair now owes one."""

from datetime import date, datetime

from chassis.causes import caused_by
from chassis.kernel.ids import document_id
from chassis.kernel.zones import zone_named
from contracts.envelope import CloudEvent
from contracts.exchange.consultations import ConsultationSessionHeld
from contracts.exchange.v1 import ExpectedOutcome
from services.research.application.ports.copies import Mistakes
from services.research.application.ports.outcomes import Outcomes
from services.research.application.reactions.withdraw_outcome import take_back
from services.research.domain.expecting import expect
from services.research.domain.outcome import CONSULTATION, EXPECTED, Origin, Outcome


def expect_of_finding(
    event: CloudEvent, held: ConsultationSessionHeld, now: datetime, outcomes: Outcomes, mistakes: Mistakes
) -> None:
    """Opens the outcome, once: its id is made of the event's. Does nothing where none is expected.

    Where the consultation is known to have been entered in error it is taken back at once.
    """
    if held.expected_outcome is None:
        return
    context = caused_by(event, "expect_of_finding", now)
    outcome = _outcome(document_id("out", context.command_id), held, held.expected_outcome)
    outcomes.add(outcome.id, expect(outcome, now=now, found=held.finding), context)
    take_back(event, outcomes.load(outcome.id), now, outcomes, mistakes)


def _outcome(outcome_id: str, held: ConsultationSessionHeld, expected: ExpectedOutcome) -> Outcome:
    return Outcome(
        id=outcome_id,
        state=EXPECTED,
        type=expected.type,
        title=held.title,
        field=held.field,
        agreement=held.agreement,
        condition=held.condition,
        origin=_origin(held),
        sites=tuple(site.id for site in held.sites),
        zones={site.id: site.zone for site in held.sites},
        responsible=held.chair,
        followers=_followers(held),
        due_on=expected.due_on,
    )


def _origin(held: ConsultationSessionHeld) -> Origin:
    day = _day(held)
    return Origin(CONSULTATION, held.consultation, day.year, day, held.slot, held.title)


def _day(held: ConsultationSessionHeld) -> date:
    """The session's calendar day where the consultation is organised: the agreement counts it in that day's year."""
    begins = {session.slot: session.begins for session in held.sessions}[held.slot]
    return begins.astimezone(zone_named(held.zone)).date()


def _followers(held: ConsultationSessionHeld) -> tuple[str, ...]:
    """Who organised it and the coordinators of every site, each once."""
    coordinators = (person for site in held.sites for person in site.coordinators)
    return tuple(dict.fromkeys((held.organiser, *coordinators)))
