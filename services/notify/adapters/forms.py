"""How values stand in sentences, in plain text and in HTML.

Each is put on one line and kept apart from the sentence's own direction: a Latin name in an Urdu line would else
scatter its words. HTML escapes it, too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup

from services.notify.adapters.plain_text import one_line


class Form(Protocol):
    """`value` makes what somebody wrote fit for a sentence; what is `filled` is a sentence of ours, left as it is."""

    def value(self, text: str) -> str: ...

    def filled(self, sentence: str, values: Mapping[str, str]) -> str: ...


class Html:
    def value(self, text: str) -> Markup:
        if isinstance(text, Markup):
            return text
        line = one_line(text)
        # Fonts for Urdu have Latin digits and marks that do not go with the letters of other fonts.
        return Markup('<bdi class="{}">{}</bdi>').format("latin" if line.isascii() else "own", line)

    def filled(self, sentence: str, values: Mapping[str, str]) -> Markup:
        return Markup(sentence) % {name: self.value(text) for name, text in values.items()}  # noqa: S704 (ours)


class _Filled(str):
    """A sentence of plain text, its values in their places already."""

    __slots__ = ()


@dataclass(frozen=True)
class Text:
    isolating: bool

    def value(self, text: str) -> str:
        if isinstance(text, _Filled):
            return text
        line = one_line(text)
        return f"\u2068{line}\u2069" if self.isolating and line else line

    def filled(self, sentence: str, values: Mapping[str, str]) -> str:
        return _Filled(sentence % {name: self.value(text) for name, text in values.items()})
