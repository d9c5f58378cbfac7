"""A step is late, or an agreement comes to its end."""

from chassis.kernel.context import Context
from services.research.application.merged import where_it_went
from services.research.application.ports.agreement_tracks import AgreementTracks
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.agreement_tracks.lasting import look


def look_at_track(track_id: str, context: Context, tracks: AgreementTracks, outcomes: Outcomes) -> None:
    """Tells of it, once; does nothing where it moved on meanwhile."""
    # Not by the command's id: a step and the agreement's end may have one moment, and the track says what was told.
    track = tracks.load(track_id)

    def serves() -> bool:
        states = outcomes.named(track.state.outcomes).values()
        went = outcomes.named(into for each in states if (into := where_it_went(each, outcomes))).values()
        return any(each.is_live for each in (*states, *went))

    if decision := look(track.state, serves=serves, now=context.now):
        tracks.save(track, decision, context)
