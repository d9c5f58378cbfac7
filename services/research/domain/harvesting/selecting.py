"""Which records a list is of: a format, a set, and the stretch of time in which they changed."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.research.domain.harvesting.arguments import Asked
from services.research.domain.harvesting.formats import FORMATS, SETS
from services.research.domain.harvesting.wrong import BAD_ARGUMENT, NO_SUCH_FORMAT, NOTHING, Wrong

DAY, SECOND = "%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?")


@dataclass(frozen=True)
class Selection:
    """`since` and `until` as they were asked for, or nothing; both are within."""

    format: str
    set: str = ""
    since: str = ""
    until: str = ""

    @property
    def begins(self) -> datetime | None:
        return _moment(self.since) if self.since else None

    @property
    def ends(self) -> datetime | None:
        """The first moment that is not within any more."""
        return _moment(self.until) + _length(self.until) if self.until else None


def stamp(moment: datetime) -> str:
    """As the protocol writes it, with seconds: UTC."""
    return moment.astimezone(UTC).strftime(SECOND)


def selection_of(asked: Asked) -> Selection:
    """What a list is of. Raises `Wrong`: `badArgument`, `cannotDisseminateFormat`, `noRecordsMatch`."""
    _must_be_moments([asked[name] for name in ("from", "until") if name in asked.arguments])
    must_be_known(asked["metadataPrefix"])
    if "set" in asked.arguments and asked["set"] not in SETS:
        raise Wrong(NOTHING, "There is no such set")
    return Selection(asked["metadataPrefix"], asked["set"], asked["from"], asked["until"])


def must_be_known(format_name: str) -> None:
    if format_name not in FORMATS:
        raise Wrong(NO_SUCH_FORMAT, "Formats are " + ", ".join(FORMATS))


def _must_be_moments(given: list[str]) -> None:
    """In their order."""
    try:
        moments = [_moment(each) for each in given]
        [end + _length(each) for end, each in zip(moments, given, strict=True)]
    except (ValueError, OverflowError):
        raise Wrong(BAD_ARGUMENT, "from and until are written as 2026-12-31 or 2026-12-31T23:59:59Z") from None
    if len({len(each) for each in given}) > 1:
        raise Wrong(BAD_ARGUMENT, "from and until are to be of one granularity")
    if moments != sorted(moments):
        raise Wrong(BAD_ARGUMENT, "from is later than until")


def _moment(text: str) -> datetime:
    """Raises `ValueError`."""
    if not _WRITTEN.fullmatch(text):
        raise ValueError(text)
    return datetime.strptime(text, SECOND if "T" in text else DAY).replace(tzinfo=UTC)


def _length(text: str) -> timedelta:
    return timedelta(seconds=1) if "T" in text else timedelta(days=1)
