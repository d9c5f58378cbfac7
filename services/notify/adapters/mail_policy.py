"""How a mail's headers are folded, and its parts encoded. Source: RFC 5322, RFC 2047, RFC 2045."""

import re
from email.header import Header
from email.headerregistry import BaseHeader, HeaderRegistry
from email.policy import EmailPolicy
from typing import Any

ROOM = 66
"""In a line of an address, so that it stays below 78 (RFC 5322, 2.1.1) with the header's name."""
_ATOMS, _QUOTABLE = re.compile(r"[A-Za-z0-9 !#$%&'*+/^_`{|}~-]{1,60}"), re.compile(r"[ !#-\[\]-~]{1,60}")


class _Policy(EmailPolicy):
    """The library's own folding loses the space between two encoded words, and the quotes around a long name: what was
    inside would then be read as addresses. Both are folded as RFC 2047 and RFC 5322 ask.
    """

    def fold(self, name: str, value: Any) -> str:
        if addresses := getattr(value, "addresses", ()):
            (address,) = addresses
            shown = self._phrase(name, address.display_name)
            between = " " if len(shown) + len(address.addr_spec) < ROOM else f"{self.linesep} "
            said = f"{shown}{between}<{address.addr_spec}>" if shown else address.addr_spec
            return f"{name}: {said}{self.linesep}"
        if name.lower() != "subject" or str(value).isascii():
            return str(super().fold(name, value))
        return f"{name}: {self._encoded(name, str(value))}{self.linesep}"

    def _phrase(self, name: str, shown: str) -> str:
        if not shown or _ATOMS.fullmatch(shown):
            return shown
        return f'"{shown}"' if _QUOTABLE.fullmatch(shown) else self._encoded(name, shown)

    def _encoded(self, name: str, text: str) -> str:
        return Header(text, "utf-8", header_name=name).encode(linesep=self.linesep)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii", "surrogateescape")


class _Headers(HeaderRegistry):
    """The library's own makes a class for each header of each mail: here each is made once."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, type[BaseHeader]] = {}

    def __getitem__(self, name: str) -> type[BaseHeader]:
        if name not in self._made:
            self._made[name] = super().__getitem__(name)
        return self._made[name]


POLICY = _Policy(header_factory=_Headers(), linesep="\r\n", raise_on_defect=False, cte_type="7bit")
"""Nothing that a server without 8BITMIME (RFC 6152) would have to change on the way, and a signature (DKIM) with it."""
