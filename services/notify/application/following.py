"""What is kept of things from their events: where it is kept, and how it is brought up to what they say."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.documents import Documents, Loaded
from chassis.kernel.ids import derived
from contracts.envelope import CloudEvent, EventData
from services.notify.domain.calendar_file import taken_out
from services.notify.domain.following import Follows, Heard, hear

Events = Sequence[tuple[CloudEvent, EventData]]


class Followers(Documents[Follows], Protocol[Follows]):
    """One document for each thing that is followed."""

    def about(self, subjects: Iterable[str]) -> dict[str, Loaded[Follows]]:
        """Those about these things, by the things' ids; of what none is kept, nothing."""
        ...


def keep_up(
    events: Events,
    followed: Collection[str],
    kept: Followers[Follows],
    nothing_yet: Callable[[str], Follows],
    now: datetime,
) -> None:
    """Brings every document up to what the events of the `followed` types say, one write each; older events and repeats
    change nothing. `nothing_yet`: the document about a thing of which nothing was heard.

    Raises `WriteConflict` where another process heard something meanwhile.
    """
    heard = _heard(events, followed)
    standing = kept.about(heard) if heard else {}
    for about, news in heard.items():
        _keep(standing.get(about), nothing_yet(about), news, kept, now)


def _heard(events: Events, followed: Collection[str]) -> Mapping[str, list[Heard]]:
    by_subject: dict[str, list[Heard]] = {}
    for event, data in events:
        if event.type in followed:
            by_subject.setdefault(event.subject_id, []).append(_news(event, data))
    return by_subject


def _news(event: CloudEvent, data: EventData) -> Heard:
    facts, _ = taken_out(data.model_dump(mode="json"))
    return Heard(
        event.subject_id,
        event.sequence,
        event.time,
        event.correlationid,
        event.traceparent,
        facts,
        event=event.id,
        type=event.type,
    )


def _keep(
    standing: Loaded[Follows] | None, fresh: Follows, news: list[Heard], kept: Followers[Follows], now: datetime
) -> None:
    decision = hear(standing.state if standing else fresh, news)
    if decision is None:
        return
    after = decision.state
    command_id = derived(after.id, *(heard.sequence for heard in news))
    context = Context(command_id, SYSTEM, now, correlation_id=after.correlation, traceparent=after.traceparent)
    if standing:
        kept.save(standing, decision, context)
    else:
        kept.add(after.id, decision, context)
