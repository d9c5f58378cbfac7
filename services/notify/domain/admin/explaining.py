"""Why somebody was told of an event or was not, and why a delivery stands as it does: English sentences.

They name ids, channels, codes and moments; never what a message says, nor an address.
"""

from collections.abc import Mapping

from services.notify.domain.delivery import (
    BOUNCED,
    DELIVERY_ATTEMPTED,
    NOT_SENT,
    QUEUED,
    SENT,
    UNDELIVERED,
    Delivery,
)
from services.notify.domain.holding_back import (
    ADDRESS_SUPPRESSED,
    AWAITS_DIGEST,
    QUIET,
    READ_ALREADY,
    SETTLED,
    SUPERSEDED,
)
from services.notify.domain.limits import DESTINATION_LIMIT, PERSON_LIMIT
from services.notify.domain.lines import Facts
from services.notify.domain.routing import FALLBACK, NOT_WANTED

TOLD, OWN_DEED, NOT_NAMED = "told", "own-deed", "not-named"

NOT_TOLD: Mapping[str, str] = {
    OWN_DEED: "They did it themselves: nobody is told what they did.",
    NOT_NAMED: "No line of the table names them in this event.",
}

_STATES: Mapping[str, str] = {
    SENT: "The server took it.",
    UNDELIVERED: "It was given up: {reason}.",
    BOUNCED: "It came back: {reason}.",
    DELIVERY_ATTEMPTED: "The last attempt failed ({reason}); the next is due at {next_try}.",
    QUEUED: "It waits to be sent; it is looked at from {next_try} on.",
    NOT_SENT: "It was not sent: {reason}.",
}
_REASONS: Mapping[tuple[str, str], str] = {
    (QUEUED, QUIET): "It waits for the end of the reader's quiet hours, at {next_try}.",
    (QUEUED, AWAITS_DIGEST): "It waits for the reader's digest, at {next_try}.",
    (QUEUED, PERSON_LIMIT): "The reader has got so many in this hour that it waits for its turn, at {next_try}.",
    (QUEUED, DESTINATION_LIMIT): "So much went there in this minute that it waits for its turn, at {next_try}.",
    (QUEUED, FALLBACK): "Other channels did not reach the reader; by this one it is due at {next_try}.",
    (QUEUED, "recipient-unknown"): "The exchange has not told of the reader yet; it is looked at again at {next_try}.",
    (NOT_SENT, "recipient-unknown"): "The exchange never told of the reader.",
    (UNDELIVERED, ADDRESS_SUPPRESSED): "The reader's mail address is suppressed: nothing is sent there.",
    (NOT_SENT, NOT_WANTED): "The reader does not want it by this channel.",
    (NOT_SENT, SUPERSEDED): "A later message made it pointless: {detail}.",
    (NOT_SENT, SETTLED): "What it asks for is not awaited any more: it was answered, known or called off by then.",
    (NOT_SENT, READ_ALREADY): "It had been read before the digest was put together.",
    (NOT_SENT, "in-digest"): "It was told in a digest: {detail}.",
}


def why_not_told(person: str, facts: Facts) -> str:
    """The reason, as a word, why an event with these facts is not told to a person to whom it is not told."""
    return OWN_DEED if facts.get("by") == person else NOT_NAMED


def sentence_about(delivery: Delivery) -> str:
    """Why the delivery stands as it does."""
    sentence = _REASONS.get((delivery.state, delivery.reason), _STATES[delivery.state])
    next_try = delivery.next_try.isoformat() if delivery.next_try else "no time"
    return sentence.format(reason=delivery.reason or "no reason was given", detail=delivery.detail, next_try=next_try)
