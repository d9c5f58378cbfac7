"""The delivery of a notification by one channel: its states (Knock's), each attempt, and when the next one comes."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from services.notify.domain.channels import PAUSES

QUEUED, SENT, DELIVERY_ATTEMPTED = "queued", "sent", "delivery_attempted"
UNDELIVERED, NOT_SENT, BOUNCED = "undelivered", "not_sent", "bounced"
WAITING = frozenset({QUEUED, DELIVERY_ATTEMPTED})
"""Something is still to be done about it."""
FAILED = frozenset({UNDELIVERED, BOUNCED})
"""The channel was tried and did not reach the person."""

TAKEN, LATER, NEVER = "taken", "later", "never"

SHORTEST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=6)
PATIENCE = timedelta(days=7)
"""How long a recipient may be unknown here, or a server away, before the message is given up."""


@dataclass(frozen=True)
class Answer:
    """What came of handing a message over: it was taken, may be later, or never will.

    `reason` is a word or the server's code and names nobody; `detail` is what the server said.
    `server_away`: no server could be spoken to, so that other messages would fare no better.
    `nobody_is_there`: whatever else is sent to the address would be refused, too.
    """

    verdict: str
    reason: str = ""
    detail: str = ""
    server_away: bool = False
    nobody_is_there: bool = False


@dataclass(frozen=True)
class Attempt:
    """One attempt and the state that it led to. `counts`: it is one of the few that a message has; where nobody could
    be spoken to, it is not.
    """

    at: datetime
    state: str
    reason: str = ""
    detail: str = ""
    counts: bool = True


@dataclass(frozen=True)
class Delivery:
    """`next_try` is when it is to be looked at; nothing once the message was taken or given up.

    `reason`: why it stands as it does, as a word; `detail`: what belongs to the word, such as an id.
    `resent`: how often somebody had it sent once more.
    """

    channel: str
    state: str = QUEUED
    attempts: tuple[Attempt, ...] = ()
    next_try: datetime | None = None
    reason: str = ""
    detail: str = ""
    resent: int = 0


def after(delivery: Delivery, answer: Answer, *, now: datetime) -> Delivery:
    """The delivery after one more attempt, with the state and the next moment that the answer leads to."""
    pause = _pause(delivery, answer, now)
    state = {TAKEN: SENT, NEVER: UNDELIVERED}.get(answer.verdict, DELIVERY_ATTEMPTED if pause else UNDELIVERED)
    attempt = Attempt(now, state, answer.reason, answer.detail, counts=not answer.server_away)
    next_try = now + pause if pause and state == DELIVERY_ATTEMPTED else None
    attempts = (*delivery.attempts, attempt)
    return replace(delivery, state=state, attempts=attempts, next_try=next_try, reason=answer.reason, detail="")


def _pause(delivery: Delivery, answer: Answer, now: datetime) -> timedelta | None:
    """How long until the next attempt; nothing where this was the last.

    That nobody could be spoken to is no fault of the message: for as long as patience lasts it costs none of its few.
    """
    pauses, spent = PAUSES[delivery.channel], [each for each in delivery.attempts if each.counts]
    if answer.server_away:
        return pauses[0] if now - _away_since(delivery, now) <= PATIENCE else None
    return pauses[len(spent)] if len(spent) < len(pauses) else None


def _away_since(delivery: Delivery, now: datetime) -> datetime:
    """When nobody could be spoken to for the first time since somebody could."""
    in_vain = takewhile(lambda each: each.state == DELIVERY_ATTEMPTED and not each.counts, reversed(delivery.attempts))
    return min((each.at for each in in_vain), default=now)


def awaiting(delivery: Delivery, *, since: datetime, now: datetime) -> Delivery:
    """The delivery put off because nobody here knows the recipient yet: as long again as it has waited already.

    Spends no attempt. Given up as `not_sent` when patience ends.
    """
    waited = now - since
    if waited > PATIENCE:
        return dropped(delivery, "recipient-unknown")
    return held(delivery, now + min(max(waited, SHORTEST_WAIT), LONGEST_WAIT), "recipient-unknown")


def held(delivery: Delivery, until: datetime, reason: str) -> Delivery:
    """The delivery left alone until a moment. Spends no attempt."""
    return replace(delivery, next_try=until, reason=reason, detail="")


def dropped(delivery: Delivery, reason: str, detail: str = "") -> Delivery:
    """The delivery given up before it was handed over: `not_sent`, for the reason."""
    return replace(delivery, state=NOT_SENT, next_try=None, reason=reason, detail=detail)
