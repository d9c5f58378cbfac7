"""Events posted to webhooks, signed as Standard Webhooks has it.

Source: the Standard Webhooks specification (symmetric signatures, v1), signed by its published library: once for each
secret, the signatures with spaces between them, which is how the specification lets a secret change.
"""

import secrets
from base64 import b64encode
from datetime import UTC, datetime, timedelta

from standardwebhooks import Webhook

from chassis.clock import Clock
from services.notify.adapters.egress import GuardedHttp, RequestFailed, Response
from services.notify.adapters.plain_text import short
from services.notify.application.webhooks import Posting
from services.notify.domain.webhooks.delivery import GONE_FOR_GOOD, LATER, TAKEN, Answer

GONE = 410
LONGEST_DETAIL, MOST_BYTES = 200, 1000
SECRET_BYTES = 32
"""Standard Webhooks asks for 24 to 64."""


class WebhookCourier:
    """`Courier` over https. `clock`: the machine's own, which receivers hold the time of signing against."""

    def __init__(self, http: GuardedHttp, clock: Clock) -> None:
        self._http, self._clock = http, clock

    def send(self, posting: Posting) -> Answer:
        headers = signed(posting, self._clock.now()) | {
            "content-type": "application/cloudevents+json; charset=utf-8",
            "user-agent": "Khunjerab-Webhooks/1",
        }
        try:
            return judged(self._http.post(posting.url, headers, posting.body.encode()))
        except RequestFailed as failure:
            return Answer(LATER, failure.reason, detail=failure.detail)


class SecretMaker:
    """Secrets from the system's own randomness."""

    def new(self) -> str:
        return f"whsec_{b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"


def signed(posting: Posting, at: datetime) -> dict[str, str]:
    """The three headers by which a receiver knows what, when and from whom. `at`: the moment of this attempt."""
    # The library takes whatever zone an instant has for UTC.
    at = at.astimezone(UTC)
    signatures = [Webhook(each).sign(posting.id, at, posting.body) for each in posting.secrets]
    return {
        "webhook-id": posting.id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def judged(response: Response) -> Answer:
    """What an answer means: 2xx took it, 410 wants nothing any more, anything else may be otherwise later."""
    if 200 <= response.status < 300:
        return Answer(TAKEN, status=response.status)
    verdict = GONE_FOR_GOOD if response.status == GONE else LATER
    reason = f"http-{response.status}"
    return Answer(verdict, reason, response.status, _said(response), _wish(response))


def _said(response: Response) -> str:
    """What stands in the answer, where it is plain text and short: anything else may quote what it was sent."""
    is_plain = response.headers.get("content-type", "").split(";")[0].strip().lower() == "text/plain"
    if not is_plain or len(response.body) > MOST_BYTES:
        return ""
    return short(response.body.decode(errors="replace"), LONGEST_DETAIL)


def _wish(response: Response) -> timedelta | None:
    """`Retry-After` in seconds (RFC 9110, 10.2.3). A date is not read: it would need two clocks that agree."""
    text = response.headers.get("retry-after", "")
    return timedelta(seconds=int(text)) if text.isascii() and text.isdigit() and len(text) < 8 else None
