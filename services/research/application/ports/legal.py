"""Requirements of law, and what is known of sites."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from chassis.kernel.documents import Documents, Loaded
from contracts.envelope import CloudEvent
from services.research.domain.legal.requirement import Requirement


class Requirements(Documents[Requirement], Protocol):
    """Every requirement: as few as there are laws to heed."""

    def all(self) -> list[Loaded[Requirement]]:
        """Those that were ended, too, by id."""
        ...


@dataclass(frozen=True)
class KnownSite:
    """`country`: ISO 3166-1 alpha-2. `zone`: the IANA zone that the site keeps."""

    country: str
    zone: str


class Sites(Protocol):
    """What exchange's events say of its sites in passing."""

    def keep(self, event: CloudEvent, site: str, known: KnownSite) -> None:
        """Keeps what the event says of the site, unless a later one has told of it already."""
        ...

    def known(self, sites: Iterable[str]) -> dict[str, KnownSite]:
        """By id; sites of which no event has told the country are left out."""
        ...
