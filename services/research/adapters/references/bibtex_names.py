"""Names as BibTeX writes them, and as we do: `Family, Given`, `Family, Given, Jr`, or a name that has no parts.

Source: "Tame the BeaST", 11 (what is first, von, last, and jr).
"""

import re
from collections.abc import Iterator, Sequence

from services.research.adapters.references.latex import decoded, encoded

_AND = re.compile(" and ", re.IGNORECASE)
_COMMA = re.compile(",")
OTHERS = "others"
_MARKUP = re.compile(r"[\\{}$~]")


def names_in(raw: str) -> list[str]:
    """In their order; the last is `others` where it says that there are more."""
    raw = " ".join(raw.split())
    pieces = raw.split(" and ") if raw.lower().count(" and ") == raw.count(" and ") else _AND.split(raw)
    if not _MARKUP.search(raw):
        return [_composed(each.split(",")) for each in pieces if each.strip(" ,")]
    if not all(map(_is_balanced, pieces)):
        pieces = list(_apart(raw, _AND))
    found = (_name(each) if _MARKUP.search(each) else _composed(each.split(",")) for each in pieces)
    return [name for name in found if name]


def written(names: Sequence[str]) -> str:
    """What `names_in` reads as these names."""
    return " and ".join(map(_written, names))


def _name(raw: str) -> str:
    raw = raw.strip()
    if raw.startswith("{") and next(_closings(raw), None) == len(raw) - 1:
        return decoded(raw)
    parts = raw.split(",")
    return _composed([decoded(each) for each in (parts if all(map(_is_balanced, parts)) else _apart(raw, _COMMA))])


def _is_balanced(text: str) -> bool:
    return text.count("{") == text.count("}")


def _composed(parts: Sequence[str]) -> str:
    said = [each.strip() for each in parts]
    if len(said) == 1:
        return _turned(said[0].split(" "))
    if len(said) == 3:
        said = [said[0], said[2], said[1]]
    return ", ".join(each for each in said if each)


def _turned(words: Sequence[str]) -> str:
    """`First von Last` as `von Last, First`."""
    if len(words) == 1:
        return words[0]
    von = next((place for place, word in enumerate(words[:-1]) if place and word[:1].islower()), len(words) - 1)
    return f"{' '.join(words[von:])}, {' '.join(words[:von])}"


def _written(name: str) -> str:
    parts = name.split(", ")
    if len(parts) not in (2, 3) or "," in "".join(parts) or _AND.search(name):
        return f"{{{encoded(name)}}}"
    if len(parts) == 3:
        parts = [parts[0], parts[2], parts[1]]
    return ", ".join(map(encoded, parts))


def _apart(raw: str, separator: re.Pattern[str]) -> Iterator[str]:
    """Split where it stands within no braces."""
    depth = begin = seen = 0
    for found in separator.finditer(raw):
        between = raw[seen : found.start()]
        depth += between.count("{") - between.count("}")
        seen = found.start()
        if depth == 0:
            yield raw[begin : found.start()]
            begin = found.end()
    yield raw[begin:]


def _closings(raw: str) -> Iterator[int]:
    """Where the braces that opened first are closed."""
    depth = 0
    for found in re.finditer(r"(?<!\\)[{}]", raw):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            yield found.start()
