"""`OutcomeWriter` for each format of references."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.research.adapters.references.files import FORMATS
from services.research.application.ports.exports import Writers
from services.research.application.ports.references import ReferenceFiles
from services.research.domain.exporting import reference_of
from services.research.domain.outcome import Outcome

MEDIA_TYPES = {
    "bibtex": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl-json": "application/vnd.citationstyles.csl+json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class OutcomesAsReferences:
    """`OutcomeWriter`."""

    files: ReferenceFiles
    format_name: str
    ending: str
    media_type: str

    def write(self, outcomes: Sequence[Outcome], /) -> bytes:
        return self.files.write(self.format_name, map(reference_of, outcomes))


def reference_writers(files: ReferenceFiles) -> Writers:
    return {
        name: OutcomesAsReferences(files, name, each.endings[0], MEDIA_TYPES[name]) for name, each in FORMATS.items()
    }
