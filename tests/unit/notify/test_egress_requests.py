"""Servers that mean harm, or do it: each request fails by name, and in time."""

import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import requests
import trustme

from services.notify.adapters.egress import (
    AddressGuard,
    GuardedHttp,
    Limits,
    RequestFailed,
    guarded_session,
    tls_context,
)
from tests.https_receiver import NAME, Answer, Receiver, ca_file, receiver, says, status
from tests.unit.notify.test_egress_addresses import resolving

LIMITS = Limits(connect_seconds=0.5, seconds=0.6, request_bytes=1000, answer_bytes=1000)
LOOPBACK = ip_network("127.0.0.0/8")


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    return tls_context(ca_file(tmp_path_factory.mktemp("authority")))


@pytest.fixture
def http(context: ssl.SSLContext) -> GuardedHttp:
    """As an operator runs it who allows loopback, where `receiver.example` is."""
    return GuardedHttp(AddressGuard([LOOPBACK], resolving("127.0.0.1")), context, LIMITS)


@pytest.fixture
def other() -> Iterator[Receiver]:
    with receiver() as running:
        yield running


def why(http: GuardedHttp, address: str, body: bytes = b"{}") -> str:
    with pytest.raises(RequestFailed) as failure:
        http.post(address, {}, body)
    return failure.value.reason


def test_an_answer_comes_back_and_the_request_went_out_as_it_was(http: GuardedHttp, other: Receiver) -> None:
    other.answers = [status(202, "X-Seen: yes\r\n", b"thank you")]
    response = http.post(other.address("/a?b=c"), {"X-Own": "1", "Host": "inner", "Accept-Encoding": "br"}, b"{}")
    assert (response.status, response.headers["x-seen"], response.body) == (202, "yes", b"thank you")
    (request,) = other.received
    assert (request.target, request.body, request.headers["x-own"]) == ("/a?b=c", b"{}", "1")
    assert request.headers["host"] == f"{NAME}:{other.port}"
    assert request.headers["accept-encoding"] == "identity"


HOSTILE: dict[str, tuple[Callable[[Receiver], Answer], str]] = {
    "redirects to metadata": (lambda _: status(302, "Location: https://169.254.169.254/\r\n"), "redirected"),
    "redirects for good": (lambda _: status(308, "Location: https://127.0.0.1:1/\r\n"), "redirected"),
    "has another place to look": (lambda _: status(303, "Location: /\r\n"), "redirected"),
    "has not changed": (lambda _: status(304), "redirected"),
    "says too much": (lambda _: status(200, "", b"x" * 1001), "answer-too-large"),
    "says far too much": (lambda _: status(200, "Content-Type: text/plain\r\n", b"x" * 5_000_000), "answer-too-large"),
    "says too much in chunks": (
        lambda _: says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"400\r\n" + b"x" * 1024 + b"\r\n"),
        "answer-too-large",
    ),
    "never ends": (lambda made: made.drips(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 500), "answer-too-large"),
    "drips a body of unknown length": (lambda made: made.drips(b"HTTP/1.1 200 OK\r\n\r\n", b"x"), "too-slow"),
    "drips a body": (lambda made: made.drips(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b"x"), "too-slow"),
    "drips headers": (lambda made: made.drips(b"HTTP/1.1 200 OK\r\nX: ", b"x"), "too-slow"),
    "drips a status": (lambda made: made.drips(b"HTTP/1.1 2", b"0"), "too-slow"),
    "says to go on for ever": (lambda made: made.drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "too-slow"),
    "says nothing": (lambda made: made.is_silent(), "too-slow"),
    "has too many headers": (lambda _: says(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 101), "broken-answer"),
    "has an endless header": (lambda _: says(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000), "broken-answer"),
    "speaks another protocol": (lambda _: says(b"220 mail.example ESMTP\r\n" * 3), "broken-answer"),
    "leaves in the middle": (lambda _: says(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), "broken-answer"),
    "leaves at once": (lambda _: says(b""), "broken-off"),
    "sends a length that is none": (lambda made: made.drips(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", b"x"),
                                    "too-slow"),
}  # fmt: skip


@pytest.mark.parametrize(("answer", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_server_that_misbehaves_fails_by_name_and_in_time(
    answer: Callable[[Receiver], Answer], reason: str, http: GuardedHttp, other: Receiver
) -> None:
    other.answers = [answer(other)]
    began = monotonic()
    assert why(http, other.address()) == reason
    assert monotonic() - began < 2
    assert len(other.received) == 1


def test_a_request_that_is_too_large_is_never_made(http: GuardedHttp, other: Receiver) -> None:
    assert why(http, other.address(), b"x" * 1001) == "request-too-large"
    assert other.received == []


def _long_ago() -> dict[str, Any]:
    return {"not_before": datetime(2020, 1, 1, tzinfo=UTC), "not_after": datetime(2021, 1, 1, tzinfo=UTC)}


CERTIFICATES: dict[str, Callable[[], tuple[tuple[str, ...], dict[str, Any]]]] = {
    "of another name": lambda: (("other.example",), {}),
    "of a name above": lambda: (("example",), {}),
    "of the address and not of the name": lambda: (("127.0.0.1",), {}),
    "of an authority that nobody knows": lambda: ((), {"issuer": trustme.CA()}),
    "expired": lambda: ((), _long_ago()),
}


@pytest.mark.parametrize("certificate", CERTIFICATES.values(), ids=CERTIFICATES)
def test_a_certificate_that_is_not_right_ends_it_before_anything_is_sent(
    certificate: Callable[[], tuple[tuple[str, ...], dict[str, Any]]], http: GuardedHttp
) -> None:
    names, how = certificate()
    with receiver(*names, **how) as impostor:
        assert why(http, impostor.address()) == "certificate"
        assert impostor.received == []


def test_a_server_without_tls_is_sent_nothing(http: GuardedHttp) -> None:
    with socket.create_server(("127.0.0.1", 0)) as plain:
        # What the system has taken on for it is answered by nobody.
        assert why(http, f"https://{NAME}:{plain.getsockname()[1]}/") == "connect-timeout"


def test_where_nobody_listens_it_is_not_connected(http: GuardedHttp) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    assert why(http, f"https://{NAME}:{port}/") == "not-connected"


class Rebinding:
    """A name server that has another answer each time."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.asked = list(answers), 0

    def __call__(self, _: str, port: int) -> list[tuple[Any, ...]]:
        self.asked += 1
        return [(2, 1, 6, "", (self.answers.pop(0), port))]


def test_a_name_that_is_bound_anew_is_reached_where_it_was_checked(
    context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Rebinding("127.0.0.2", "127.0.0.1", "127.0.0.1")
    by_the_system = socket.getaddrinfo

    def rebound(host: str, *rest: Any, **more: Any) -> Any:
        return by_the_system("127.0.0.1" if host == NAME else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    with receiver(host="127.0.0.2") as checked, receiver(host="127.0.0.1", port=checked.port) as inner:
        http = GuardedHttp(AddressGuard([ip_network("127.0.0.2/32")], names), context, LIMITS)
        assert http.post(checked.address(), {}, b"{}").status == 204
        assert (len(checked.received), len(inner.received), names.asked) == (1, 0, 1)


def test_a_name_that_was_public_when_it_was_registered_is_checked_again(context: ssl.SSLContext) -> None:
    names = Rebinding("93.184.216.34", "127.0.0.1")
    guard = AddressGuard(resolve=names)
    guard.check(f"https://{NAME}/")
    assert why(GuardedHttp(guard, context, LIMITS), f"https://{NAME}/") == "address-not-allowed"


def test_of_several_addresses_the_next_is_tried_where_one_does_not_answer(context: ssl.SSLContext) -> None:
    with receiver() as running:
        http = GuardedHttp(AddressGuard([LOOPBACK], resolving("127.0.0.9", "127.0.0.1")), context, LIMITS)
        assert http.post(running.address(), {}, b"{}").status == 204


@pytest.mark.parametrize("line", ["a\r\nX-Other: b", "a\nb"])
def test_no_header_begins_within_another(line: str, http: GuardedHttp, other: Receiver) -> None:
    with pytest.raises(ValueError, match="Invalid header"):
        http.post(other.address(), {"X-Own": line}, b"{}")
    assert other.received == []


# ---- what speaks `requests`


@pytest.fixture
def session(http: GuardedHttp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> requests.Session:
    """In an environment that would send everything elsewhere and give passwords away."""
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine {NAME} login us password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    return guarded_session(http)


def test_a_session_of_requests_takes_nothing_from_its_surroundings(session: requests.Session, other: Receiver) -> None:
    other.answers = [status(200, "Set-Cookie: seen=1\r\nContent-Type: text/plain; charset=utf-8\r\n", "谢".encode())]
    answer = session.post(other.address(), json={"a": 1}, params={"q": "x"}, verify=False, timeout=1000)
    assert (answer.status_code, answer.text, answer.ok) == (200, "谢", True)
    session.post(other.address(), data={"a": "b"})
    first, second = other.received
    assert (first.target, first.body) == ("/hook?q=x", b'{"a": 1}')
    assert (second.body, second.headers["content-type"]) == (b"a=b", "application/x-www-form-urlencoded")
    assert not {"authorization", "cookie"} & {*first.headers, *second.headers}


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://hospital.example/", "address-not-allowed"),
        ("https://10.0.0.1/", "address-not-allowed"),
        ("https://user:word@receiver.example/", "address-not-allowed"),
        ("https://receiver.example:25/", "address-not-allowed"),
        ("https://0x7f.1/", "address-not-allowed"),
    ],
)
def test_a_session_of_requests_is_guarded(address: str, reason: str, session: requests.Session) -> None:
    with pytest.raises(requests.ConnectionError, match=reason):
        session.post(address, verify=False)


def test_a_session_of_requests_believes_no_certificate_unseen(session: requests.Session) -> None:
    with receiver("other.example") as impostor, pytest.raises(requests.ConnectionError, match="certificate"):
        session.get(impostor.address(), verify=False)


def test_a_session_of_requests_follows_nobody(session: requests.Session, other: Receiver) -> None:
    other.answers = [status(302, f"Location: {other.address('/inner')}\r\n")]
    with pytest.raises(requests.ConnectionError, match="redirected"):
        session.get(other.address(), allow_redirects=True)
    assert [each.target for each in other.received] == ["/hook"]
