"""A file's bytes as text, in an encoding that is told, proven or, of few, the only one that fits.

Nearly any bytes can be read as Latin-1, and many as GBK: a wrong guess would name somebody else. So both are guessed
only where they cannot be mistaken for each other, and whoever sends the file is told. Otherwise what cannot be read is
marked, and the records that hold such marks are reported, the others kept.
"""

import codecs
import re
from dataclasses import dataclass

from services.research.domain.references_refusals import EncodingUnclear

KNOWN = ("utf-8", "utf-16", "gbk", "gb18030", "latin-1", "cp1252")
UNREADABLE = "\U0010ffff"
"""In the place of bytes that are no text: no character, and never will be one."""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_GB_2312 = re.compile(rb"([\xa1-\xa9\xb0-\xf7][\xa1-\xfe])+")
"""The characters that nearly all Chinese text is written with, and its punctuation."""
_TWO_CHARACTERS = 4
"""Bytes: no word of Latin letters has that many with accents side by side."""
_ACCENTED = re.compile(rb"[\x91-\x97\xa0-\xff]")
codecs.register_error("marked", lambda error: (UNREADABLE, getattr(error, "end", 0)))


@dataclass(frozen=True)
class Text:
    """Lines end in line feeds, and control characters are left out."""

    said: str
    encoding: str
    is_guessed: bool


def text_of(content: bytes, encoding: str = "", *, is_whole: bool) -> Text:
    """`is_whole`: it is of use only where all of it can be read. Raises `EncodingUnclear`."""
    if encoding and encoding not in KNOWN:
        raise EncodingUnclear(encoding=encoding[:40], because=f"one of {', '.join(KNOWN)} can be named")
    told = encoding or next((marked for mark, marked in _MARKS if content.startswith(mark)), "")
    guess = told or ("utf-8" if _is_utf_8(content) else _guess(content))
    said = plain(content.decode(guess or "utf-8", "marked"))
    if is_whole and UNREADABLE in said:
        raise EncodingUnclear(encoding=guess, because=f"line {said[: said.index(UNREADABLE)].count(chr(10)) + 1}")
    return Text(said, guess or "utf-8", is_guessed=not told and guess != "utf-8")


def plain(text: str) -> str:
    """Lines end in line feeds; there are no other control characters, and no halves of characters or what is none."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_plain(text: str) -> bool:
    return not _CONTROL.search(text)


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _guess(content: bytes) -> str:
    """GBK where all high bytes are pairs of GB 2312, and somewhere two of them stand together; Windows-1252, which has
    Latin-1, where each stands by itself among plain ones."""
    runs = _HIGH.findall(content)
    if all(map(_GB_2312.fullmatch, runs)) and max(map(len, runs)) >= _TWO_CHARACTERS:
        return "gbk"
    return "cp1252" if all(map(_ACCENTED.fullmatch, runs)) else ""
