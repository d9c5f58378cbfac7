"""Exchange's events say in passing where its sites are: by that, research knows which law asks for what."""

from collections.abc import Iterable

from contracts.envelope import CloudEvent
from contracts.exchange.parts import Site
from services.research.application.ports.legal import KnownSite, Sites


def keep_sites(event: CloudEvent, named: Iterable[Site], sites: Sites) -> None:
    """Keeps the country and zone of each; nothing of those whose country the event does not tell."""
    for site in named:
        if site.country:
            sites.keep(event, site.id, KnownSite(site.country, site.zone))
