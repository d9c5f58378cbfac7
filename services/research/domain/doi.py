"""Digital object identifiers. Source: ISO 26324; the DOI Handbook, 2.2 and 2.6.3 (how a DOI is written and shown)."""

import re

from services.research.domain.refusals import InvalidDoi

_ADDRESS = re.compile(r"^https?://((dx|www)\.)?doi\.org/", re.IGNORECASE)
_WORD = re.compile(r"^doi:\s*", re.IGNORECASE)
_DOI = re.compile(r"^10\.[0-9]{4,9}(\.[0-9]+)*/[^\s\x00-\x1f\x7f]+$")
_ESCAPED = re.compile(r"(%[0-9a-f]{2})+", re.IGNORECASE)


def doi_in(text: str) -> str:
    """The bare DOI, `10.…/…`, in what somebody typed or pasted; nothing for nothing. Raises `InvalidDoi`."""
    typed = text.strip()
    pasted = _ADDRESS.match(typed)
    bare = _unescaped(typed[pasted.end() :]) if pasted else _WORD.sub("", typed)
    if bare and not _DOI.match(bare):
        raise InvalidDoi(doi=text)
    return bare


def _unescaped(path: str) -> str:
    """As it was before it was made part of an address (RFC 3986, 2.1); escapes that spell no text stay."""
    return _ESCAPED.sub(_spelt, path)


def _spelt(escapes: re.Match[str]) -> str:
    try:
        return bytes.fromhex(escapes[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return escapes[0]
