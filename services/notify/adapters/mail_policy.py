"""How a mail's headers are folded, and its parts encoded. Source: RFC 5322, RFC 2047, RFC 2045."""

import re
from email.header import Header
from email.headerregistry import Address, BaseHeader, HeaderRegistry
from email.policy import EmailPolicy
from typing import Any

ROOM = 66
"""In a line of an address, so that it stays below 78 (RFC 5322, 2.1.1) with the header's name."""
_ATOMS, _QUOTABLE = re.compile(r"[A-Za-z0-9 !#$%&'*+/^_`{|}~-]{1,60}"), re.compile(r"[ !#-\[\]-~]{1,60}")


_MADE_HERE = frozenset(
    {"date", "message-id", "in-reply-to", "references", "auto-submitted", "x-auto-response-suppress"}
    | {"content-language", "list-unsubscribe", "list-unsubscribe-post"}
)
_SIGNS_ALONE = re.compile(r"(?!.*=\?)[!-~]{1,800}( [!-~+]{1,40}){0,5}")


class _MadeHere(str):
    """A header that no person typed, in signs that need no encoding. It is written as it is, on one line (RFC 5322,
    2.1.1): the library takes every such header apart, and encodes words that are too long to be folded, such as links
    and ids (RFC 2369, RFC 5322, 3.6.4), in which nobody looks for encoded words.
    """

    __slots__ = ("name",)

    def __new__(cls, name: str, value: str) -> "_MadeHere":
        made = super().__new__(cls, value)
        made.name = name
        return made

    name: str


class _Addressed(str):
    """One address, which would else be written down and read again."""

    __slots__ = ("addresses", "name")

    def __new__(cls, name: str, address: Address) -> "_Addressed":
        made = super().__new__(cls, address)
        made.name, made.addresses = name, (address,)
        return made

    name: str
    addresses: tuple[Address, ...]


class _Policy(EmailPolicy):
    """The library's own folding loses the space between two encoded words, and the quotes around a long name: what was
    inside would then be read as addresses. Both are folded as RFC 2047 and RFC 5322 ask.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        if isinstance(value, Address):
            return name, _Addressed(name, value)
        if name.lower() in _MADE_HERE and _SIGNS_ALONE.fullmatch(value):
            return name, _MadeHere(name, value)
        return super().header_store_parse(name, value)

    def fold(self, name: str, value: Any) -> str:
        if isinstance(value, _MadeHere):
            return f"{name}: {value}{self.linesep}"
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


_OF_FORM = frozenset({"mime-version", "content-type", "content-transfer-encoding"})


class _Headers(HeaderRegistry):
    """The library's own makes a class for each header of each mail, and takes apart what is the same in all of them:
    here each is made once.
    """

    def __init__(self) -> None:
        super().__init__()
        self._classes: dict[str, type[BaseHeader]] = {}
        self._of_form: dict[tuple[str, str], BaseHeader] = {}

    def __getitem__(self, name: str) -> type[BaseHeader]:
        if name not in self._classes:
            self._classes[name] = super().__getitem__(name)
        return self._classes[name]

    def __call__(self, name: str, value: Any) -> BaseHeader:
        # A boundary is another one in each mail.
        if name.lower() not in _OF_FORM or "boundary" in value:
            return super().__call__(name, value)
        if (name, value) not in self._of_form:
            self._of_form[name, value] = super().__call__(name, value)
        return self._of_form[name, value]


POLICY = _Policy(header_factory=_Headers(), linesep="\r\n", raise_on_defect=False, cte_type="7bit")
"""Nothing that a server without 8BITMIME (RFC 6152) would have to change on the way, and a signature (DKIM) with it."""
