"""One event on its way to one webhook: its states (Knock's), each attempt, and when the next one comes."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chassis.kernel.decision import Decision, Due
from chassis.kernel.ids import derived, document_id

QUEUED, DELIVERY_ATTEMPTED, DELIVERED = "queued", "delivery_attempted", "delivered"
UNDELIVERED, NOT_SENT = "undelivered", "not_sent"
OVER = (DELIVERED, NOT_SENT, UNDELIVERED)

PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""How long after a failed attempt the next one comes; after the last there is none. Source: Standard Webhooks."""

LONGEST_WISH = timedelta(hours=24)
"""A receiver may ask for more patience than a pause has, and for no more than this."""
PATIENCE = timedelta(days=5)
"""What waited for longer is given up at its next failure: while a destination is down, few attempts are made."""

KEPT = {DELIVERED: timedelta(days=30), NOT_SENT: timedelta(days=30), UNDELIVERED: timedelta(days=90)}
"""For how long one is kept, from when it was queued, once it is over."""

TAKEN, LATER, GONE_FOR_GOOD = "taken", "later", "gone"
SEND = "send"


@dataclass(frozen=True)
class Answer:
    """What came of sending: it was taken, is to be tried again, or the receiver wants nothing any more, ever.

    `reason`: a word, such as `http-500` or `too-slow`. `status`: HTTP's, where there was an answer. `detail`: what
    the receiver said, where that was a short plain text. `wish`: how long it asks to be left alone.
    """

    verdict: str
    reason: str = ""
    status: int | None = None
    detail: str = ""
    wish: timedelta | None = None


@dataclass(frozen=True)
class Attempt:
    """One attempt and the state that it led to."""

    at: datetime
    state: str
    reason: str = ""
    status: int | None = None
    detail: str = ""


@dataclass(frozen=True)
class WebhookDelivery:
    """`body` is what is sent, the same at each attempt. `about`: the document that the event is about.

    `next_try` is when it is to be tried; nothing once it is over.
    """

    id: str
    webhook: str
    event: str
    event_type: str
    about: str
    body: str
    queued_at: datetime
    state: str = QUEUED
    attempts: tuple[Attempt, ...] = ()
    next_try: datetime | None = None
    reason: str = ""


def webhook_delivery_id(event_id: str, webhook_id: str) -> str:
    """The same event and webhook give the same id, however often, and in whichever version, the event comes."""
    return document_id("whd", derived(event_id, webhook_id))


def queue(delivery: WebhookDelivery) -> Decision[WebhookDelivery]:
    """To be sent as soon as somebody gets round to it."""
    return Decision(replace(delivery, next_try=delivery.queued_at), what="queued")


def attempted(delivery: WebhookDelivery, answer: Answer, *, now: datetime) -> Decision[WebhookDelivery]:
    """One attempt was made: it is delivered, will be tried again, or is given up."""
    again = None if answer.verdict != LATER else _again(delivery, answer, now)
    state = DELIVERED if answer.verdict == TAKEN else DELIVERY_ATTEMPTED if again else UNDELIVERED
    attempt = Attempt(now, state, answer.reason, answer.status, answer.detail)
    attempts = (*delivery.attempts, attempt)
    tried = replace(delivery, state=state, attempts=attempts, next_try=again, reason=answer.reason)
    return Decision(tried, what=state, why=answer.reason)


def drop(delivery: WebhookDelivery, *, reason: str) -> Decision[WebhookDelivery]:
    """It will not be sent: there is nobody any more to send it to."""
    return Decision(replace(delivery, state=NOT_SENT, next_try=None, reason=reason), what=NOT_SENT, why=reason)


def due(delivery: WebhookDelivery) -> tuple[Due, ...]:
    """The moment at which it is to be tried, while it still is."""
    return (Due(SEND, delivery.next_try),) if delivery.next_try else ()


def _again(delivery: WebhookDelivery, answer: Answer, now: datetime) -> datetime | None:
    made = len(delivery.attempts)
    if made >= len(PAUSES) or now - delivery.queued_at > PATIENCE:
        return None
    return now + max(PAUSES[made], min(answer.wish or PAUSES[made], LONGEST_WISH))
