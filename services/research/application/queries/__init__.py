"""One file per question."""

from services.research.application.queries.agreement_tracks import AskTrack, AskTracks, track, tracks
from services.research.application.queries.duplicates import AskDuplicates, duplicates
from services.research.application.queries.outcome import AskOutcome, outcome
from services.research.application.queries.outcomes import AskOutcomes, outcomes
from services.research.application.queries.requirements import AskRequirements, requirements

__all__ = [
    "AskDuplicates",
    "AskOutcome",
    "AskOutcomes",
    "AskRequirements",
    "AskTrack",
    "AskTracks",
    "duplicates",
    "outcome",
    "outcomes",
    "requirements",
    "track",
    "tracks",
]
