"""What law asks of one outcome."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.research.domain.details.types import FIELDS_OF
from services.research.domain.legal.directions import Countries, Direction, directions_of, within
from services.research.domain.legal.refusals import RequirementNotOfOutcome
from services.research.domain.legal.requirement import IN_EFFECT, Requirement

if TYPE_CHECKING:
    from services.research.domain.outcome import Outcome


@dataclass(frozen=True)
class Need:
    """A requirement that an outcome has, and the ways that bring it about."""

    requirement: Requirement
    directions: tuple[Direction, ...]


def needs_of(outcome: "Outcome", requirements: Iterable[Requirement], countries: Countries) -> tuple[Need, ...]:
    """The requirements that the outcome has, in the order of their ids."""
    ways = directions_of(outcome)
    found = (Need(each, within(each, ways, countries)) for each in requirements if _is_about(each, outcome))
    return tuple(sorted((need for need in found if need.directions), key=lambda need: need.requirement.id))


def need_of(needs: Iterable[Need], requirement: str) -> Need:
    """The one of this requirement. Raises `RequirementNotOfOutcome`."""
    by_id = {need.requirement.id: need for need in needs}
    if requirement not in by_id:
        # Whoever owns another requirement may not see this outcome: which it has is not told.
        raise RequirementNotOfOutcome(requirement=requirement)
    return by_id[requirement]


def _is_about(requirement: Requirement, outcome: "Outcome") -> bool:
    """Where it depends on a detail, types that have none are left alone, and those asked that have not said no."""
    types, detail = requirement.outcome_types, requirement.only_where
    if requirement.state != IN_EFFECT or (types and outcome.type not in types):
        return False
    return not detail or (detail in FIELDS_OF[outcome.type] and (outcome.details or {}).get(detail) is not False)
