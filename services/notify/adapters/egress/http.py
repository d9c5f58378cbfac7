"""Requests to addresses that users typed, each through the guard."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, IncompleteRead
from time import monotonic

from chassis.kernel.errors import KhunjerabError
from services.notify.adapters.egress.guard import AddressGuard, NameNotResolved
from services.notify.adapters.egress.place import Place
from services.notify.adapters.egress.public import IpAddress
from services.notify.adapters.egress.wire import CheckedConnection
from services.notify.domain.addresses import AddressNotAllowed

_OURS = frozenset({"host", "content-length", "connection", "accept-encoding", "transfer-encoding"})
"""Headers that the connection itself says; a caller's are left out."""


@dataclass(frozen=True)
class Limits:
    """Seconds to connect, TLS included, to one address and for the whole; bytes of what is sent and of an answer."""

    connect_seconds: float = 5.0
    seconds: float = 10.0
    request_bytes: int = (1 << 20) + (1 << 16)
    answer_bytes: int = 1 << 16


@dataclass(frozen=True)
class Response:
    """Any answer but a redirect. Names of `headers` are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class RequestFailed(KhunjerabError):
    """No answer, or one that is not taken. Facts: `reason`, `detail`.

    `address-not-allowed`, `name-not-resolved`, `request-too-large`, `connect-timeout`, `not-connected`, `tls`,
    `certificate` (expired, of another name, of an authority that nobody here knows), `too-slow`, `broken-off`,
    `broken-answer`, `answer-too-large`, `redirected`.
    """

    @property
    def reason(self) -> str:
        return str(self.facts["reason"])

    @property
    def detail(self) -> str:
        return str(self.facts["detail"])


def failed(reason: str, detail: object = "") -> RequestFailed:
    return RequestFailed(reason=reason, detail=str(detail))


def tls_context(ca_file: str = "") -> ssl.SSLContext:
    """Verifies against the authorities that the system knows, and those in a PEM file. Raises `OSError`."""
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


class GuardedHttp:
    """Each request stands alone: nothing is kept of one for the next. Safe among threads."""

    def __init__(self, guard: AddressGuard, context: ssl.SSLContext, limits: Limits | None = None) -> None:
        self._guard, self._context, self._limits = guard, context, limits or Limits()

    def post(self, address: str, headers: Mapping[str, str], body: bytes) -> Response:
        """Posts the body. Raises `RequestFailed`, and nothing else that the address or its server is to blame for."""
        return self.request("POST", address, headers, body)

    def request(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Response:
        """Makes one request. Raises `RequestFailed`."""
        ends = monotonic() + self._limits.seconds
        if len(body) > self._limits.request_bytes:
            raise failed("request-too-large", len(body))
        place, found = self._checked(address)
        connection = self._connected(place, found, ends)
        with connection.cut_after(ends - monotonic()):
            own = {name: value for name, value in headers.items() if name.lower() not in _OURS}
            try:
                response = self._answer(connection, method, place.target, own, body)
            except (OSError, HTTPException) as error:
                raise _broken(connection, error) from None
            if connection.was_cut:
                # Cut off, it may look like the end of an answer.
                raise failed("too-slow")
        return response

    def _checked(self, address: str) -> tuple[Place, list[IpAddress]]:
        try:
            return self._guard.checked(address)
        except AddressNotAllowed as refused:
            raise failed("address-not-allowed", refused.facts["because"]) from None
        except NameNotResolved:
            raise failed("name-not-resolved") from None

    def _connected(self, place: Place, found: list[IpAddress], ends: float) -> CheckedConnection:
        """To the first address that answers; nothing has been sent to those before it."""
        failure = failed("connect-timeout")
        for address in found:
            seconds = min(self._limits.connect_seconds, ends - monotonic())
            if seconds <= 0:
                break
            connection = CheckedConnection(place, address, self._context, seconds)
            try:
                connection.connect()
            except OSError as error:
                failure = _not_connected(error)
                continue
            return connection
        raise failure

    def _answer(
        self, connection: CheckedConnection, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> Response:
        connection.sock.settimeout(self._limits.seconds)
        connection.request(method, target, body, headers)
        with connection.getresponse() as answer:
            if 300 <= answer.status < 400:
                raise failed("redirected", answer.status)
            content = answer.read(self._limits.answer_bytes + 1)
            if len(content) > self._limits.answer_bytes:
                raise failed("answer-too-large")
            if answer.length:
                raise IncompleteRead(content, answer.length)
        return Response(answer.status, {name.lower(): value for name, value in answer.getheaders()}, content)


def _not_connected(error: OSError) -> RequestFailed:
    if isinstance(error, ssl.SSLCertVerificationError):
        return failed("certificate", error.verify_message)
    if isinstance(error, TimeoutError):
        return failed("connect-timeout")
    if isinstance(error, ssl.SSLError):
        return failed("tls", error.reason or "")
    return failed("not-connected", type(error).__name__)


def _broken(connection: CheckedConnection, error: Exception) -> RequestFailed:
    if connection.was_cut or isinstance(error, TimeoutError):
        return failed("too-slow")
    return failed("broken-off" if isinstance(error, OSError) else "broken-answer", type(error).__name__)
