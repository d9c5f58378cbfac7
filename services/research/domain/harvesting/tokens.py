"""Going on with a list: a token says which list it is, behind which record it goes on, and until when it is good.

Nothing is kept for it. Records come in the order in which they changed last: what stays as it is comes once, and what
is changed, published or taken back between two pages comes behind all others, once more where it had come already. Who
keeps the last of each has all of them as they stand.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.research.domain.harvesting.arguments import Asked
from services.research.domain.harvesting.selecting import Selection, selection_of
from services.research.domain.harvesting.wrong import BAD_TOKEN, Wrong

GOOD_FOR = timedelta(hours=24)
_FORM = re.compile(
    r"(?P<verb>[A-Za-z]{8,20})~(?P<format>[a-z_]{1,30})~(?P<set>[a-z_]{0,40})~(?P<since>[0-9TZ:-]{0,20})"
    r"~(?P<until>[0-9TZ:-]{0,20})~(?P<moment>[0-9]{1,17})~(?P<id>(out|prs|org)_[0-9A-Za-z-]{1,100})~(?P<told>[0-9]{1,9})"
    r"~(?P<expires>[0-9]{1,11})"
)
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True, order=True)
class Mark:
    """A record's place among all: when it changed last, and its id, as several may have at once."""

    changed_at: datetime
    id: str


@dataclass(frozen=True)
class Place:
    """Where a list goes on: behind the record `after`, when `told` records have come."""

    selection: Selection
    after: Mark | None = None
    told: int = 0


def token_of(verb: str, selection: Selection, after: Mark, told: int, expires: datetime) -> str:
    moment = (after.changed_at - _EPOCH) // _MICROSECOND
    parts = (verb, selection.format, selection.set, selection.since, selection.until, moment, after.id, told)
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
    after = Mark(_EPOCH + int(found["moment"]) * _MICROSECOND, found["id"])
    return Place(selection, after, int(found["told"]))


def _is_good(expires: int, now: datetime) -> bool:
    return now.timestamp() < expires <= (now + GOOD_FOR).timestamp() + 1
