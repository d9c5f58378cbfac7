"""The host takes a letter back."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import LetterId
from services.exchange.application.ports.letters import Letters
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.letter import revoke
from services.exchange.domain.permissions.letters import may_invite


class RevokeLetter(Change):
    """Whoever checks the letter's code is told from then on that it does not stand."""

    letter_id: LetterId
    reason: FullParagraph


def revoke_letter(command: RevokeLetter, context: Context, letters: Letters, visits: Visits) -> Receipt:
    letter = letters.load(command.letter_id)
    if answer := letter.answered(context):
        return answer
    may_invite(context.actor, visits.load(letter.state.visit).state)
    return letters.save(letter, revoke(letter.state, reason=command.reason), context)
