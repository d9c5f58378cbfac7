"""What happened, in the exchange's own words; adapters turn these into the events of the contracts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.exchange.domain.agreement import Agreement, Termination
    from services.exchange.domain.person import Person
    from services.exchange.domain.visit import Visit


@dataclass(frozen=True)
class PersonRegistered:
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
    pass


@dataclass(frozen=True)
class VisitFulfilled(VisitHappening):
    pass


@dataclass(frozen=True)
class VisitCancelled(VisitHappening):
    """`by` is nobody when time ran out."""

    by: str | None
    reason: str
