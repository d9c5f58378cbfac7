r"""A detail's value as text, and text as the value: one way for every format.

Several stand as `a; b`, a backslash before `;` or `\` makes it part of one; an organisation as `Name <https://ror.org/…>`,
an amount as `1250.50 CNY`.
"""

import re
from typing import Any

from chassis.kernel.cells import joined, separated
from services.research.domain.details.amounts import Decimals
from services.research.domain.details.kinds import Address, Day, Kind, Number, OneOf, Text, Written, YesOrNo
from services.research.domain.details.parts import Amount, Organisation, Several

_NAMED = re.compile(r"(.*?) ?<(https://ror\.org/[^<> ]+)>", re.DOTALL)
_WHOLE = re.compile(r"-?[0-9]{1,10}")
_OF_TEXT = (Text, OneOf, Day, Address, Written)
YES, NO = "true", "false"


def text_of(kind: Kind, value: Any) -> str:
    """Of a value in its kind's normal form."""
    if isinstance(kind, Several):
        return joined([text_of(kind.of, each) for each in value])
    if isinstance(kind, Organisation):
        return f"{value['name']} <{value['ror']}>" if value["ror"] else str(value["name"])
    if isinstance(kind, Amount):
        return f"{value['amount']} {value['currency']}"
    if isinstance(kind, YesOrNo):
        return YES if value else NO
    return str(value)


def value_of(kind: Kind, text: str, decimals: Decimals) -> Any:
    """In its kind's normal form. Raises `Unfit`."""
    return kind.read(_said(kind, text), decimals)


def _said(kind: Kind, text: str) -> Any:
    if isinstance(kind, _OF_TEXT):
        return text
    if isinstance(kind, Several):
        return [_said(kind.of, each) for each in separated(text)]
    if isinstance(kind, Organisation):
        named = _NAMED.fullmatch(text)
        return {"name": named[1], "ror": named[2]} if named else {"name": text}
    if isinstance(kind, Amount):
        amount, _, currency = text.partition(" ")
        return {"amount": amount, "currency": currency}
    if isinstance(kind, YesOrNo):
        return {YES: True, NO: False}.get(text.lower(), text)
    if isinstance(kind, Number):
        return int(text) if _WHOLE.fullmatch(text) else text
    return text
