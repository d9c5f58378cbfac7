"""Who may say what law asks, and who may say that it is met."""

from collections.abc import Collection

from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.errors import NotAllowed
from services.research.domain.legal.clearance import standing_clearance
from services.research.domain.legal.directions import Countries, Direction, directions_of
from services.research.domain.legal.requirement import Owner, Requirement, is_country
from services.research.domain.outcome import Outcome
from services.research.domain.permissions import acts_for, decides


def may_require(actor: Actor, from_end: str, to_end: str, countries: Countries) -> None:
    """Managers of a site at either end, or in the country that is one, and administrators."""
    at_an_end = actor.has(PROGRAMME_MANAGER) and any(_belongs(actor, end, countries) for end in (from_end, to_end))
    if not at_an_end and not actor.has(ADMINISTRATOR):
        raise NotAllowed(
            action="require_clearance", needs=f"{PROGRAMME_MANAGER} of a site at either end, or {ADMINISTRATOR}"
        )


def keeps(actor: Actor, owner: Owner) -> bool:
    """Whether the actor may say otherwise what law asks: the other end may ask for more, and for no less."""
    return actor.has(PROGRAMME_MANAGER, at=owner.site) or actor.has(ADMINISTRATOR)


def may_keep(actor: Actor, owner: Owner, action: str) -> None:
    if not keeps(actor, owner):
        raise NotAllowed(action=action, needs=f"{PROGRAMME_MANAGER} of the owner's site, or {ADMINISTRATOR}")


def sees(actor: Actor, requirement: Requirement, countries: Countries) -> bool:
    """People of either end, whoever owns it, administrators and the system."""
    return (
        actor.is_system
        or actor.has(ADMINISTRATOR)
        or owns(actor, requirement.owner)
        or any(_belongs(actor, end, countries) for end in (requirement.from_end, requirement.to_end))
    )


def owns(actor: Actor, owner: Owner) -> bool:
    """Whoever sees to it, in any role, and those who run the programme at their site."""
    return actor.person == owner.person or acts_for(actor, owner.site)


def waives(actor: Actor, owner: Owner) -> bool:
    """Whether the actor may say that it does not apply: whoever sees to it, and managers of their site."""
    return actor.person == owner.person or actor.has(PROGRAMME_MANAGER, at=owner.site)


def clears(actor: Actor, outcome: Outcome, requirement: Requirement) -> bool:
    """The requirement's owner, and that of what stands for it: who is told that it expires is to renew it."""
    standing = standing_clearance(outcome.clearances, requirement.id)
    return owns(actor, requirement.owner) or (standing is not None and owns(actor, standing.owner))


def may_clear(actor: Actor, outcome: Outcome, requirement: Requirement, action: str) -> None:
    if not clears(actor, outcome, requirement):
        raise NotAllowed(action=action, needs="its owner, or manager or coordinator of the owner's site")


def may_waive(actor: Actor, owner: Owner) -> None:
    if not waives(actor, owner):
        raise NotAllowed(action="waive_clearance", needs=f"its owner, or {PROGRAMME_MANAGER} of the owner's site")


def may_state_directions(actor: Actor, outcome: Outcome, stated: Collection[Direction]) -> None:
    """Managers of its sites. That nothing goes some way any more is for the side to say that it would go from: law asks
    less by that, and only who gives knows what they give. The other end may say that something goes after all.
    """
    if not decides(actor, outcome):
        raise NotAllowed(action="state_directions", needs=f"{PROGRAMME_MANAGER} of one of its sites")
    for way in directions_of(outcome):
        if way not in stated and not actor.has(PROGRAMME_MANAGER, at=way.from_site):
            needs = f"{PROGRAMME_MANAGER} of {way.from_site}, to say that nothing goes from there to {way.to_site}"
            raise NotAllowed(action="state_directions", needs=needs)


def _belongs(actor: Actor, end: str, countries: Countries) -> bool:
    if is_country(end):
        return any(countries.get(site) == end for site in actor.sites)
    return end in actor.sites
