"""A deadline of a visit's track has passed."""

from chassis.kernel.context import Context
from services.exchange.application.following import Following
from services.exchange.domain.tracks.steps import tell_overdue as told


def tell_overdue(track_id: str, context: Context, tracks: Following) -> None:
    """Tells of what is not done, as the visit stands now; nothing where it was done meanwhile, or all of it was told.

    Whether all was told is asked of the track, not of the command: of one moment there may be more to tell later on.
    """
    standing = tracks.standing_of(track_id)
    if decision := told(standing.now, now=context.now):
        tracks.save(standing, decision, context)
