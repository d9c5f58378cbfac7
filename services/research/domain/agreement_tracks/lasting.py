"""What the days bring to a track: a step is late, an agreement in force comes to its end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision, Due
from services.research.domain.agreement_tracks import opening
from services.research.domain.agreement_tracks.events import TrackExpired, TrackExpiring, TrackStepOverdue
from services.research.domain.agreement_tracks.track import EXPIRED, IN_FORCE, AgreementTrack, Waiting
from services.research.domain.legal.validity import EXPIRING, due_of, news

LOOK = "look"
"""The name of whatever a track wants to be looked at for."""
NOBODYS = "None of the outcomes that it was to serve stands any more."


def due(track: AgreementTrack) -> tuple[Due, ...]:
    """When a step falls late of which nobody was told yet, or an agreement in force is about to end, or has."""
    if track.waiting:
        return () if track.waiting.told else (Due(LOOK, track.waiting.ends),)
    if track.state != IN_FORCE:
        return ()
    return tuple(Due(LOOK, each.at) for each in due_of(track.expires_on, track.provider.zone, track.told))


def look(track: AgreementTrack, *, serves: Callable[[], bool], now: datetime) -> Decision[AgreementTrack] | None:
    """Tells what is new, once; `None` where nothing is. What serves no outcome any more ends, and is not late."""
    if track.waiting:
        return _late(track, track.waiting, serves) if not track.waiting.told and now >= track.waiting.ends else None
    what = news(track.expires_on, track.provider.zone, track.told, now) if track.state == IN_FORCE else None
    if what is None:
        return None
    told = replace(track, told=(*track.told, what))
    if what == EXPIRING:
        return Decision(told, what=EXPIRING, events=(TrackExpiring(told),))
    expired = replace(told, state=EXPIRED)
    return Decision(expired, what=EXPIRED, events=(TrackExpired(expired),))


def _late(track: AgreementTrack, waiting: Waiting, serves: Callable[[], bool]) -> Decision[AgreementTrack]:
    if not serves():
        return opening.end(track, reason=NOBODYS)
    late = replace(track, waiting=replace(waiting, told=True))
    return Decision(late, what=f"{waiting.step} overdue", events=(TrackStepOverdue(late),))
