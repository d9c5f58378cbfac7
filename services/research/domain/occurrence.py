"""What took place, as far as outcomes may come of it: a visit that was fulfilled, a session that was held."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from services.research.domain.outcome import Origin


@dataclass(frozen=True)
class Named:
    """What somebody names: a visit, or the session of a consultation that `slot` (UTC) names."""

    kind: str
    id: str
    slot: datetime | None = None


@dataclass(frozen=True)
class Occurrence:
    """`sites` took part, each by the clock of its IANA zone in `zones`. `lead`: the visit's leader, or the chair.

    `year`, `began` and `title` are those of `Origin`. `people`: who was there, as far as the exchange tells;
    `followers`: who organised it and the coordinators of its sites, who hear of what came of it.
    `mistake`: why it was entered in error, where it was.
    """

    kind: str
    id: str
    slot: datetime | None
    agreement: str
    condition: str
    field: str
    title: str
    year: int
    began: date
    sites: tuple[str, ...]
    zones: Mapping[str, str]
    lead: str
    people: tuple[str, ...]
    followers: tuple[str, ...]
    mistake: str | None = None

    @property
    def named(self) -> Named:
        return Named(self.kind, self.id, self.slot)

    @property
    def origin(self) -> Origin:
        """It, as what an outcome came of."""
        return Origin(self.kind, self.id, self.year, self.began, self.slot, self.title, self.sites)

    def had(self, person: str | None) -> bool:
        """Whether the person was there, or led it."""
        return person is not None and person in (self.lead, *self.people)
