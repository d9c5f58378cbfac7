"""What has come since the preview, so that two who import one file at the same time do not keep all of it twice."""

from collections import defaultdict

from services.research.application.importing.becoming import importer_of
from services.research.application.ports.outcomes import Outcomes
from services.research.domain.duplicates.keys import keys_of
from services.research.domain.duplicates.scoring import LIKELY, POSSIBLE, SAME, Described, likeness
from services.research.domain.importing.importing import Import
from services.research.domain.importing.records import NEW, Record
from services.research.domain.permissions import may_see

_SURER = {NEW: 0, POSSIBLE: 1, LIKELY: 2, SAME: 3}


class Meanwhile:
    """Outcomes that have come, or have been changed, since the records were looked through."""

    def __init__(self, imported: Import, outcomes: Outcomes) -> None:
        self._importer, self._outcomes = importer_of(imported), outcomes
        self._come = outcomes.come_since(imported.unseen_since, brought_until=imported.alone_from)
        self._by_key: defaultdict[str, list[str]] = defaultdict(list)
        for outcome_id, other in self._come.items():
            for key in other.keys:
                self._by_key[key].append(outcome_id)

    def come(self, record: Record, told: Described) -> str | None:
        """An outcome that the record is, likely or surely, of which the preview knew less.

        What the importer may not see was none to the preview, and is none now.
        """
        if not self._come:
            return None
        near = {outcome_id for key in keys_of(told) for outcome_id in self._by_key[key]}
        surer = [each for each in sorted(near) if self._is_surer(record, likeness(told, self._come[each].told).verdict)]
        standing = self._outcomes.named(surer) if surer else {}
        return next((each for each, state in standing.items() if may_see(self._importer, state)), None)

    def _is_surer(self, record: Record, verdict: str | None) -> bool:
        return verdict in (LIKELY, SAME) and _SURER[verdict] > _SURER[record.found]
