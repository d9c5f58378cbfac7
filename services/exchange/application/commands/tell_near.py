"""A deadline of a visit's track has come near."""

from chassis.kernel.context import Context
from services.exchange.application.following import Following
from services.exchange.domain.tracks.steps import tell_near as told


def tell_near(track_id: str, context: Context, tracks: Following) -> None:
    """Tells of what is to be done soon, as the visit stands now; nothing where it was done meanwhile, or was told."""
    standing = tracks.standing_of(track_id)
    if decision := told(standing.now, now=context.now):
        tracks.save(standing, decision, context)
