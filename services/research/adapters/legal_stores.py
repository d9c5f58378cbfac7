"""Requirements and what is known of sites, on MongoDB."""

from collections.abc import Iterable
from typing import Any

from pymongo.collection import Collection

from chassis.copies import Copies
from chassis.kernel.documents import Loaded
from chassis.store import DocumentStore
from contracts.envelope import CloudEvent
from services.research.application.ports.legal import KnownSite
from services.research.domain.legal.requirement import Requirement


class RequirementStore(DocumentStore[Requirement]):
    """`Requirements` on MongoDB."""

    def all(self) -> list[Loaded[Requirement]]:
        return self.matching({})


class SiteCopies:
    """`Sites` on MongoDB."""

    def __init__(self, collection: Collection[dict[str, Any]]) -> None:
        self._copies = Copies(collection)

    def keep(self, event: CloudEvent, site: str, known: KnownSite) -> None:
        # The event is about a visit or a consultation: of two that name the site, the later says how it stands.
        of_site = {"subject": f"site/{site}", "sequence": event.time.isoformat()}
        self._copies.keep(event.model_copy(update=of_site), vars(known))

    def known(self, sites: Iterable[str]) -> dict[str, KnownSite]:
        return {site: KnownSite(copy["country"], copy["zone"]) for site, copy in self._copies.of(sites).items()}
