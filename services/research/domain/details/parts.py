"""Kinds that have parts: an amount with its currency, an organisation with its id, a list."""

from dataclasses import dataclass
from typing import Any

from services.research.domain.details.amounts import Decimals, amount_in
from services.research.domain.details.kinds import Kind, Text
from services.research.domain.details.unfit import Unfit
from services.research.domain.refusals import InvalidRor
from services.research.domain.ror import ror_in


@dataclass(frozen=True)
class Amount:
    """`{"amount": "1250.50", "currency": "CNY"}`."""

    told: str = '`{"amount": "1250.50", "currency": "CNY"}`, the currency of ISO 4217'

    def read(self, value: Any, decimals: Decimals, /) -> dict[str, str]:
        held = _members(value, {"amount", "currency"}, needed={"amount", "currency"}, why="NotAnAmount")
        return {"amount": amount_in(held["amount"], held["currency"], decimals), "currency": held["currency"]}


@dataclass(frozen=True)
class Organisation:
    """`{"name": "…", "ror": "…"}`; the id where it has one."""

    told: str = '`{"name": "…", "ror": "…"}`, `ror` where it has one'

    def read(self, value: Any, decimals: Decimals, /) -> dict[str, str]:
        held = _members(value, {"name", "ror"}, needed={"name"}, why="NotAnOrganisation")
        try:
            ror = ror_in(held.get("ror", ""))
        except InvalidRor as refused:
            raise Unfit(refused.name, ror=held["ror"][:100]) from None
        return {"name": Text().read(held["name"], decimals), "ror": ror}


@dataclass(frozen=True)
class Several:
    """One or more of a kind, in the order given."""

    of: Kind
    most: int = 50

    @property
    def told(self) -> str:
        return f"a list, {self.most} at most, each {self.of.told}"

    def read(self, value: Any, decimals: Decimals, /) -> list[Any]:
        if not isinstance(value, list) or not value:
            raise Unfit("NotAList")
        if len(value) > self.most:
            raise Unfit("TooMany", most=self.most)
        return [self.of.read(each, decimals) for each in value]


def _members(value: Any, known: set[str], *, needed: set[str], why: str) -> dict[str, str]:
    """The texts of a JSON object that has no other members."""
    if not isinstance(value, dict) or not needed <= value.keys() <= known:
        raise Unfit(why)
    if not all(isinstance(each, str) for each in value.values()):
        raise Unfit(why)
    return value
