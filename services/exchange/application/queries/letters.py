"""Letters of invitation: those of a visit, the PDF of one, and whether one stands."""

from typing import Annotated

from pydantic import StringConstraints

from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.errors import Unknown
from chassis.kernel.seals import SealBroken, Seals
from contracts.words import LetterId, VisitId
from services.exchange.application.ports.directory import People
from services.exchange.application.ports.letters import Letters
from services.exchange.application.ports.visits import Visits
from services.exchange.application.queries.views import View, text_of
from services.exchange.domain.inviting import stands_now, why_not_so
from services.exchange.domain.letter import ISSUED, Letter
from services.exchange.domain.letter_refusals import LetterNotReady, LetterUnreadable
from services.exchange.domain.permissions.letters import may_fetch_letter
from services.exchange.domain.permissions.visits import must_see


class AskLetters(Command):
    visit_id: VisitId


class AskLetter(Command):
    letter_id: LetterId


class CheckLetter(Command):
    """`code` as it stands on the letter; case, spaces and hyphens do not matter."""

    code: Annotated[str, StringConstraints(max_length=40)]


def letters(asked: AskLetters, actor: Actor, kept: Letters, visits: Visits) -> View:
    """`{items}`: every letter of the visit, oldest first, without what it says of the passport."""
    must_see(actor, visits.load(asked.visit_id).state)
    return {"items": [_view(found.id, found.version, found.state) for found in kept.of_visit(asked.visit_id)]}


def letter_pdf(asked: AskLetter, actor: Actor, kept: Letters, visits: Visits, people: People, seals: Seals) -> View:
    """`{id, name, pdf}`: the PDF in base64. Raises `LetterNotReady`, `LetterUnreadable`, `NotAllowed`, `Unknown`."""
    letter = kept.load(asked.letter_id).state
    visit = visits.load(letter.visit).state
    may_fetch_letter(actor, visit, letter.person)
    because = why_not_so(letter, visit, people.load(letter.person).state)
    if letter.state != ISSUED or letter.pdf is None or because:
        raise LetterNotReady(letter=letter.id, state=letter.state, because=list(because))
    try:
        return {"id": letter.id, "name": f"invitation-{letter.number}.pdf", "pdf": seals.opened_base64(letter.pdf)}
    except SealBroken:
        raise LetterUnreadable(letter=letter.id) from None


def check_letter(asked: CheckLetter, kept: Letters, visits: Visits, people: People) -> View:
    """`{stands, state, ...}`: what whoever holds the letter may compare. Raises `Unknown` where none has the code.

    A letter stands with its visit and passport: both are asked themselves, for the letter may not have heard yet.
    """
    code = "".join(sign for sign in asked.code.upper() if sign.isalnum())
    letter = kept.with_code(code)
    if letter is None:
        raise Unknown(kind="letter", id=code)
    stated = letter.stated
    return {
        "stands": stands_now(letter, visits.load(letter.visit).state, people.load(letter.person).state),
        "state": letter.state,
        "number": letter.number,
        "passport_name": stated.passport_name,
        "arrival": text_of(stated.arrival),
        "departure": text_of(stated.departure),
        "host": dict(stated.host),
        "issued_at": text_of(letter.issued_at),
    }


def _view(letter_id: str, version: int, letter: Letter) -> View:
    return {
        "id": letter_id,
        "version": version,
        "state": letter.state,
        "person": letter.person,
        "number": letter.number,
        "code": letter.code,
        "arrival": text_of(letter.stated.arrival),
        "departure": text_of(letter.stated.departure),
        "asked_at": text_of(letter.asked_at),
        "issued_at": text_of(letter.issued_at),
    }
