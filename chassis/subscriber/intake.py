"""The judgement over each message: handled, kept for later, or not now. Knows no broker and no framework."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from chassis import crashpoints
from chassis.failed_events import FailedEvents
from chassis.failed_events.judging import Judgement, database_is_away, judged
from chassis.metrics import EVENTS_HANDLED
from chassis.subscriber.handling import Batch, Handling

SUSPICIOUS_RETURNS = 2
"""A message that came back unanswered this often may be what ended the process."""
_PATIENCE = 5


class Verdict(Enum):
    """What is to be done with a message."""

    DONE = "acknowledge"
    SUSPECT = "reject, so that the broker moves it to the suspects"
    WAIT = "keep it and ask again: the database is away"


@dataclass(frozen=True)
class Arrival:
    """A message as the core needs it. `returns`: how often its queue had it back. `waited`: how often it got WAIT."""

    body: bytes
    queue: str
    returns: int = 0
    waited: int = 0


class Intake:
    """Takes messages of one subscriber. Whatever it raises is a fault of its own: no event's error comes through."""

    def __init__(self, handling: Handling, failed: FailedEvents) -> None:
        self.handling = handling
        self.failed = failed

    def take(self, arrival: Arrival) -> Verdict:
        """Has the event's effect, or sees to it that it will be tried again or be seen as a dead letter."""
        if arrival.returns >= SUSPICIOUS_RETURNS:
            return Verdict.SUSPECT
        crashpoints.reached("subscriber.before-effect")
        try:
            self.handling(arrival.body)
        except Exception as error:  # noqa: BLE001 (whatever a handler raises is an answer about this one event)
            return self._after_error(arrival, error)
        return _done("handled")

    def take_together(self, batch: Batch, arrivals: Sequence[Arrival]) -> list[Verdict]:
        """The same for many events of one batch handler: all at once, and one by one where that does not go well."""
        if any(arrival.returns for arrival in arrivals):
            return [self.take(arrival) for arrival in arrivals]
        crashpoints.reached("subscriber.before-effect")
        try:
            self.handling.together(batch, [arrival.body for arrival in arrivals])
        except Exception:  # noqa: BLE001 (which of them it was shows when each is taken alone)
            return [self.take(arrival) for arrival in arrivals]
        return [_done("handled") for _ in arrivals]

    def _after_error(self, arrival: Arrival, error: Exception) -> Verdict:
        if database_is_away(error) and not self._only_this_one(arrival):
            return Verdict.WAIT
        return self._kept(arrival, judged(error))

    def _only_this_one(self, arrival: Arrival) -> bool:
        """Whether the database answers everybody else: then waiting longer would block the queue for one event."""
        return arrival.waited >= _PATIENCE and self.failed.answers()

    def _kept(self, arrival: Arrival, judgement: Judgement) -> Verdict:
        try:
            self.failed.store(arrival.body, arrival.queue, judgement)
        except Exception as error:
            if database_is_away(error):
                return Verdict.WAIT
            raise
        crashpoints.reached("subscriber.after-storing-failure")
        EVENTS_HANDLED.labels("dead" if judgement.hopeless else "to-retry").inc()
        return Verdict.DONE


def _done(verdict: str) -> Verdict:
    crashpoints.reached("subscriber.after-effect")
    EVENTS_HANDLED.labels(verdict).inc()
    return Verdict.DONE
