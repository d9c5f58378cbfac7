"""Text as it is compared: without case, accents, punctuation, and what LaTeX and HTML leave behind.

Sources: Unicode Standard Annex 15 (NFKD); for Urdu beside Arabic letters, Unicode 16, 9.2 (Arabic).
"""

import html
import re
import unicodedata

_TAG = re.compile(r"</?[a-z][^<>]{0,40}>", re.IGNORECASE)
_BROKEN_WORD = re.compile(r"(?<=\w)-[ \t]*\n\s*")
_STYLE = re.compile(r"\\(text[a-z]*|math[a-z]*|emph|[mh]box|ensuremath|bf|it|em|rm|sc|tt|sl)\b\s*")
_ACCENT = re.compile(r"\\[^\sA-Za-z{}]|\\[Hbcdkrtuv](?=\s*\{|\s+[A-Za-z])\s*")
_JOINING = re.compile(r"[{}$^_\\]")
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts that set no spaces between words: kana and Chinese characters."""
_WORD = re.compile(rf"[{_UNSPACED}]+|[^\W\d_{_UNSPACED}]+|\d+")
_BEGINS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_MARKS = re.compile(r"[\\{}$^_~<&\n]")
_ASCII_WORD = re.compile(r"[a-z]+|[0-9]+")
_LIKE_OTHERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
    | dict.fromkeys("يى", "ی")
    | dict.fromkeys("هةھەۃ", "ہ")
    | {"ك": "ک", "ـ": ""}
)
_GREEK = {chr(code): f" {unicodedata.name(chr(code)).rpartition(' ')[2].lower()} " for code in range(0x3B1, 0x3CA)}
"""Alpha to omega, as they are spelt out: `TGF-β` is `TGF-beta`."""


def words_of(text: str) -> tuple[str, ...]:
    """The words and numbers in their order; of scripts without spaces, what stands between other characters."""
    if text.isascii() and not _MARKS.search(text):
        return tuple(_ASCII_WORD.findall(text.lower()))
    return tuple(_WORD.findall(_plain(_unmarked(text))))


def is_unspaced(word: str) -> bool:
    """Whether it is of a script that sets no spaces between words."""
    return not word.isascii() and _BEGINS_UNSPACED.match(word) is not None


def is_number(word: str) -> bool:
    return word[:1].isdigit()


def _unmarked(text: str) -> str:
    """Without the marks of HTML and LaTeX: `{\\"u}` becomes `u`, `\\alpha` becomes `alpha`."""
    without_tags = _TAG.sub("", html.unescape(text))
    unstyled = _STYLE.sub("", _BROKEN_WORD.sub("", without_tags))
    return _JOINING.sub("", _ACCENT.sub("", unstyled).replace("~", " "))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(map(_letter, folded)).translate(_LIKE_OTHERS)


def _letter(character: str) -> str:
    if "a" <= character <= "z":
        return character
    kind = unicodedata.category(character)
    if kind in ("Mn", "Me", "Cf"):
        return ""
    if kind == "Nd":
        return str(unicodedata.digit(character))
    return _GREEK.get(character, character)
