"""A letter of invitation: what the host states about one visitor of a visit, under a code that anybody may check."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from chassis.kernel.decision import Decision, Due
from services.exchange.domain.events import LetterIssued
from services.exchange.domain.refusals import WrongState
from services.exchange.domain.words import Names

REQUESTED, ISSUED, SUPERSEDED, REVOKED = "requested", "issued", "superseded", "revoked"
RENDER = "render-letter"
_BESIDE = {"CN": "zh", "PK": "ur"}


@dataclass(frozen=True)
class Signer:
    """Who signs for the host, as it stands under the letter."""

    name: str
    title: str


@dataclass(frozen=True)
class Stated:
    """What a letter says. Of the passport only what may be shown, and the mark that tells it from every other one.

    `pays`: who bears which kind of cost; where several do, their words with blanks between.
    """

    passport_name: str
    sex: str
    birth_date: date
    passport_last_four: str
    kind: str
    purpose: str
    arrival: date
    departure: date
    host: Names
    host_country: str
    host_zone: str
    host_department: Names
    sending: Names
    pays: Mapping[str, str]
    signer: Signer
    passport_mark: str = ""


@dataclass(frozen=True)
class Letter:
    """`number` counts a visitor's letters for one visit, from 1. `pdf` is sealed, and there once it is issued."""

    id: str
    state: str
    visit: str
    person: str
    number: int
    code: str
    stated: Stated
    asked_by: str | None
    asked_at: datetime
    issued_at: datetime | None = None
    pdf: str | None = None

    @property
    def stands(self) -> bool:
        """Whether nothing has taken its place."""
        return self.state in (REQUESTED, ISSUED)

    @property
    def languages(self) -> tuple[str, str]:
        """English, and the language of the authorities who read it: those of the host's country."""
        return "en", _BESIDE.get(self.stated.host_country, "zh")


def request(letter: Letter) -> Decision[Letter]:
    """A letter is to be made; what it states is fixed from here on."""
    return Decision(letter, what="requested")


def issue(letter: Letter, pdf: str, *, now: datetime) -> Decision[Letter]:
    """The letter is there, for whoever may fetch it. Raises `WrongState`."""
    if letter.state != REQUESTED:
        raise WrongState(state=letter.state, command="issue_letter", fits=[REQUESTED])
    issued = replace(letter, state=ISSUED, pdf=pdf, issued_at=now)
    return Decision(issued, what="issued", events=(LetterIssued(issued),))


def supersede(letter: Letter, *, by: str) -> Decision[Letter]:
    """A later letter stands in its place."""
    return Decision(replace(letter, state=SUPERSEDED), what="superseded", why=by)


def revoke(letter: Letter, *, reason: str) -> Decision[Letter]:
    """The host takes the letter back. Raises `WrongState`."""
    if not letter.stands:
        raise WrongState(state=letter.state, command="revoke_letter", fits=[REQUESTED, ISSUED])
    return Decision(replace(letter, state=REVOKED), what="revoked", why=reason)


def reseal_pdf(letter: Letter, pdf: str) -> Decision[Letter]:
    """The same letter under another key."""
    return Decision(replace(letter, pdf=pdf), what="sealed under another key")


def pdf_of(letter: Letter) -> str:
    """Sealed. Raises `WrongState` of a letter that was never made."""
    if letter.pdf is None:
        raise WrongState(state=letter.state, command="letter_pdf", fits=[ISSUED])
    return letter.pdf


def holds(letter: Letter) -> tuple[str, ...]:
    """At most one letter stands for a visitor of a visit: the database refuses a second."""
    return (f"letter:{letter.visit}:{letter.person}",) if letter.stands else ()


def due(letter: Letter) -> tuple[Due, ...]:
    """A requested letter wants to be made at once."""
    return (Due(RENDER, letter.asked_at),) if letter.state == REQUESTED else ()
