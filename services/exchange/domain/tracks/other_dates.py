"""When a visit can take place instead, where a step slipped past its arrival."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from chassis.kernel.decision import Decision
from services.exchange.domain.rules.plan import Stay
from services.exchange.domain.tracks.events import DatesNotFound, DatesProposed
from services.exchange.domain.tracks.track import ProposedDates, Track
from services.exchange.domain.visit import ARRIVED


@dataclass(frozen=True)
class EarliestDates:
    """The earliest days that the slipped steps allow, as long as planned, whatever the rules say of them.

    `because` names the steps.
    """

    arrival: date
    departure: date
    because: tuple[str, ...]


FirstAllowed = Callable[[EarliestDates], Stay | None]
"""The first days from those on, as long as they, that every rule allows."""


def proposing_dates(decision: Decision[Track], first_allowed: FirstAllowed) -> Decision[Track]:
    """What was decided about a track and, where they are others, the days proposed instead, or that there are none."""
    proposed = _proposed(decision.state, first_allowed)
    if proposed == decision.state.proposed:
        return decision
    track = replace(decision.state, proposed=proposed)
    events = (_told(track, proposed),) if proposed and _is_news(decision.state.proposed, proposed) else ()
    return replace(decision, state=track, events=(*decision.events, *events))


def earliest_dates(track: Track) -> EarliestDates | None:
    """New dates where a slipped step no longer lets the visit begin as planned; `None` where it can, or has begun."""
    late = [(step.earliest_arrival, step.id) for step in track.awaited if step.earliest_arrival]
    hindering = [(day, step) for day, step in late if day > track.arrival]
    if not hindering or track.visit_state == ARRIVED:
        return None
    arrival = max(day for day, _ in hindering)
    because = tuple(step for _, step in hindering)
    return EarliestDates(arrival, arrival + (track.departure - track.arrival), because)


def _proposed(track: Track, first_allowed: FirstAllowed) -> ProposedDates | None:
    earliest = earliest_dates(track)
    if earliest is None:
        return None
    found = first_allowed(earliest)
    first, last = (found.first, found.last) if found else (None, None)
    return ProposedDates(earliest.arrival, earliest.because, first, last)


def _is_news(before: ProposedDates | None, after: ProposedDates) -> bool:
    """Other days; other steps that lead to the same days are none."""
    if before is None or before.arrival != after.arrival:
        return True
    return before.departure != after.departure if after.arrival else before.earliest != after.earliest


def _told(track: Track, proposed: ProposedDates) -> DatesProposed | DatesNotFound:
    return DatesProposed(track, proposed) if proposed.arrival else DatesNotFound(track, proposed)
