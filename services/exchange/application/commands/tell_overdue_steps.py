"""A deadline of a visit's track has passed."""

from chassis.kernel.context import Context
from services.exchange.application.ports.tracks import Tracks
from services.exchange.domain.tracks.steps import tell_overdue


def tell_overdue_steps(track_id: str, context: Context, tracks: Tracks) -> None:
    """Tells of the steps that are not done; does nothing where they were done meanwhile, or all of it was told."""
    track = tracks.load(track_id)
    if track.answered(context):
        return
    if decision := tell_overdue(track.state, now=context.now):
        tracks.save(track, decision, context)
