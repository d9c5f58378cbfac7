"""A visit or a visitor changed: whoever was invited by letter gets a new one, or the invitation is taken back."""

from datetime import datetime

from chassis.causes import caused_by
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Refusal
from chassis.kernel.ids import document_id
from contracts.envelope import CloudEvent
from services.exchange.application.inviting import Inviting
from services.exchange.application.ports.letters import Letters
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.inviting import is_over_for, why_not_going
from services.exchange.domain.letter import Letter, revoke
from services.exchange.domain.visit import Visit


def reissue_letters(
    event: CloudEvent, visit_id: str, letters: Letters, visits: Visits, inviting: Inviting, now: datetime
) -> None:
    """Has each letter that stands made again where it would say something else now.

    Takes back those of a visit that will not take place, of visitors who do not go, and those that say what is not so
    any more and cannot be made again, such as one whose passport is not known. No letter waits for another.
    """
    visit = visits.load(visit_id).state
    for letter in letters.of_visit(visit_id):
        if letter.state.stands and (because := _undone(event, visit, letter, inviting, now)):
            letters.save(letter, revoke(letter.state, reason=because), caused_by(event, f"revoke {letter.id}", now))


def reissue_letters_to(
    event: CloudEvent, person: str, letters: Letters, visits: Visits, inviting: Inviting, now: datetime
) -> None:
    """The same for all visits that the person goes on."""
    for visit in visits.of_people([person]):
        if visit.is_holding:
            reissue_letters(event, visit.id, letters, visits, inviting, now)


def _undone(event: CloudEvent, visit: Visit, letter: Loaded[Letter], inviting: Inviting, now: datetime) -> str:
    """Why the letter has to be taken back; empty where it stands, or another has taken its place."""
    person = letter.state.person
    if because := why_not_going(visit, person):
        return because
    if is_over_for(visit, person):
        return ""
    try:
        _make_again(event, visit, letter, inviting, now)
    except Refusal:
        return "; ".join(inviting.why_not_so(letter.state, visit))
    return ""


def _make_again(event: CloudEvent, visit: Visit, letter: Loaded[Letter], inviting: Inviting, now: datetime) -> None:
    stated = inviting.stated(visit, letter.state.person, letter.state.stated.signer)
    if stated != letter.state.stated:
        context = caused_by(event, letter.id, now)
        inviting.request(document_id("ltr", context.command_id), visit, letter.state.person, stated, letter, context)
