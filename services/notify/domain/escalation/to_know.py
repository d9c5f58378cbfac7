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

CAME_OR_NEVER_WILL = ("noshow", "entered-in-error", "arrived", "fulfilled")
"""Of a visit in one of these states nobody who travels has to know anything any more."""

_DEEDS = tuple(f"exchange.visit.{what}.v1" for what in ("rescheduled", "extended", "visitor-withdrew", "cancelled"))


@dataclass(frozen=True)
class ToKnow:
    """`key`: about what and by whom; of several events of which they have to know, the newest counts. What comes later
    and could wait changes nothing: who does not know of this one may travel all the same.

    `asked`: who was told; of several one who knows is enough. `managers`: who is told last. Facts and chain are the
    event's.
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
    sequence: str
    correlation: str
    traceparent: str | None
    facts: Mapping[str, Any]

    @property
    def version(self) -> int:
        """That of the thing, with the event."""
        return int(self.sequence.partition(".")[0])

    def known_by_deeds(self, deeds: Mapping[str, str]) -> bool:
        """Whether one of those asked has changed the thing since."""
        return any(deeds.get(person, "") > self.sequence for person in self.asked)

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
        sequence=heard.sequence,
        correlation=heard.correlation,
        traceparent=heard.traceparent,
        facts=heard.facts,
    )


def standing(facts: Facts) -> str:
    """The state of a visit; empty where it is no visit, of which events with less than the full state are heard."""
    return str(facts["state"]) if "planned_arrival" in facts else ""


def newest_deeds(known: Mapping[str, str], heard: Heard) -> Mapping[str, str]:
    """Who changed a visit themselves knows how it stands from then on: each with their newest event's sequence."""
    by = heard.facts.get("by") if heard.type in _DEEDS else None
    return {**known, by: max(heard.sequence, known.get(by, ""))} if by else known
