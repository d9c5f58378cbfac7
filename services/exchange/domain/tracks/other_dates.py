"""When a visit can take place instead, where a step slipped past its arrival."""

from collections.abc import Callable
from dataclasses import replace

from chassis.kernel.decision import Decision
from services.exchange.domain.rules.plan import Stay
from services.exchange.domain.tracks.events import DatesNotFound, DatesProposed
from services.exchange.domain.tracks.track import EarliestDates, ProposedDates, Track, earliest_dates

FirstAllowed = Callable[[EarliestDates], Stay | None]
"""The first days from those on, as long as they, that every rule allows."""


def proposing_dates(decision: Decision[Track], first_allowed: FirstAllowed) -> Decision[Track]:
    """What was decided about a track and, where it is news, which days are proposed instead, or that there are none."""
    proposed = _proposed(decision.state, first_allowed)
    if proposed == decision.state.proposed:
        return decision
    track = replace(decision.state, proposed=proposed)
    return replace(decision, state=track, events=(*decision.events, *_told(track, proposed)))


def _proposed(track: Track, first_allowed: FirstAllowed) -> ProposedDates | None:
    earliest = earliest_dates(track)
    if earliest is None:
        return None
    found = first_allowed(earliest)
    first, last = (found.first, found.last) if found else (None, None)
    return ProposedDates(earliest.arrival, earliest.because, first, last)


def _told(track: Track, proposed: ProposedDates | None) -> tuple[DatesProposed | DatesNotFound, ...]:
    if proposed is None:
        return ()
    return (DatesProposed(track, proposed) if proposed.arrival else DatesNotFound(track, proposed),)
