"""Going on with a list: a token says which list it is, behind which record it goes on, and until when it is good.

Nothing is kept for it. Records come in the order of their ids, which nothing changes: whatever is changed, published or
taken back between two pages, each that belongs to the list throughout comes once, as it then stands.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.research.domain.harvesting.arguments import Asked
from services.research.domain.harvesting.selecting import Selection, selection_of
from services.research.domain.harvesting.wrong import BAD_TOKEN, Wrong

GOOD_FOR = timedelta(hours=24)
_FORM = re.compile(
    r"(?P<verb>[A-Za-z]{8,20})~(?P<format>[a-z_]{1,30})~(?P<set>[a-z_]{0,40})~(?P<since>[0-9TZ:-]{0,20})"
    r"~(?P<until>[0-9TZ:-]{0,20})~(?P<after>out_[0-9A-Za-z-]{1,100})~(?P<told>[0-9]{1,9})~(?P<expires>[0-9]{1,11})"
)


@dataclass(frozen=True)
class Place:
    """Where a list goes on: behind the record `after`, when `told` records have come."""

    selection: Selection
    after: str | None = None
    told: int = 0


def token_of(verb: str, place: Place, expires: datetime) -> str:
    chosen = place.selection
    parts = (verb, chosen.format, chosen.set, chosen.since, chosen.until, place.after, place.told)
    return "~".join([*map(str, parts), str(int(expires.timestamp()))])


def place_of(token: str, verb: str, now: datetime) -> Place:
    """Raises `Wrong`: `badResumptionToken`, whatever is wrong with it, and where it is of another verb or too old."""
    found = _FORM.fullmatch(token)
    if found is None or found["verb"] != verb or not _is_good(int(found["expires"]), now):
        raise Wrong(BAD_TOKEN, "This token is none of ours, of another request, or not good any more")
    said = {"metadataPrefix": found["format"], "set": found["set"], "from": found["since"], "until": found["until"]}
    try:
        selection = selection_of(Asked(verb, {name: value for name, value in said.items() if value}))
    except Wrong:
        raise Wrong(BAD_TOKEN, "This token is none of ours") from None
    return Place(selection, found["after"], int(found["told"]))


def _is_good(expires: int, now: datetime) -> bool:
    return now.timestamp() < expires <= (now + GOOD_FOR).timestamp() + 1
