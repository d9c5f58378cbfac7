"""The steps of every kind of agreement, as data; a track keeps those that it was opened with.

Drafted by who gives, reviewed by who takes, looked through by the lawyers of both, signed by both. Order and days are
custom and no law's: the partners may change them here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.research.domain.legal.requirement import DATA_TRANSFER, LICENCE, MATERIAL_TRANSFER

PROVIDER, RECIPIENT = "provider", "recipient"
SIDES = (PROVIDER, RECIPIENT)


@dataclass(frozen=True)
class Definition:
    """`side` does it, within so many calendar days there. `drafts`: it brings the text. `signs`: it is a signature."""

    name: str
    side: str
    days: int
    drafts: bool = False
    signs: bool = False


_DRAFT = Definition("draft", PROVIDER, 14, drafts=True)
_TO_BOTH_SIGNATURES = (
    Definition("review", RECIPIENT, 14),
    Definition("provider-legal-review", PROVIDER, 21),
    Definition("recipient-legal-review", RECIPIENT, 21),
    Definition("recipient-signature", RECIPIENT, 14, signs=True),
    Definition("provider-signature", PROVIDER, 14, signs=True),
)

STEPS: Mapping[str, tuple[Definition, ...]] = {
    MATERIAL_TRANSFER: (_DRAFT, *_TO_BOTH_SIGNATURES),
    DATA_TRANSFER: (Definition("data-protection-plan", RECIPIENT, 14), _DRAFT, *_TO_BOTH_SIGNATURES),
    LICENCE: (
        Definition("term-sheet", PROVIDER, 14),
        Definition("term-sheet-review", RECIPIENT, 14),
        _DRAFT,
        *_TO_BOTH_SIGNATURES,
    ),
}
"""In the order in which they are taken."""
