"""One connection to an address that was checked."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPSConnection

from services.notify.adapters.egress.place import Place
from services.notify.adapters.egress.public import IpAddress


class CheckedConnection(HTTPSConnection):
    """Goes to `address` and nowhere else; names the place's host to the server, and holds its certificate to it."""

    def __init__(self, place: Place, address: IpAddress, context: ssl.SSLContext, timeout: float) -> None:
        super().__init__(place.host, place.port, timeout=timeout, context=context)
        self._address, self._tls, self._seconds = address, context, timeout
        self._wire: socket.socket | None = None
        self.was_cut = False

    def connect(self) -> None:
        """Opens the connection. Raises `OSError`: `TimeoutError`, `ssl.SSLError` and others."""
        # A literal: nothing is resolved here.
        wire = socket.create_connection((str(self._address), self.port), self._seconds)
        self._wire = wire
        try:
            self.sock = tls = self._tls.wrap_socket(wire, server_hostname=self.host, do_handshake_on_connect=False)
            self._wire = tls
            tls.do_handshake()
        except BaseException:
            self._wire.close()
            raise

    @contextmanager
    def cut_after(self, seconds: float) -> Iterator[None]:
        """Within, the connection lasts so long and no longer, however steadily its other end drips."""
        watch = threading.Timer(max(seconds, 0.0), self._cut)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()
            self.close()

    def _cut(self) -> None:
        self.was_cut = True
        if self._wire is not None:
            # The plain socket's own: that of TLS would take the connection apart under whoever is reading.
            with suppress(OSError):
                socket.socket.shutdown(self._wire, socket.SHUT_RDWR)
