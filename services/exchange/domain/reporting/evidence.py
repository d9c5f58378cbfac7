"""All that a report is made of, as it stood at the report's moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chassis.kernel.documents import Past
from chassis.kernel.zones import zone_named
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.budget import Budget
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.ledger import CountedOutcome
from services.exchange.domain.money import Currency
from services.exchange.domain.rates import Rate
from services.exchange.domain.reporting.report import SITE, Asked
from services.exchange.domain.site import Site
from services.exchange.domain.tracks.track import Track
from services.exchange.domain.visit import ENTERED_IN_ERROR, Visit


@dataclass(frozen=True)
class Evidence:
    """`visits` are those of the subject whose planned arrival lay in the year; `budgets` and `tracks` are by visit.

    `consultations` are those of the subject of which a session lay in the year.
    """

    asked: Asked
    agreements: Sequence[Past[Agreement]]
    sites: Mapping[str, Site]
    visits: Sequence[Past[Visit]]
    budgets: Mapping[str, Past[Budget]]
    tracks: Mapping[str, Past[Track]]
    outcomes: Sequence[CountedOutcome]
    consultations: Sequence[Past[Consultation]] = ()
    rates: Sequence[Rate] = ()
    currency: Currency | None = None
    inexact: frozenset[str] = frozenset()

    @property
    def counted(self) -> list[Past[Visit]]:
        """All visits but those that should never have been entered."""
        return [each for each in self.visits if each.state.state != ENTERED_IN_ERROR]

    def is_told_of(self, sending: str, host: str) -> bool:
        """Whether what lies between these sites belongs to the subject."""
        return self.asked.subject.kind != SITE or self.asked.subject.id in (sending, host)

    def day(self, moment: datetime) -> date:
        """The calendar day in the report's zone."""
        return moment.astimezone(zone_named(self.asked.zone)).date()
