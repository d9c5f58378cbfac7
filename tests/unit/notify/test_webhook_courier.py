"""What goes over the wire to a webhook: signed so that the published library takes it, and nothing else does."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from standardwebhooks import Webhook as Published
from standardwebhooks import WebhookVerificationError

from chassis.clock import SystemClock
from services.notify.adapters.egress import AddressGuard, GuardedHttp, Limits, Response, tls_context
from services.notify.adapters.webhook_courier import SecretMaker, WebhookCourier, judged, signed
from services.notify.application.webhooks import Posting
from services.notify.domain.webhooks.delivery import GONE_FOR_GOOD, LATER, TAKEN, Answer
from tests.event_factory import make_event
from tests.https_receiver import ca_file, status
from tests.unit.notify.test_egress_addresses import resolving
from tests.webhook_receiver import Verifying, verified, verifying_receiver

NEW, OLD = SecretMaker().new(), SecretMaker().new()
BODY = json.dumps(make_event("exchange.visit.booked.v1", purpose="بازدید 访问"), ensure_ascii=False)


@pytest.fixture
def other() -> Iterator[Verifying]:
    with verifying_receiver() as running:
        running.secret = NEW
        yield running


@pytest.fixture
def courier(tmp_path: Path) -> WebhookCourier:
    guard = AddressGuard([ip_network("127.0.0.1/32")], resolving("127.0.0.1"))
    return WebhookCourier(GuardedHttp(guard, tls_context(ca_file(tmp_path)), Limits(seconds=2)), SystemClock())


def posting(other: Verifying, *secrets: str) -> Posting:
    return Posting("whd_1", other.address, BODY, secrets or (NEW,))


def test_a_receiver_with_the_secret_takes_it_as_it_was_and_once(courier: WebhookCourier, other: Verifying) -> None:
    for _ in range(2):
        assert courier.send(posting(other)) == Answer(TAKEN, status=204)
    assert other.events == {"whd_1": json.loads(BODY)}
    assert other.again == ["whd_1"]
    headers = other.server.received[0].headers
    assert headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert headers["user-agent"].startswith("Khunjerab")


def test_while_a_secret_changes_either_verifies_and_a_third_does_not(courier: WebhookCourier, other: Verifying) -> None:
    courier.send(posting(other, NEW, OLD))
    (request,) = other.server.received
    assert len(request.headers["webhook-signature"].split(" ")) == 2
    for secret in (NEW, OLD):
        assert verified(secret, request) == json.loads(BODY)
    with pytest.raises(WebhookVerificationError):
        verified(SecretMaker().new(), request)


@pytest.mark.parametrize("change", ["body", "id", "timestamp", "signature"])
def test_what_somebody_changed_on_the_way_is_not_taken(change: str, courier: WebhookCourier, other: Verifying) -> None:
    courier.send(posting(other))
    (request,) = other.server.received
    later = str(int(request.headers["webhook-timestamp"]) + 1)
    changed = {
        "body": replace(request, body=request.body.replace(b"booked", b"bowled")),
        "id": replace(request, headers={**request.headers, "webhook-id": "whd_2"}),
        "timestamp": replace(request, headers={**request.headers, "webhook-timestamp": later}),
        "signature": replace(request, headers={**request.headers, "webhook-signature": "v1,AAAA"}),
    }[change]
    with pytest.raises(WebhookVerificationError):
        verified(NEW, changed)


@pytest.mark.parametrize("off", [timedelta(minutes=-6), timedelta(minutes=6)])
def test_what_was_signed_long_ago_or_is_yet_to_be_is_not_taken(off: timedelta, other: Verifying) -> None:
    headers = signed(posting(other), datetime.now(UTC) + off)
    with pytest.raises(WebhookVerificationError, match="timestamp"):
        Published(NEW).verify(BODY, headers)


def test_the_moment_of_signing_is_an_instant_in_whichever_zone_it_is_given() -> None:
    at = datetime(2026, 2, 3, 10, 0, tzinfo=UTC)
    there = at.astimezone(ZoneInfo("Asia/Shanghai"))
    one = Posting("whd_1", "", BODY, (NEW,))
    assert signed(one, there) == signed(one, at)


def test_secrets_are_as_long_as_they_should_be_and_never_the_same() -> None:
    made = {SecretMaker().new() for _ in range(50)}
    assert len(made) == 50
    assert all(each.startswith("whsec_") and len(Published(each)._whsecret) == 32 for each in made)


PLAIN = {"content-type": "text/plain; charset=utf-8"}


@pytest.mark.parametrize(
    ("code", "headers", "body", "answer"),
    [
        (200, {}, b"ok", Answer(TAKEN, status=200)),
        (299, {}, b"", Answer(TAKEN, status=299)),
        (410, {}, b"", Answer(GONE_FOR_GOOD, "http-410", 410)),
        (400, PLAIN, b"no such\r\nhook", Answer(LATER, "http-400", 400, "no such hook")),
        (404, {"content-type": "text/html"}, b"<h1>no</h1>", Answer(LATER, "http-404", 404)),
        (500, PLAIN, b"x" * 1001, Answer(LATER, "http-500", 500)),
        (500, PLAIN, b"x" * 1000, Answer(LATER, "http-500", 500, "x" * 199 + "…")),
        (503, {"retry-after": "120"}, b"", Answer(LATER, "http-503", 503, wish=timedelta(seconds=120))),
        (429, {"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, b"", Answer(LATER, "http-429", 429)),
        (429, {"retry-after": "-1"}, b"", Answer(LATER, "http-429", 429)),
        (429, {"retry-after": "9" * 99}, b"", Answer(LATER, "http-429", 429)),
        (429, {"retry-after": "٣"}, b"", Answer(LATER, "http-429", 429)),
    ],
)
def test_an_answer_is_judged_by_its_status(code: int, headers: dict[str, str], body: bytes, answer: Answer) -> None:
    assert judged(Response(code, headers, body)) == answer


def test_what_fails_on_the_way_is_tried_again_with_its_reason(courier: WebhookCourier, other: Verifying) -> None:
    other.next_answers = [status(302, "Location: https://169.254.169.254/\r\n"), status(500)]
    assert courier.send(posting(other)) == Answer(LATER, "redirected", detail="302")
    assert courier.send(posting(other)) == Answer(LATER, "http-500", 500)
    inside = replace(posting(other), url="https://10.0.0.1/")
    assert courier.send(inside) == Answer(LATER, "address-not-allowed", detail="not-public")
