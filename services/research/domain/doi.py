"""Digital object identifiers. Source: ISO 26324; the DOI Handbook, 2.2 and 2.6.3 (how a DOI is written and shown)."""

import re

from services.research.domain.refusals import InvalidDoi

_SHOWN_AS = re.compile(r"^(https?://((dx|www)\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DOI = re.compile(r"^10\.[0-9]{4,9}(\.[0-9]+)*/[^\s\x00-\x1f\x7f]+$")


def doi_in(text: str) -> str:
    """The bare DOI, `10.…/…`, in what somebody typed or pasted; nothing for nothing. Raises `InvalidDoi`."""
    bare = _SHOWN_AS.sub("", text.strip())
    if bare and not _DOI.match(bare):
        raise InvalidDoi(doi=text)
    return bare
