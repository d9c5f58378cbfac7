"""A visit's dates changed: whoever was invited by letter gets a new one."""

from datetime import datetime

from chassis.causes import caused_by
from chassis.kernel.ids import document_id
from contracts.envelope import CloudEvent
from services.exchange.application.inviting import Inviting
from services.exchange.application.ports.letters import Letters
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.inviting import INVITED


def reissue_letters(
    event: CloudEvent, visit_id: str, letters: Letters, visits: Visits, inviting: Inviting, now: datetime
) -> None:
    """Has each letter that stands made again where it would say something else now."""
    visit = visits.load(visit_id).state
    if visit.state not in INVITED:
        return
    for letter in letters.of_visit(visit_id):
        stated = inviting.stated(visit, letter.state.person, letter.state.stated.signer)
        if letter.state.stands and stated != letter.state.stated:
            context = caused_by(event, letter.id, now)
            letter_id = document_id("ltr", context.command_id)
            inviting.request(letter_id, visit, letter.state.person, stated, letter, context)
