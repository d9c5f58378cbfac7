"""What it takes to reach a person by a channel, sealed as one text."""

import json
from collections.abc import Mapping

from chassis.kernel.seals import Seals

Fields = Mapping[str, str]
"""`key` of WeCom; `token` of DingTalk and Feishu, DingTalk's `secret`; `phone` of WhatsApp and SMS."""

_LAST = 4


def sealed(fields: Fields, seals: Seals) -> str:
    """The fields, to be kept."""
    return seals.sealed(json.dumps(dict(fields), sort_keys=True))


def unsealed(kept: str, seals: Seals) -> Fields:
    """The fields that were kept. Raises `SealBroken`."""
    fields: dict[str, str] = json.loads(seals.opened(kept))
    return fields


def masked(fields: Fields) -> str:
    """The last signs of what the person would know it by: so few that they reach nobody."""
    return "…" + next(iter(fields.values()))[-_LAST:]
