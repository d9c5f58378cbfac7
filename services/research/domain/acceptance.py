"""What stands against letting an outcome through a gate."""

from collections.abc import Iterable, Iterator

from chassis.kernel.errors import Refusal
from services.research.domain.evidence import Evidence
from services.research.domain.needed_evidence import lacking
from services.research.domain.outcome import Outcome
from services.research.domain.transfer_refusals import DisclosureIncomplete, EvidenceMissing, GroundQuestioned

FIRST_GATE = "evaluation"
ON_SURE_GROUND = frozenset({"terms", "pilot", "adoption"})
"""Gates at which it matters what it came of: by that it is known who agrees on terms, and whose patients they are. What
it is worth, and whether it is new, is the same whatever it came of; and protection that waits may be lost."""


def against_acceptance(outcome: Outcome, gate: str, evidence: Iterable[Evidence]) -> Iterator[Refusal]:
    """Each thing that does, as the refusal that tells it; nothing where the gate may be accepted."""
    if gate == FIRST_GATE and not outcome.summary:
        yield DisclosureIncomplete(gate=gate, fields=["summary"])
    for kinds in lacking(outcome, gate, evidence):
        yield EvidenceMissing(gate=gate, kinds=list(kinds))


def against_moving_on(outcome: Outcome, gate: str) -> Iterator[Refusal]:
    """What does whether the gate is accepted or does not apply: it is the gate that does not, and not the doubt."""
    if outcome.questioned and gate in ON_SURE_GROUND:
        yield GroundQuestioned(gate=gate, because=outcome.questioned)
