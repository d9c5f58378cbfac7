"""How a visit's track follows the visit when it moves."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from services.exchange.domain.site import Site
from services.exchange.domain.standing import AWAITED, those
from services.exchange.domain.tracks.definitions import DEFINITIONS, Definition
from services.exchange.domain.tracks.track import Step, Track, track_id
from services.exchange.domain.visit import Visit


def following(track: Track | None, visit: Visit, version: int, sending: Site, host: Site) -> Track:
    """The track as the visit, in this version, asks for it: opened, or brought up to date. What was done stays done.

    Deadlines count from the planned arrival; those after it from the real one, once it is known.
    """
    standing = {step.id: step for step in track.steps} if track else {}
    wanted = [each for each in DEFINITIONS if each.fits(sending.country, host.country, visit.kind)]
    return Track(
        id=track_id(visit.id),
        visit=visit.id,
        visit_version=version,
        visit_state=visit.state,
        sending_site=visit.sending_site,
        host_site=visit.host_site,
        zone=host.zone,
        leader=visit.leader,
        arrival=visit.planned_arrival,
        departure=visit.planned_departure,
        steps=tuple(_moved(fresh, standing) for each in wanted for fresh in _fresh(each, visit)),
        expected=bool(those(visit, AWAITED)),
        arrived=_last_arrival(visit),
        proposed=track.proposed if track else None,
        records_told=track.records_told if track else (),
    )


def _fresh(definition: Definition, visit: Visit) -> Iterator[Step]:
    people: Iterable[str | None] = [each.person for each in visit.going] if definition.each else [None]
    for person in people:
        step_id = f"{definition.name}:{person}" if person else definition.name
        deadline = _counted_from(definition, visit, person) + timedelta(days=definition.days)
        yield Step(step_id, definition.name, definition.owner, deadline, definition.margin, person)


def _counted_from(definition: Definition, visit: Visit, person: str | None) -> date:
    if definition.days <= 0:
        return visit.planned_arrival
    return _last_arrival(visit, person) or visit.planned_arrival


def _last_arrival(visit: Visit, person: str | None = None) -> date | None:
    """The day on which the person arrived, or the last of all; `None` before anybody did."""
    arrivals = [visit.arrival_of(each) for each in visit.going if person in (None, each.person)]
    return max((arrived for arrived in arrivals if arrived), default=None)


def _moved(fresh: Step, standing: dict[str, Step]) -> Step:
    kept = standing.get(fresh.id)
    return replace(kept, deadline=fresh.deadline, margin=fresh.margin, owner=fresh.owner) if kept else fresh
