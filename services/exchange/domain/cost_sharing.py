"""Who pays for what: what the agreement proposes, and who pays instead."""

from collections.abc import Iterable, Mapping
from typing import Literal

from services.exchange.domain.budget import Line
from services.exchange.domain.money_refusals import PayerNeedsReason

Kind = Literal["travel", "stay", "allowance", "insurance", "visa", "interpreter"]
Payer = Literal["sending-site", "host-site", "visitor", "alliance"]

CUSTOMARY: Mapping[str, str] = {
    "travel": "sending-site",
    "stay": "host-site",
    "allowance": "sending-site",
    "insurance": "sending-site",
    "visa": "sending-site",
    "interpreter": "host-site",
}
"""Who pays where the agreement's condition says nothing of a kind: who travels is sent, who stays is hosted."""


def proposed_payer(kind: str, cost_sharing: Mapping[str, str]) -> str:
    """The condition's word for this kind of line; else what is customary."""
    return cost_sharing.get(kind, CUSTOMARY[kind])


def payers(cost_sharing: Mapping[str, str], lines: Iterable[Line]) -> dict[str, str]:
    """Who pays for each kind: whoever the visit's own lines of it name, else the one proposed.

    Where lines of one kind name several, their words stand with blanks between.
    """
    named: dict[str, set[str]] = {}
    for line in lines:
        named.setdefault(line.kind, set()).add(line.payer)
    return {kind: " ".join(sorted(named.get(kind, {proposed_payer(kind, cost_sharing)}))) for kind in CUSTOMARY}


def agreed_payer(kind: str, *, proposed: str, payer: str | None, reason: str) -> str:
    """The payer asked for, or the one proposed where nobody is. Raises `PayerNeedsReason` for another without one."""
    if payer is None or payer == proposed:
        return proposed
    if not reason:
        raise PayerNeedsReason(kind=kind, proposed=proposed, payer=payer)
    return payer
