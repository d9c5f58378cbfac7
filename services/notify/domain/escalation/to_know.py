"""What somebody has to know in time, as the event that tells them said it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.notify.domain.escalation.matters import Matter
from services.notify.domain.following import Heard
from services.notify.domain.lines import Facts
from services.notify.domain.must_be_known import MUST_BE_KNOWN, MustBeKnown
from services.notify.domain.telling import Telling, told

_CAME_OR_NEVER_WILL = ("noshow", "entered-in-error", "arrived", "fulfilled")
_OVER = ("cancelled", *_CAME_OR_NEVER_WILL)

_WITHDREW = "exchange.visit.visitor-withdrew.v1"


@dataclass(frozen=True)
class ToKnow:
    """`key`: about what and by whom; of several events of which they have to know, the newest counts. What comes later
    and could wait changes nothing: who does not know of this one may travel all the same.

    `asked`: who was told; of several one who knows is enough. `managers`: who is told last. `stood`: how the thing
    stood then. Facts and chain are the event's.
    """

    key: str
    event: str
    purpose: str
    site: str
    asked: tuple[str, ...]
    managers: tuple[str, ...]
    since: datetime
    until: datetime
    urgent: bool
    stood: str
    sequence: str
    correlation: str
    traceparent: str | None
    facts: Mapping[str, Any]

    @property
    def version(self) -> int:
        """That of the thing, with the event."""
        return int(self.sequence.partition(".")[0])

    def still_matters(self, stands: str) -> bool:
        """Whether it is to be known while the thing stands so."""
        return self.stood == stands or stands not in _CAME_OR_NEVER_WILL

    @property
    def matter(self) -> Matter:
        """The acknowledgement that is awaited. Nobody but who is told can give it."""
        return Matter(
            anchor=f"{self.key} {self.event}",
            site=self.site,
            asked=self.asked,
            speak=frozenset(),
            managers=self.managers,
            until=self.until,
            urgent=self.urgent,
            purpose=self.purpose,
        )


def to_know(heard: Heard) -> Iterator[ToKnow]:
    """What an event tells that somebody has to know in time."""
    groups: dict[str, list[Telling]] = {}
    for telling in told(heard.type, heard.facts):
        known = MUST_BE_KNOWN.get((telling.purpose, telling.because))
        if known and telling.recipient != heard.facts.get("by"):
            who = telling.because if known.together else telling.recipient
            key = " ".join((known.overdue, who, *known.which(heard.facts)))
            groups.setdefault(key, []).append(telling)
    for key, tellings in groups.items():
        known = MUST_BE_KNOWN[tellings[0].purpose, tellings[0].because]
        if until := known.until(heard.facts, heard.at):
            yield _of(heard, key, tellings, known, until)


def _of(heard: Heard, key: str, tellings: list[Telling], known: MustBeKnown, until: datetime) -> ToKnow:
    return ToKnow(
        key=key,
        event=heard.event,
        purpose=tellings[0].purpose,
        site=known.site(heard.facts),
        asked=tuple(each.recipient for each in tellings),
        managers=tuple(known.managers(heard.facts)),
        since=heard.at,
        until=until,
        urgent=known.urgent,
        stood=standing(heard.facts),
        sequence=heard.sequence,
        correlation=heard.correlation,
        traceparent=heard.traceparent,
        facts=heard.facts,
    )


def standing(facts: Facts) -> str:
    """How a visit stands, as far as it matters to whoever travels: on which days, or that it is over; empty where it is
    no visit, of which events with less than the full state are heard.
    """
    if "planned_arrival" not in facts:
        return ""
    return (
        str(facts["state"]) if facts["state"] in _OVER else f"{facts['planned_arrival']}/{facts['planned_departure']}"
    )


def who_left(heard: Heard) -> tuple[str, ...]:
    """Who withdrew themselves. Of whom others withdrew it is not known whether they know of anything."""
    themselves = heard.type == _WITHDREW and heard.facts["by"] == heard.facts["person"]
    return (heard.facts["person"],) if themselves else ()
