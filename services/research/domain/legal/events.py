"""What happens to clearances as days pass; adapters turn these into the events of the contracts."""

from dataclasses import dataclass

from services.research.domain.events import OutcomeHappening
from services.research.domain.legal.clearance import Clearance


@dataclass(frozen=True)
class ClearanceExpiring(OutcomeHappening):
    """It expires within 30 days, and nothing that lasts longer stands beside it."""

    clearance: Clearance


@dataclass(frozen=True)
class ClearanceExpired(OutcomeHappening):
    """Its last day is over."""

    clearance: Clearance
