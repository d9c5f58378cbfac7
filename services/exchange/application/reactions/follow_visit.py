"""A visit's own event: its track follows it, with steps and deadlines as the visit now asks for them."""

from datetime import datetime

from chassis.causes import caused_by
from contracts.envelope import CloudEvent
from contracts.exchange.v1 import VisitEvent
from services.exchange.application.following import Following
from services.exchange.domain.tracks.steps import follow


def follow_visit(event: CloudEvent, visit: VisitEvent, now: datetime, tracks: Following) -> None:
    """Brings the track to the visit as it stands now, which may be further than the event says; opens it if need be.

    However late and in whatever order events come, and if one of them is told again, the newest visit is followed.
    """
    standing = tracks.standing(visit.visit)
    if standing.is_behind:
        before = standing.kept.state if standing.kept else None
        tracks.save(standing, follow(before, standing.now), caused_by(event, "follow_visit", now))
