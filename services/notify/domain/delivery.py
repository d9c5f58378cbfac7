"""The delivery of a notification by e-mail: its states (Knock's), each attempt, and when the next one comes."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

QUEUED, SENT, DELIVERY_ATTEMPTED = "queued", "sent", "delivery_attempted"
UNDELIVERED, NOT_SENT = "undelivered", "not_sent"

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""How long after a failed attempt the next one comes; after the last there is none."""

TAKEN, LATER, NEVER = "taken", "later", "never"

SHORTEST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=6)
PATIENCE = timedelta(days=7)
"""How long a recipient may be unknown here before the mail is given up."""


@dataclass(frozen=True)
class Answer:
    """What came of handing a mail over: it was taken, may be later, or never will.

    `reason` is a word or the server's code and names nobody; `detail` is what the server said.
    `server_away`: no server could be spoken to, so that other mails would fare no better.
    """

    verdict: str
    reason: str = ""
    detail: str = ""
    server_away: bool = False


@dataclass(frozen=True)
class Attempt:
    """One attempt and the state that it led to."""

    at: datetime
    state: str
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Email:
    """`next_try` is when it is to be tried; nothing once it was taken or given up."""

    state: str = QUEUED
    attempts: tuple[Attempt, ...] = ()
    next_try: datetime | None = None
    reason: str = ""


def after(email: Email, answer: Answer, *, now: datetime) -> Email:
    """The delivery after one more attempt, with the state and the next moment that the answer leads to."""
    pause = PAUSES[len(email.attempts)] if len(email.attempts) < len(PAUSES) else None
    state = {TAKEN: SENT, NEVER: UNDELIVERED}.get(answer.verdict, DELIVERY_ATTEMPTED if pause else UNDELIVERED)
    attempt = Attempt(now, state, answer.reason, answer.detail)
    next_try = now + pause if pause and state == DELIVERY_ATTEMPTED else None
    return Email(state, (*email.attempts, attempt), next_try, answer.reason)


def awaiting(email: Email, *, since: datetime, now: datetime) -> Email:
    """The delivery put off because nobody here knows the recipient yet: as long again as it has waited already.

    Spends no attempt. Given up as `not_sent` when patience ends.
    """
    waited = now - since
    if waited > PATIENCE:
        return replace(email, state=NOT_SENT, next_try=None, reason="recipient-unknown")
    return replace(email, next_try=now + min(max(waited, SHORTEST_WAIT), LONGEST_WAIT), reason="recipient-unknown")
