"""What happened, in the exchange's own words; adapters turn these into the events of the contracts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.exchange.domain.agreement import Agreement, Termination
    from services.exchange.domain.letter import Letter
    from services.exchange.domain.parties import Deputy
    from services.exchange.domain.person import Person
    from services.exchange.domain.visit import Visit


@dataclass(frozen=True)
class PersonRegistered:
    person: Person


@dataclass(frozen=True)
class PersonChanged:
    person: Person


@dataclass(frozen=True)
class AgreementTookEffect:
    agreement: Agreement


@dataclass(frozen=True)
class AgreementAmended:
    """A new text is in force in place of the one of `previous_hash`."""

    agreement: Agreement
    previous_hash: str
    reason: str


@dataclass(frozen=True)
class AgreementTerminated:
    agreement: Agreement
    termination: Termination


@dataclass(frozen=True)
class AgreementExpired:
    agreement: Agreement


@dataclass(frozen=True)
class VisitHappening:
    """Base: something happened to a visit, which now stands as `visit`."""

    visit: Visit


@dataclass(frozen=True)
class VisitProposed(VisitHappening):
    pass


@dataclass(frozen=True)
class VisitReplied(VisitHappening):
    party: str


@dataclass(frozen=True)
class VisitBooked(VisitHappening):
    pass


@dataclass(frozen=True)
class VisitArrived(VisitHappening):
    """`persons` arrived on one day; others may still be awaited."""

    persons: tuple[str, ...]
    arrived_on: date


@dataclass(frozen=True)
class VisitFulfilled(VisitHappening):
    pass


@dataclass(frozen=True)
class VisitCancelled(VisitHappening):
    """`by` is nobody when time ran out."""

    by: str | None
    reason: str


@dataclass(frozen=True)
class VisitRescheduled(VisitHappening):
    """`arrival` and `departure` are what was planned before, `before` the state in which it stood."""

    arrival: date
    departure: date
    before: str
    by: str | None
    reason: str


@dataclass(frozen=True)
class VisitExtensionAsked(VisitHappening):
    """Somebody asks for a later departure; other parties have to agree."""

    departure: date
    by: str | None
    reason: str


@dataclass(frozen=True)
class VisitExtended(VisitHappening):
    """`departure` is what was planned before."""

    departure: date
    by: str | None
    reason: str


@dataclass(frozen=True)
class VisitorWithdrew(VisitHappening):
    person: str
    by: str | None
    reason: str


@dataclass(frozen=True)
class VisitDeparted(VisitHappening):
    """Some visitors left; the visit goes on until it is fulfilled."""

    persons: tuple[str, ...]
    departed_on: date


@dataclass(frozen=True)
class VisitNoshow(VisitHappening):
    by: str | None
    reason: str


@dataclass(frozen=True)
class VisitEnteredInError(VisitHappening):
    """`before` is the state in which it stood."""

    before: str
    by: str | None
    reason: str


@dataclass(frozen=True)
class VisitEnteredLater(VisitHappening):
    by: str | None
    reason: str


@dataclass(frozen=True)
class VisitDeputyNamed(VisitHappening):
    deputy: Deputy


@dataclass(frozen=True)
class VisitNoteAdded(VisitHappening):
    by: str | None
    text: str


@dataclass(frozen=True)
class LetterIssued:
    letter: Letter


@dataclass(frozen=True)
class ReportMade:
    report: str
