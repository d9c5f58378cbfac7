"""SMTP with a server that may be slow, or never come to an end: all that is said about one mail has one time limit.

The library's timeout is one for each wait. A server that says a byte now and then never runs into it, and one that goes
on with its answer for ever fills the memory.
"""

import smtplib
import socket
import ssl
import time
from collections.abc import Callable

MOST_BYTES = 64 * 1024
"""Of one answer. RFC 5321 (4.5.3.1.5) allows 512 in a line."""
_AT_ONCE = 4096


class Patience:
    """How long to wait: `each` answer so many seconds, all for one mail `altogether` so many."""

    def __init__(self, each: float, altogether: float, seconds: Callable[[], float] = time.monotonic) -> None:
        self.each, self._altogether, self._seconds = each, altogether, seconds
        self._ends = 0.0
        self.begin_anew()

    def begin_anew(self) -> None:
        """Another mail."""
        self._ends = self._seconds() + self._altogether

    def left(self) -> float:
        """How long the next wait may take. Raises `TimeoutError` where none is left."""
        left = min(self.each, self._ends - self._seconds())
        if left <= 0:
            raise TimeoutError("the server took too long")
        return left


class _Patient(smtplib.SMTP):
    """`sock` and `file` are the library's own."""

    patience: Patience

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _Answers(self.sock, self.patience)
        if isinstance(self.file, _Answers):
            self.file.begin_anew()
        return super().getreply()

    def send(self, s: bytes | str) -> None:  # type: ignore[override] # the library's stubs know no text here
        if self.sock is not None:
            # Of all that is sent at once, however many pieces the network takes it in.
            self.sock.settimeout(self.patience.left())
        super().send(s)


class PatientSmtp(_Patient):
    def __init__(self, host: str, port: int, name: str | None, patience: Patience) -> None:
        self.patience = patience
        super().__init__(host, port, local_hostname=name, timeout=patience.left())


class PatientSmtpOverTls(_Patient, smtplib.SMTP_SSL):
    def __init__(self, host: str, port: int, name: str | None, context: ssl.SSLContext, patience: Patience) -> None:
        self.patience = patience
        smtplib.SMTP_SSL.__init__(self, host, port, local_hostname=name, timeout=patience.left(), context=context)


class _Answers:
    """The lines that a server says, as the library reads them from a file."""

    def __init__(self, sock: socket.socket, patience: Patience) -> None:
        self._sock, self._patience = sock, patience
        self._said = b""
        self._bytes = 0

    def begin_anew(self) -> None:
        """Another answer."""
        self._bytes = 0

    def readline(self, most: int) -> bytes:
        """Up to the end of a line, or `most` bytes; empty where the server has hung up. Raises `OSError`."""
        while b"\n" not in self._said and len(self._said) < most:
            self._sock.settimeout(self._patience.left())
            more = self._sock.recv(_AT_ONCE)
            if not more:
                break
            self._said += more
        line, self._said = _split(self._said, most)
        self._bytes += len(line)
        if self._bytes > MOST_BYTES:
            raise OSError("the server's answer has no end")
        return line

    def close(self) -> None:
        """The connection is closed by whoever opened it."""


def _split(said: bytes, most: int) -> tuple[bytes, bytes]:
    end = said.find(b"\n", 0, most) + 1 or min(most, len(said))
    return said[:end], said[end:]
