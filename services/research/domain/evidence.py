"""Evidence that a gate's decision rests on: where it is, not the thing itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from services.research.domain.attachments import is_address, is_sha256
from services.research.domain.transfer_refusals import EvidenceInvalid

EvidenceKind = Literal[
    "evaluation-report",
    "novelty-search",
    "decision-to-publish",
    "draft-terms",
    "open-licence",
    "pilot-protocol",
    "pilot-report",
    "committee-review",
    "regulatory-approval",
    "regulatory-exemption",
    "test-report",
    "minutes",
    "other",
]
KINDS: tuple[str, ...] = get_args(EvidenceKind)
OTHER = KINDS[-1]


@dataclass(frozen=True)
class Evidence:
    """`reference`: an address (`https://…`), or how it is filed. `sha256`: of the file's bytes, in hexadecimal."""

    kind: str
    title: str
    reference: str
    sha256: str = ""


def evidence_of(told: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """As told, sums in small letters. Raises `EvidenceInvalid`."""
    return tuple(_evidence(number, each) for number, each in enumerate(told, start=1))


def _evidence(number: int, told: Evidence) -> Evidence:
    normal = replace(told, sha256=told.sha256.lower())
    if "://" in normal.reference and not is_address(normal.reference):
        raise EvidenceInvalid(evidence=number, field="reference", why="NotAnHttpsAddress")
    if normal.sha256 and not is_sha256(normal.sha256):
        raise EvidenceInvalid(evidence=number, field="sha256", why="NotASha256")
    return normal
