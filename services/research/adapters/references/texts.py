"""A file's bytes as text, in an encoding that is told, proven or, of few, the only one that fits.

Nearly any bytes can be read as Latin-1, and many as GBK: a wrong guess would name somebody else. So both are guessed
only where they cannot be mistaken for each other, and otherwise whoever sends the file says which it is.
"""

import codecs
import re
from dataclasses import dataclass

from services.research.domain.references_refusals import EncodingUnclear

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
KNOWN = ("utf-8", "utf-16", "gbk", "gb18030", "latin-1", "cp1252")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
_GBK_PAIR = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]")
"""The characters that GB 2312 has: those of nearly all that is written."""
_HIGH = re.compile(rb"[\x80-\xff]")
_ALONE = re.compile(rb"(?<![\x80-\xff])[\xc0-\xff](?![\x80-\xff])")
"""A letter with an accent among plain ones, as Latin-1 has it."""


@dataclass(frozen=True)
class Text:
    """Lines end in line feeds, and control characters are left out."""

    said: str
    encoding: str
    is_guessed: bool


def text_of(content: bytes, encoding: str = "") -> Text:
    """Raises `EncodingUnclear`."""
    if encoding:
        if encoding not in KNOWN:
            raise EncodingUnclear(encoding=encoding[:40], because=f"one of {', '.join(KNOWN)} can be named")
        return _decoded(content, "utf-8-sig" if encoding == "utf-8" else encoding, is_guessed=False)
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _decoded(content, marked, is_guessed=False)
    try:
        return _decoded(content, "utf-8", is_guessed=False)
    except EncodingUnclear as unclear:
        return _guessed(content, unclear)


def _guessed(content: bytes, unclear: EncodingUnclear) -> Text:
    """GBK where every high byte is one of a pair that GB 2312 knows; Latin-1 where each stands among plain letters."""
    high = len(_HIGH.findall(content))
    if 2 * len(_GBK_PAIR.findall(content)) == high and not _ALONE.search(content):
        return _decoded(content, "gbk", is_guessed=True)
    if len(_ALONE.findall(content)) == high:
        return _decoded(content, "cp1252", is_guessed=True)
    raise unclear


def _decoded(content: bytes, encoding: str, *, is_guessed: bool) -> Text:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise EncodingUnclear(
            encoding=encoding.removesuffix("-sig"), because=f"line {line}: {error.reason}", byte=error.start
        ) from None
    return Text(plain(text), encoding.removesuffix("-sig"), is_guessed)


def plain(text: str) -> str:
    """Lines end in line feeds; there are no other control characters, and no halves of characters or what is none."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_plain(text: str) -> bool:
    return not _CONTROL.search(text)
