"""Time-ordered ids."""

import uuid
from datetime import datetime

_NAMESPACE = uuid.UUID("6b68756e-6a65-7261-6200-000000000000")


def uuid7(now: datetime, entropy: bytes) -> str:
    """A version 7 UUID as 32 hexadecimal digits: ids made later sort later.

    `now`: the moment it is made, to the millisecond. `entropy`: ten random bytes. Source: RFC 9562, 5.7.
    """
    if len(entropy) != 10:
        raise ValueError("ten bytes of entropy are needed")
    value = int(now.timestamp() * 1000) << 80 | int.from_bytes(entropy, "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return f"{value:032x}"


def derived(*parts: str) -> str:
    """A UUID as 32 hexadecimal digits that the same parts always give again: what makes an effect idempotent.

    Source: RFC 9562, 5.5 (version 5), in a namespace of this project.
    """
    return uuid.uuid5(_NAMESPACE, "\x1f".join(parts)).hex


def document_id(prefix: str, command_id: str) -> str:
    """The id of the document that a command creates, so that the command's repeat finds it made."""
    return f"{prefix}_{command_id}"
