"""What law asks of an outcome, and how far it is cleared: read together from requirements, agreements and sites."""

from dataclasses import dataclass
from datetime import datetime

from services.research.application.ports.agreement_tracks import AgreementTracks
from services.research.application.ports.legal import Requirements, Sites
from services.research.domain.legal.directions import Countries
from services.research.domain.legal.needs import Need, need_of, needs_of
from services.research.domain.legal.standing import Standing, standing_of
from services.research.domain.outcome import Outcome

UNKNOWN_ZONE = "Etc/UTC"
"""Of a site of which no event has told."""


@dataclass(frozen=True)
class Law:
    requirements: Requirements
    tracks: AgreementTracks
    sites: Sites

    def needs(self, outcome: Outcome) -> tuple[Need, ...]:
        """The requirements that the outcome has."""
        asked = [each.state for each in self.requirements.all()]
        if not asked:
            return ()
        return needs_of(outcome, asked, self.countries(*outcome.sites))

    def need(self, outcome: Outcome, requirement: str) -> Need:
        """The one of this requirement. Raises `RequirementNotOfOutcome`."""
        return need_of(self.needs(outcome), requirement)

    def standing(self, outcome: Outcome, now: datetime) -> list[Standing]:
        """Every requirement that the outcome has, and how it stands."""
        needs = self.needs(outcome)
        return standing_of(outcome, needs, self.tracks.serving(outcome.id, *outcome.merged_from), now) if needs else []

    def countries(self, *sites: str) -> Countries:
        return {site: known.country for site, known in self.sites.known(sites).items()}

    def zone(self, outcome: Outcome, site: str) -> str:
        """The zone by which a site's days count."""
        known = self.sites.known([site]).get(site)
        return outcome.zones.get(site) or (known.zone if known else UNKNOWN_ZONE)
