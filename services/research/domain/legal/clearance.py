"""What an outcome keeps of the approvals that law asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from services.research.domain.legal.paper import Paper
from services.research.domain.legal.requirement import Owner


@dataclass(frozen=True)
class Clearance:
    """An approval of what a requirement asks for, by whom (`authority`) and under which number (`reference`).

    `expires_on`: its last day, in the `zone` of its owner's site. `revoked`: why it stands no more. `told`: what others
    were told of its end.
    """

    requirement: str
    kind: str
    from_end: str
    to_end: str
    reference: str
    authority: str
    granted_on: date
    expires_on: date | None
    owner: Owner
    zone: str
    paper: Paper | None
    by: str | None
    at: datetime
    revoked: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Waiver:
    """Why a requirement does not apply to one outcome, and who says so."""

    requirement: str
    reason: str
    by: str | None
    at: datetime


def standing_clearance(clearances: Iterable[Clearance], requirement: str) -> Clearance | None:
    """Of those that nobody revoked, the one that lasts longest; of two such the later."""
    of_it = [each for each in clearances if each.requirement == requirement and not each.revoked]
    return max(reversed(of_it), key=lambda each: each.expires_on or date.max, default=None)


def waiver_of(waivers: Iterable[Waiver], requirement: str) -> Waiver | None:
    return next((each for each in waivers if each.requirement == requirement), None)
