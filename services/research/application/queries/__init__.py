"""One file per question."""

from services.research.application.queries.agreement_tracks import AskTrack, AskTracks, track, tracks
from services.research.application.queries.delegates import AskDelegates, delegates
from services.research.application.queries.duplicates import AskDuplicates, duplicates
from services.research.application.queries.export_outcomes import ExportOutcomes, export_outcomes
from services.research.application.queries.harvest import AskHarvest, harvest
from services.research.application.queries.imports import (
    AskImport,
    AskPreview,
    import_preview,
    import_progress,
    imports,
)
from services.research.application.queries.measures import AskMeasures, measures
from services.research.application.queries.outcome import AskOutcome, outcome
from services.research.application.queries.outcomes import AskOutcomes, outcomes
from services.research.application.queries.owed import AskOwed, owed
from services.research.application.queries.promises import AskPromises, promises
from services.research.application.queries.requirements import AskRequirements, requirements

__all__ = [
    "AskDelegates",
    "AskDuplicates",
    "AskHarvest",
    "AskImport",
    "AskMeasures",
    "AskOutcome",
    "AskOutcomes",
    "AskOwed",
    "AskPreview",
    "AskPromises",
    "AskRequirements",
    "AskTrack",
    "AskTracks",
    "ExportOutcomes",
    "delegates",
    "duplicates",
    "export_outcomes",
    "harvest",
    "import_preview",
    "import_progress",
    "imports",
    "measures",
    "outcome",
    "outcomes",
    "owed",
    "promises",
    "requirements",
    "track",
    "tracks",
]
