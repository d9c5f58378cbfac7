"""What stands against letting an outcome through a gate."""

from collections.abc import Iterable, Iterator

from chassis.kernel.errors import Refusal
from services.research.domain.evidence import Evidence, lacking
from services.research.domain.outcome import Outcome
from services.research.domain.transfer_refusals import DisclosureIncomplete, EvidenceMissing

FIRST_GATE = "evaluation"


def against_acceptance(outcome: Outcome, gate: str, evidence: Iterable[Evidence]) -> Iterator[Refusal]:
    """Each thing that does, as the refusal that tells it; nothing where the gate may be accepted."""
    if gate == FIRST_GATE and not outcome.summary:
        yield DisclosureIncomplete(gate=gate, fields=["summary"])
    for kinds in lacking(gate, evidence):
        yield EvidenceMissing(gate=gate, kinds=list(kinds))
