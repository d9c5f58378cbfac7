"""Letters of invitation."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.seals import Seals
from contracts.envelope import CloudEvent
from contracts.exchange.v1 import PersonChanged
from services.exchange.application import commands, queries
from services.exchange.application.inviting import Inviting
from services.exchange.application.ports.letters import Printer
from services.exchange.application.queries.views import View
from services.exchange.application.reactions.reissue_letters import reissue_letters, reissue_letters_to
from services.exchange.bootstrap.stores import Stores


class Letters:
    """What can be asked about letters."""

    stores: Stores
    clock: Clock
    inviting: Inviting
    seals: Seals
    printer: Printer

    @decided_again_on_conflict
    def issue_letter(self, command: commands.IssueLetter, context: Context) -> Receipt:
        return commands.issue_letter(command, context, self.stores.letters, self.stores.visits, self.inviting)

    @decided_again_on_conflict
    def revoke_letter(self, command: commands.RevokeLetter, context: Context) -> Receipt:
        return commands.revoke_letter(command, context, self.stores.letters, self.stores.visits)

    def render_letter(self, letter_id: str, context: Context) -> None:
        commands.render_letter(letter_id, context, self.stores.letters, self.stores.people, self.seals, self.printer)

    def reissue_letters(self, event: CloudEvent, visit_id: str) -> None:
        stores, now = self.stores, self.clock.now()
        reissue_letters(event, visit_id, stores.letters, stores.visits, self.inviting, now)

    def reissue_letters_to(self, event: CloudEvent, person: PersonChanged) -> None:
        stores, now = self.stores, self.clock.now()
        reissue_letters_to(event, person.person, stores.letters, stores.visits, self.inviting, now)

    def letters(self, asked: queries.AskLetters, actor: Actor) -> View:
        return queries.letters(asked, actor, self.stores.letters, self.stores.visits)

    def letter_pdf(self, asked: queries.AskLetter, actor: Actor) -> View:
        stores = self.stores
        return queries.letter_pdf(asked, actor, stores.letters, stores.visits, stores.people, self.seals)

    def check_letter(self, asked: queries.CheckLetter, actor: Actor) -> View:  # noqa: ARG002 (anybody may)
        return queries.check_letter(asked, self.stores.letters, self.stores.visits, self.stores.people)
