"""A wish, and everything that one has to know to find or to judge a time for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from services.exchange.domain.agreement import Agreement
from services.exchange.domain.consultations.finding.wish import Wish
from services.exchange.domain.holidays import Calendar
from services.exchange.domain.site import Site


@dataclass(frozen=True)
class Away:
    """A staff visit that holds: its days, calendar days at the host, both included."""

    host: str
    first: date
    last: date


@dataclass(frozen=True)
class Interpreter:
    """Somebody who could fill an open seat, from their own site."""

    person: str
    site: str
    languages: frozenset[str]


@dataclass(frozen=True)
class Plan:
    """From `begins` to `ends`, quarters of an hour in UTC, everything is known that the rules ask for.

    `sites` and `calendars`: of everybody's sites and hosts, by site. `away`: by person. `taken`: holds on people and
    rooms, without those of the session itself where there is one already.
    """

    wish: Wish
    begins: datetime
    ends: datetime
    now: datetime
    agreement: Agreement
    sites: Mapping[str, Site]
    calendars: Mapping[str, Calendar]
    away: Mapping[str, tuple[Away, ...]]
    interpreters: tuple[Interpreter, ...]
    taken: frozenset[str]
