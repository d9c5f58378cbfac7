"""A text on its whole way: a published plugin, the guard, TLS, and a service that answers as it likes."""

import socket
import ssl
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import orjson
import pytest

from services.notify.adapters.chat import AppriseMessenger
from services.notify.adapters.egress import AddressGuard, GuardedHttp, Limits, tls_context
from services.notify.application.chat import Text
from services.notify.domain.delivery import LATER, NEVER, TAKEN, Answer
from tests.fakes.chat import ACCOUNTS, FIELDS
from tests.https_receiver import Receiver, ca_file, receiver, says, status
from tests.unit.notify.test_egress_addresses import resolving

WECOM = "qyapi.weixin.qq.com"
LIMITS = Limits(connect_seconds=1, seconds=1, request_bytes=10_000, answer_bytes=1000)
TEXT = Text("wecom", FIELDS["wecom"], "Visit booked: 预订\nhttps://khunjerab.example/visits/vis_1", "zh")
OK = status(200, "Content-Type: application/json\r\n", b'{"errcode": 0, "errmsg": "ok"}')


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    return tls_context(ca_file(tmp_path_factory.mktemp("authority")))


@pytest.fixture
def wecom(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A service by WeCom's name. The one thing that is not as in life: its port 443 is another, on loopback."""
    connect = socket.create_connection
    with receiver(WECOM) as running:

        def connected(address: tuple[str, int], *given: Any) -> socket.socket:
            host, port = address
            return connect((host, running.port if (host, port) == ("127.0.0.1", 443) else port), *given)

        monkeypatch.setattr(socket, "create_connection", connected)
        yield running


def messenger(context: ssl.SSLContext, *allowed: str) -> AppriseMessenger:
    guard = AddressGuard([ip_network(each) for each in allowed], resolving("127.0.0.1"))
    return AppriseMessenger(GuardedHttp(guard, context, LIMITS), ACCOUNTS)


def test_a_text_arrives_whole(wecom: Receiver, context: ssl.SSLContext) -> None:
    wecom.answers = [OK]
    assert messenger(context, "127.0.0.0/8").send(TEXT) == Answer(TAKEN)
    (request,) = wecom.received
    assert request.target == f"/cgi-bin/webhook/send?key={FIELDS['wecom']['key']}"
    assert (request.headers["host"], request.headers["user-agent"]) == (WECOM, "Khunjerab")
    assert orjson.loads(request.body) == {"msgtype": "text", "text": {"content": TEXT.body}}


def test_a_service_that_resolves_to_this_network_is_not_spoken_to(wecom: Receiver, context: ssl.SSLContext) -> None:
    answer = messenger(context).send(TEXT)
    assert (answer.verdict, answer.reason) == (LATER, "address-not-allowed")
    assert wecom.received == []


def test_a_certificate_of_nobody_knows_whom_is_not_taken(wecom: Receiver) -> None:
    answer = messenger(tls_context(), "127.0.0.0/8").send(TEXT)
    assert (answer.verdict, answer.reason, answer.server_away) == (LATER, "certificate", True)
    assert wecom.received == []


def test_a_redirect_is_not_followed(wecom: Receiver, context: ssl.SSLContext) -> None:
    wecom.answers = [status(307, "Location: https://elsewhere.example/\r\n")]
    answer = messenger(context, "127.0.0.0/8").send(TEXT)
    assert (answer.verdict, answer.reason) == (LATER, "redirected")
    assert len(wecom.received) == 1


def test_a_service_that_says_nothing_is_left_in_time(wecom: Receiver, context: ssl.SSLContext) -> None:
    wecom.answers = [wecom.is_silent()]
    answer = messenger(context, "127.0.0.0/8").send(TEXT)
    assert (answer.verdict, answer.reason, answer.server_away) == (LATER, "too-slow", True)


def test_an_endless_answer_is_cut_off(wecom: Receiver, context: ssl.SSLContext) -> None:
    wecom.answers = [says(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + b"x" * 2000)]
    assert messenger(context, "127.0.0.0/8").send(TEXT).reason == "answer-too-large"


def test_a_service_that_breaks_off_has_perhaps_taken_it(wecom: Receiver, context: ssl.SSLContext) -> None:
    """It is sent again: at least once."""
    wecom.answers = [says(b"HTTP/1.1 200 OK\r\nContent-Le"), OK]
    on_its_way = messenger(context, "127.0.0.0/8")
    assert on_its_way.send(TEXT).verdict == LATER
    assert on_its_way.send(TEXT).verdict == TAKEN
    assert len(wecom.received) == 2


def test_a_key_that_is_no_more_is_given_up_at_once(wecom: Receiver, context: ssl.SSLContext) -> None:
    wecom.answers = [status(200, body=b'{"errcode": 93000, "errmsg": "invalid webhook url"}')]
    answer = messenger(context, "127.0.0.0/8").send(TEXT)
    assert (answer.verdict, answer.reason, answer.detail) == (NEVER, "wecom 93000", "invalid webhook url")
