r"""Text as BibTeX files have it, in the notation of LaTeX, and plain text.

Source: "LaTeX2e: An unofficial reference manual", 23; `pylatexenc` knows the names of characters. A `$` begins
mathematics where Pandoc's manual says so ("Math"): `\$5 and $10` is money.
"""

import re
import unicodedata

from pylatexenc.latexencode import get_builtin_uni2latex_dict

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361",
}  # fmt: skip
_NAMED = re.compile(r"(?:\\ensuremath\{)?\\([A-Za-z]+)\}?")
_LETTERS = {
    match[1]: chr(code)
    for code, written in sorted(get_builtin_uni2latex_dict().items(), reverse=True)
    if (match := _NAMED.fullmatch(written))  # of several characters with one name the first
} | {
    "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}", "newline": "\n", "tab": "\t",
    "par": "\n", "quad": " ", "qquad": " ", "ldots": "…", "dots": "…", "aa": "å", "AA": "Å",
    "i": "ı", "j": "ȷ", "textquotesingle": "'",
}  # fmt: skip
_PLAIN = frozenset({
    "emph", "textit", "textbf", "textrm", "textsf", "texttt", "textsc", "textmd", "textup", "textsl", "textnormal",
    "text", "mathrm", "mathit", "mathbf", "mathsf", "mathcal", "mbox", "hbox", "em", "it", "bf", "rm", "sf", "tt",
    "sc", "sl", "itshape", "bfseries", "rmfamily", "upshape", "normalfont", "textsuperscript", "textsubscript",
    "ensuremath", "protect", "relax", "url", "uppercase", "lowercase", "natexlab", "left", "right", "displaystyle",
    "limits",
})  # fmt: skip
"""Commands that say how their text looks: the text stays."""
_SPACES = {" ": " ", ",": " ", ";": " ", ":": " ", "\\": " ", "~": " "}
_NOTHING = frozenset("-/!@")
_RAISED = {"^": dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True)),
           "_": dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))}  # fmt: skip

_BASE = r"\s*(?:\{\s*(?:(\\[ij]|[^\W_])\s*)?\}|(\\[ij](?![A-Za-z])|[^\W_]))"
_TOKEN = re.compile(
    rf"\\([`'^\"~=.]){_BASE}|\\([urHvdckbt])(?![A-Za-z]){_BASE}|\\([A-Za-z]+)(?:[ ]?(?=\{{\}})|[ ]*)|\\(.)"
    r"|\$(?=\S)([^$]*[^$\s\\])\$(?!\d)|\{|\}|---?|``|''|~"
)
"""Each way begins with a character that it needs: so the search skips whatever is plain."""
_ALONE = {"---": "—", "--": "–", "``": "“", "''": "”", "{": "", "}": "", "~": " "}
_SCRIPT = re.compile(r"([\^_])(?:\{([^{}]*)\}|(\\[A-Za-z]+|.))")
_MARKED = re.compile(r"[\\{}$~\n\t]")
_BLANK = re.compile("[ \t\n]+")


def decoded(text: str) -> str:
    """Plain text; commands that nobody knows stay as they are written."""
    is_doubled = "--" in text or "``" in text or "''" in text or "  " in text
    if not is_doubled and not _MARKED.search(text):
        return text.strip()
    if "\n" in text or "\t" in text or "  " in text:
        text = _BLANK.sub(" ", text)
    return _TOKEN.sub(_token, text.strip())


def _token(found: re.Match[str]) -> str:
    if found.lastindex is None:
        return _ALONE[found[0]]
    mark, braced, bare, letter, braced_too, bare_too, word, symbol, mathematics = found.groups()
    if mark or letter:
        return _accented(mark or letter, braced or bare or braced_too or bare_too or "")
    if word:
        return _word(word, found[0])
    if symbol:
        return _SPACES.get(symbol, "" if symbol in _NOTHING else symbol)
    return _SCRIPT.sub(_raised, mathematics) if "\\" not in mathematics else _mathematics(mathematics)


def _accented(mark: str, base: str) -> str:
    """Over no letter it is itself, as in addresses: `\\~{}`."""
    letter = {"\\i": "i", "\\j": "j"}.get(base, base)
    return unicodedata.normalize("NFC", letter + _ACCENTS[mark]) if letter else mark


def _word(word: str, written: str) -> str:
    if word in _PLAIN:
        return ""
    return _LETTERS.get(word, written)


def _mathematics(text: str) -> str:
    return _TOKEN.sub(_token, _SCRIPT.sub(_raised, text))


def _raised(found: re.Match[str]) -> str:
    """`CO$_2$` has a small two; what there is no small character for stays behind its sign."""
    said = found[2] if found[2] is not None else found[3]
    small = _RAISED[found[1]]
    return "".join(small[each] for each in said) if said and all(each in small for each in said) else found[1] + said


_ESCAPES = {
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "^": r"{\textasciicircum}",
    "~": r"{\textasciitilde}", "\n": r"{\newline}", "\t": r"{\tab}", **{each: f"\\{each}" for each in "&%$#_"},
    "–": "--", "—": "---",
}  # fmt: skip
_SPECIAL = re.compile(r"[\\{}^~\n\t&%$#_]|(?<=[-–—])[-–—]|[–—]|(?<=`)`|(?<=')'|(?<= ) ")


def encoded(text: str) -> str:
    """What `decoded` reads as the text. No brace of it stands alone, and none behind a backslash."""
    return _SPECIAL.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    """Of two dashes or quotes that are not to become one, braces keep the second apart."""
    said = _ESCAPES.get(found[0], found[0])
    if found[0] == " ":
        return "\\ "
    is_second = found[0] in "-–—`'" and found.start() > 0 and found.string[found.start() - 1] in _JOINS[found[0]]
    return "{}" + said if is_second else said


_JOINS = {"-": "-–—", "–": "-–—", "—": "-–—", "`": "`", "'": "'"}


_VERBATIM = re.compile(
    r"\\([&%$#_{}~^ ])(?:\{\})?|\{?\\text(asciitilde|asciicircum|backslash|braceleft|braceright)\s*\}?|[{}]"
)
_SPELT = {"asciitilde": "~", "asciicircum": "^", "backslash": "\\", "braceleft": "{", "braceright": "}"}


def verbatim(text: str) -> str:
    """An address or another thing that is no text: no dashes and quotes are made of its characters."""
    if "\\" not in text and "{" not in text and "}" not in text:
        return text.strip()
    return _VERBATIM.sub(lambda found: found[1] or _SPELT.get(found[2] or "", ""), text).strip()


def written_verbatim(text: str) -> str:
    """What `verbatim` reads as the text, its blanks and line ends apart."""
    return re.sub(r"[\\{}]", lambda found: _ESCAPES[found[0]], _BLANK.sub(" ", text))
