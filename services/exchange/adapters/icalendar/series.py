"""How a consultation's sessions are told in RFC 5545: their days, and which of them differ from the others."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from services.exchange.adapters.icalendar.dates import Dates, dates_of
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.ending import as_it_met
from services.exchange.domain.consultations.sessions import CALLED_OFF, Session

Value = TypeVar("Value")


@dataclass(frozen=True)
class Series(Dates):
    """`length` and `link`: of most sessions. `different`: sessions that do not begin in their slot, or take another
    time, or have another link, answers of their own, or met otherwise than those to come will.

    A session that is called off is left out (EXDATE), not told as an occurrence of STATUS:CANCELLED, because a REQUEST
    may only have TENTATIVE and CONFIRMED (RFC 5546, 3.2.2); that it is cancelled is told once, by METHOD:CANCEL.
    """

    length: timedelta
    link: str
    different: tuple[Session, ...]


def series_of(consultation: Consultation) -> Series:
    """Of a consultation with several sessions, or with a rule."""
    sessions = consultation.sessions
    length, link = most(session.ends - session.begins for session in sessions), most(each.link for each in sessions)
    return Series(
        **vars(dates_of(consultation)),
        length=length,
        link=link,
        different=tuple(s for s in sessions if s.state != CALLED_OFF and _differs(consultation, s, length, link)),
    )


def most(values: Iterable[Value]) -> Value:
    """The most frequent one; of equally frequent ones the first."""
    return Counter(values).most_common(1)[0][0]


def _differs(of: Consultation, session: Session, length: timedelta, link: str) -> bool:
    moved = session.begins != session.slot or session.ends - session.begins != length
    return moved or session.link != link or bool(session.answers) or as_it_met(of, session) != of
