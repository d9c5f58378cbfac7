"""What is kept of a thing from its events, each with its full state: the same in whatever order they come, and however
often.

Facts are the newest event's. Since when something is known is the earliest of all events'.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from typing import Any, Self, TypeVar

from chassis.kernel.decision import Decision
from services.notify.domain.lines import Facts


@dataclass(frozen=True)
class Heard:
    """An event with the full state of `about`, and where it stands among the others: `sequence` (CloudEvents).

    `event`, `type`: its id, and what kind of event it is.
    """

    about: str
    sequence: str
    at: datetime
    correlation: str
    traceparent: str | None
    facts: Mapping[str, Any]
    event: str = ""
    type: str = ""


@dataclass(frozen=True)
class Known:
    """Since when it has been known that something is where `anchor` says: the earliest event that says so."""

    anchor: str
    since: datetime


@dataclass(frozen=True)
class Following:
    """Facts and chain are those of the newest event, whatever came after it; none where nothing is to come.

    `known`: in the order of the anchors.
    """

    id: str
    about: str
    sequence: str = ""
    correlation: str = ""
    traceparent: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    known: tuple[Known, ...] = ()

    def anchors(self, facts: Facts) -> Collection[str]:
        """What the facts have that is waited for, each by a name that it keeps while it stands where it does."""
        raise NotImplementedError

    def noting(self, heard: Heard, *, is_newest: bool) -> Self:  # noqa: ARG002 (for those that note more)
        """What else is kept of an event, whichever is the newest."""
        return self

    def news(self, after: Self) -> tuple[Any, ...]:  # noqa: ARG002 (for those of which others are told)
        """What others are told of the change to `after`."""
        return ()

    @property
    def since(self) -> Mapping[str, datetime]:
        """Since when each anchor has been known."""
        return {each.anchor: each.since for each in self.known}


Follows = TypeVar("Follows", bound=Following)


def hear(before: Follows, news: Sequence[Heard]) -> Decision[Follows] | None:
    """What is kept after events, in any order; `None` where they change nothing of it."""
    after = reduce(_having_heard, news, before)
    return None if after == before else Decision(after, what="heard of", events=before.news(after))


def _having_heard(before: Follows, heard: Heard) -> Follows:
    anchors = before.anchors(heard.facts)
    known = _earliest((*before.known, *(Known(anchor, heard.at) for anchor in anchors)))
    if heard.sequence <= before.sequence:
        return replace(before, known=known).noting(heard, is_newest=False)
    newest = replace(
        before,
        sequence=heard.sequence,
        correlation=heard.correlation,
        traceparent=heard.traceparent,
        # Of what is over nothing is kept that speaks of people.
        facts=heard.facts if anchors else {},
        known=known,
    )
    return newest.noting(heard, is_newest=True)


def _earliest(known: Iterable[Known]) -> tuple[Known, ...]:
    since: dict[str, Known] = {}
    for each in known:
        since[each.anchor] = min(each, since.get(each.anchor, each), key=lambda known: known.since)
    return tuple(since[anchor] for anchor in sorted(since))
