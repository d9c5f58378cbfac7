"""Feeds as they were last told, so that one which nothing has touched since is known without being read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from chassis.recent import Recent
from services.exchange.application.ports.calendar_feeds import Change
from services.exchange.application.ports.calendar_files import Revision

ON_ITS_WAY = timedelta(minutes=15)
"""So long a decision may take into the store, and so much the clocks of processes may differ. An import takes longest:
it is of the moment at which it began to be applied."""
MOST_CHANGES = 200
"""With more of them it is as quick to read the feed."""


class TaggedFeed(NamedTuple):
    kind: str
    subject: str
    language: str


@dataclass(frozen=True)
class Tagged:
    """`versions`: of whom and what the feed tells. `at`: when it was last like this. `until`: when time alone changes
    it; nothing where it tells of nothing."""

    tag: str
    subject: tuple[Revision, ...]
    versions: Mapping[str, int]
    at: datetime
    until: datetime | None

    @classmethod
    def now(
        cls, tag: str, subject: tuple[Revision, ...], told: Iterable[Revision], at: datetime, until: datetime | None
    ) -> "Tagged":
        return cls(tag, subject, {each.id: each.version for each in told}, at, until)

    def is_touched_by(self, change: Change, of: str) -> bool:
        """Whether it tells of that in another version, or might have to tell of it now. `of`: whose feed it is."""
        known = self.versions.get(change.of.id)
        return of in change.concerns if known is None else known != change.of.version


class FeedTags:
    """Of the feeds that were asked for last, as long as they tell of at most `most` things together."""

    def __init__(self, changed: Callable[[datetime, int], list[Change]], most: int = 200_000) -> None:
        self._changed = changed
        self._kept = Recent[TaggedFeed, Tagged](most, weight=lambda tagged: len(tagged.versions))

    def standing(self, feed: TaggedFeed, subject: tuple[Revision, ...], now: datetime) -> str | None:
        """The feed's tag, where nothing has touched it since; nothing where that is not sure."""
        kept = self._kept.get(feed)
        if kept is None or kept.subject != subject or now < kept.at or (kept.until and now > kept.until):
            return None
        changes = self._changed(kept.at - ON_ITS_WAY, MOST_CHANGES)
        if len(changes) >= MOST_CHANGES or any(kept.is_touched_by(each, feed.subject) for each in changes):
            return None
        self.remember(feed, replace(kept, at=now))
        return kept.tag

    def remember(self, feed: TaggedFeed, tagged: Tagged) -> None:
        self._kept.put(feed, tagged)
