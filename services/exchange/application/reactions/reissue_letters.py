"""A visit changed: whoever was invited by letter gets a new one, or the invitation is taken back."""

from datetime import datetime

from chassis.causes import caused_by
from chassis.kernel.documents import Loaded
from chassis.kernel.ids import document_id
from contracts.envelope import CloudEvent
from services.exchange.application.inviting import Inviting
from services.exchange.application.ports.letters import Letters
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.inviting import INVITED, why_not_going
from services.exchange.domain.letter import Letter, revoke
from services.exchange.domain.visit import Visit


def reissue_letters(
    event: CloudEvent, visit_id: str, letters: Letters, visits: Visits, inviting: Inviting, now: datetime
) -> None:
    """Has each letter that stands made again where it would say something else now.

    Revokes those of a visit that will not take place, and of visitors who do not go.
    """
    visit = visits.load(visit_id).state
    for letter in letters.of_visit(visit_id):
        if letter.state.stands:
            if because := why_not_going(visit, letter.state.person):
                letters.save(letter, revoke(letter.state, reason=because), caused_by(event, f"revoke {letter.id}", now))
            elif visit.state in INVITED:
                _made_again(event, visit, letter, inviting, now)


def _made_again(event: CloudEvent, visit: Visit, letter: Loaded[Letter], inviting: Inviting, now: datetime) -> None:
    stated = inviting.stated(visit, letter.state.person, letter.state.stated.signer)
    if stated != letter.state.stated:
        context = caused_by(event, letter.id, now)
        inviting.request(document_id("ltr", context.command_id), visit, letter.state.person, stated, letter, context)
