"""What an outcome came of: the first thing, by which an agreement counts it, and further ones."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from chassis.kernel.decision import Decision
from services.research.domain.attribution_refusals import (
    AttributedAlready,
    AttributedToTooMany,
    FirstOriginStays,
    NotAttributed,
)
from services.research.domain.legal.directions import among
from services.research.domain.occurrence import Named, Occurrence
from services.research.domain.outcome import ADOPTED, EXPECTED, REPORTED, Origin, Outcome
from services.research.domain.refusals import WrongState

ATTRIBUTABLE = (EXPECTED, REPORTED, ADOPTED)
MOST_ORIGINS = 100
"""More than one outcome ever came of; each of its events tells them all."""


def attribute(
    outcome: Outcome, add: tuple[Occurrence, ...], remove: Collection[Named], *, reason: str
) -> Decision[Outcome]:
    """Adds and takes off further things that it came of; its sites become those that took part in any.

    Nobody is told: by the first, which stays, it is counted. Raises `WrongState`, `FirstOriginStays`, `NotAttributed`,
    `AttributedAlready`, `AttributedToTooMany`.
    """
    if outcome.state not in ATTRIBUTABLE:
        raise WrongState(state=outcome.state, command="attribute_outcome", fits=list(ATTRIBUTABLE))
    first, *further = outcome.came_of
    for named in remove:
        _must_be_further(named, first, further)
    left = [each for each in further if named_of(each) not in remove]
    attributed = _extended(outcome, [first, *left], add)
    changed = [f"+ {label(each.named)}" for each in add] + [f"- {label(each)}" for each in remove]
    return Decision(attributed, what="attributed", why=f"{', '.join(changed)}: {reason}")


def attributed_to(outcome: Outcome, things: tuple[Occurrence, ...]) -> Outcome:
    """An outcome of which nobody has said what it came of, as one that came of these; the first counts it.

    Raises `AttributedAlready`, `AttributedToTooMany`.
    """
    return _counted_by(things[0], _extended(outcome, (), things))


def attributed_instead(outcome: Outcome, first: Occurrence) -> Outcome:
    """The outcome with another first thing in the place of the one that it has; that is gone then."""
    left = [each for each in outcome.also_of if named_of(each) != first.named]
    return _counted_by(first, with_origins(outcome, [first.origin, *left], {**outcome.zones, **first.zones}))


def _counted_by(first: Occurrence, outcome: Outcome) -> Outcome:
    followers = tuple(dict.fromkeys((*outcome.followers, *first.followers)))
    return replace(
        outcome, agreement=first.agreement, condition=first.condition, field=first.field, followers=followers
    )


def _extended(outcome: Outcome, stay: Iterable[Origin], add: Iterable[Occurrence]) -> Outcome:
    origins, zones = list(stay), dict(outcome.zones)
    for occurrence in add:
        if occurrence.named in map(named_of, origins):
            raise AttributedAlready(**facts(occurrence.named))
        origins.append(occurrence.origin)
        zones |= occurrence.zones
    if len(origins) > MOST_ORIGINS:
        raise AttributedToTooMany(most=MOST_ORIGINS)
    return with_origins(outcome, origins, zones)


def take_off(outcome: Outcome, mistakes: Mapping[str, str]) -> Decision[Outcome] | None:
    """Takes off the further things that were entered in error. `mistakes`: why, by id. `None` where none is among them.

    The first one stays, whatever it was: see `withdraw`.
    """
    left = [each for each in outcome.also_of if each.id not in mistakes]
    if outcome.origin is None or len(left) == len(outcome.also_of):
        return None
    gone = [each for each in outcome.also_of if each.id in mistakes]
    why = ", ".join(f"- {label(named_of(each))}: {mistakes[each.id]}" for each in gone)
    return Decision(with_origins(outcome, [outcome.origin, *left], outcome.zones), what="attributed", why=why)


def named_of(origin: Origin) -> Named:
    return Named(origin.kind, origin.id, origin.slot)


def label(named: Named) -> str:
    """As the history shows it: the id, and the session's slot behind it."""
    return named.id if named.slot is None else f"{named.id} {named.slot.isoformat()}"


def labels(things: Iterable[Occurrence]) -> str:
    return ", ".join(label(each.named) for each in things)


def facts(named: Named) -> dict[str, str | None]:
    """As a refusal tells it."""
    return {"kind": named.kind, "id": named.id, "slot": named.slot.isoformat() if named.slot else None}


def with_origins(outcome: Outcome, origins: list[Origin], zones: Mapping[str, str]) -> Outcome:
    """The outcome as one that came of these; its sites are those of all, and of those who use it."""
    took_part = [site for each in origins for site in each.sites]
    sites = tuple(dict.fromkeys([*took_part, *(adoption.site for adoption in outcome.adoptions)]))
    kept = {site: zones[site] for site in sites}
    directions = among(outcome.directions, sites)
    return replace(
        outcome, origin=origins[0], also_of=tuple(origins[1:]), sites=sites, zones=kept, directions=directions
    )


def _must_be_further(named: Named, first: Origin, further: Iterable[Origin]) -> None:
    if named == named_of(first):
        raise FirstOriginStays(**facts(named))
    if named not in map(named_of, further):
        raise NotAttributed(**facts(named))
