"""How values stand in sentences, in plain text and in HTML.

Each is put on one line and kept apart from the sentence's own direction: a Latin name in an Urdu line would else
scatter its words. HTML escapes it, too.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup

from services.notify.adapters.plain_text import one_line, paragraphs_of


class Form(Protocol):
    """`value` makes what somebody wrote fit for a sentence, `paragraphs` fit to stand alone, its lines kept; what is
    `filled` is a sentence of ours, left as it is.
    """

    def value(self, text: str) -> str: ...

    def paragraphs(self, text: str) -> str: ...

    def filled(self, sentence: str, values: Mapping[str, str]) -> str: ...


class Html:
    def value(self, text: str) -> Markup:
        if isinstance(text, Markup):
            return text
        line = one_line(text)
        # Fonts for Urdu have Latin digits and marks that do not go with the letters of other fonts.
        return Markup('<bdi class="{}">{}</bdi>').format("latin" if line.isascii() else "own", line)

    def paragraphs(self, text: str) -> Markup:
        # Each by itself: an English text may stand in an Urdu mail.
        return Markup("\n").join(
            Markup('<p dir="auto">{}</p>').format(Markup("<br>\n").join(map(_with_links, lines)))
            for lines in paragraphs_of(text)
        )

    def filled(self, sentence: str, values: Mapping[str, str]) -> Markup:
        return Markup(sentence) % {name: self.value(text) for name, text in values.items()}  # noqa: S704 (ours)


_ADDRESS = re.compile(r"(https://[^\s<>\"']+[^\s<>\"'.,;:!?)\]}。，；：！？）】》۔،؛؟])")
"""What stands at its end is more likely the sentence's."""


def _with_links(line: str) -> Markup:
    """A line in which addresses lead there, those without encryption apart."""
    parts = _ADDRESS.split(line)
    return Markup("").join(
        Markup('<a href="{0}" dir="ltr">{0}</a>').format(part) if number % 2 else Markup("{}").format(part)
        for number, part in enumerate(parts)
    )


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

    def paragraphs(self, text: str) -> str:
        return "\n\n".join("\n".join(map(self.value, lines)) for lines in paragraphs_of(text))

    def filled(self, sentence: str, values: Mapping[str, str]) -> str:
        return _Filled(sentence % {name: self.value(text) for name, text in values.items()})
