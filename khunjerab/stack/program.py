"""One supervised program as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Program:
    """`ready` is an address that answers once the program does its work (see `readiness.answers`).

    `patience`: seconds to let it end by itself after SIGTERM.
    """

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    ready: str
    patience: float = 10.0
