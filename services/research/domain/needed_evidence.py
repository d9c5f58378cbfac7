"""Which evidence a gate needs to be accepted: of every outcome, and besides of some types."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from services.research.domain.evidence import Evidence
from services.research.domain.outcome import Outcome

Needs = tuple[tuple[str, ...], ...]
"""One kind of each of these."""

NEEDED: Mapping[str, Needs] = {
    "evaluation": (("evaluation-report",),),
    "protection": (("novelty-search", "decision-to-publish"),),
    "terms": (("draft-terms", "open-licence"),),
    "pilot": (("pilot-protocol",),),
    "adoption": (("pilot-report",),),
}
"""Of whatever goes through, by gate. The gate before disclosure is the report itself."""


@dataclass(frozen=True)
class Besides:
    """What a gate needs of one type besides, and why; `kind`: only where its details say that it is of this kind."""

    type: str
    gate: str
    any_of: tuple[str, ...]
    because: str
    kind: str = ""

    def is_of(self, outcome: Outcome) -> bool:
        """Whether it is asked of this outcome. Of what nobody has told no kind is asked."""
        return outcome.type == self.type and self.kind in ("", (outcome.details or {}).get("kind"))


_LET_BY_A_REGULATOR = ("regulatory-approval", "regulatory-exemption")
NEEDED_BESIDES = (
    Besides(
        "publication", "pilot", ("committee-review",), "no ward tries a guideline on its authors' word", "guideline"
    ),
    Besides(
        "influence-on-policy-or-practice", "pilot", ("committee-review",), "no ward tries a rule on its authors' word"
    ),
    Besides("dataset-or-model", "pilot", ("test-report",), "what it gets wrong or lacks is known first"),
    Besides("medical-product-or-trial", "pilot", _LET_BY_A_REGULATOR, "patients take part in a trial"),
    Besides("medical-product-or-trial", "adoption", _LET_BY_A_REGULATOR, "what a trial may do, care may not yet"),
    Besides("software", "pilot", ("test-report",), "what fails is to fail before patients depend on it"),
)
"""In the order of the types."""


def needed(outcome: Outcome, gate: str) -> Needs:
    """Of each of these one kind: what the gate needs of every outcome first."""
    besides = (each.any_of for each in NEEDED_BESIDES if each.gate == gate and each.is_of(outcome))
    return (*NEEDED[gate], *besides)


def lacking(outcome: Outcome, gate: str, evidence: Iterable[Evidence]) -> Iterator[tuple[str, ...]]:
    """What the gate needs and is not there."""
    given = {each.kind for each in evidence}
    return (any_of for any_of in needed(outcome, gate) if not given & set(any_of))
