"""A requested letter is made."""

from chassis.kernel.context import Context
from chassis.kernel.seals import Seals
from services.exchange.application.ports.directory import People
from services.exchange.application.ports.letters import Letters, Printer
from services.exchange.domain.inviting import states_passport_of
from services.exchange.domain.letter import REQUESTED, issue
from services.exchange.domain.letter_refusals import MissingForLetter
from services.exchange.domain.person import passport_of


def render_letter(
    letter_id: str, context: Context, letters: Letters, people: People, seals: Seals, printer: Printer
) -> None:
    """Prints the letter and keeps it sealed. The passport's number is opened for this alone.

    Raises `MissingForLetter` where the passport that the letter was asked for is not the person's any more.
    """
    letter = letters.load(letter_id)
    if letter.state.state != REQUESTED:
        return
    person = people.load(letter.state.person).state
    if not states_passport_of(letter.state.stated, person):
        raise MissingForLetter(person=person.id, missing=["passport"])
    pdf = printer.pdf(letter.state, seals.opened(passport_of(person).sealed))
    letters.save(letter, issue(letter.state, seals.sealed_bytes(pdf), now=context.now), context)
