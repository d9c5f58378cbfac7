"""The host invites a visitor by letter."""

from chassis.commands import Command, Line
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import document_id
from contracts.words import PersonId, VisitId
from services.exchange.application.inviting import Inviting
from services.exchange.application.ports.letters import Letters
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.letter import Signer
from services.exchange.domain.letter_refusals import LetterStands
from services.exchange.domain.permissions.letters import may_invite


class IssueLetter(Command):
    """A letter for one visitor; `signer_name` and `signer_title` stand under it."""

    visit_id: VisitId
    person: PersonId
    signer_name: Line
    signer_title: Line


def issue_letter(
    command: IssueLetter, context: Context, letters: Letters, visits: Visits, inviting: Inviting
) -> Receipt:
    """Has a letter made; one that stands and says something else goes out of use with it."""
    letter_id = document_id("ltr", context.command_id)
    if answer := letters.made(letter_id, context):
        return answer
    visit = visits.load(command.visit_id).state
    may_invite(context.actor, visit)
    stated = inviting.stated(visit, command.person, Signer(command.signer_name, command.signer_title))
    earlier = letters.standing(visit.id, command.person)
    if earlier and earlier.state.stated == stated:
        raise LetterStands(letter=earlier.id)
    return inviting.request(letter_id, visit, command.person, stated, earlier, context)
