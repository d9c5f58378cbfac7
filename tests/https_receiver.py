"""An https server on loopback whose answers a test decides, byte by byte where it likes."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import trustme

NAME = "receiver.example"
ANSWERED = b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True)
class Received:
    """One request. Names of headers are in lower case."""

    target: str
    headers: Mapping[str, str]
    body: bytes


Answer = Callable[[socket.socket, Received], None]
"""Writes an answer to a connection, as it likes."""


def says(content: bytes) -> Answer:
    """These bytes, whatever was asked."""
    return lambda wire, _: wire.sendall(content)


def status(code: int, headers: str = "", body: bytes = b"") -> Answer:
    """An ordinary answer. `headers`: lines that end in CR LF."""
    return says(f"HTTP/1.1 {code} Said\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body)


@cache
def authority() -> trustme.CA:
    """The authority that signs every receiver's certificate."""
    return trustme.CA()


def ca_file(directory: Path) -> str:
    """A PEM file with that authority, for those who are to trust it."""
    path = directory / "authority.pem"
    authority().cert_pem.write_to_path(str(path))
    return str(path)


@dataclass
class Receiver:
    """`answers`: the next ones; after them each request has `afterwards`. `received`: all that came whole."""

    host: str
    port: int
    answers: list[Answer] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    afterwards: Answer = field(default=lambda wire, _: wire.sendall(ANSWERED))
    over: threading.Event = field(default_factory=threading.Event)

    def address(self, path: str = "/hook", host: str = NAME) -> str:
        return f"https://{host}:{self.port}{path}"

    def drips(self, before: bytes, drop: bytes) -> Answer:
        """Says something, then a little again and again, until the test is over or nobody listens any more."""

        def answer(wire: socket.socket, _: Received) -> None:
            wire.sendall(before)
            while not self.over.wait(0.02):
                wire.sendall(drop)

        return answer

    def is_silent(self) -> Answer:
        """Takes the request and says nothing."""

        def answer(_wire: socket.socket, _request: Received) -> None:
            self.over.wait(30)

        return answer

    def serve(self, wire: socket.socket, context: ssl.SSLContext) -> None:
        """One connection. Whoever leaves in the middle is nobody's trouble."""
        with suppress(OSError, IndexError), context.wrap_socket(wire, server_side=True) as tls:
            request = _read(tls)
            self.received.append(request)
            (self.answers.pop(0) if self.answers else self.afterwards)(tls, request)


@contextmanager
def receiver(
    *names: str, host: str = "127.0.0.1", issuer: trustme.CA | None = None, port: int = 0, **certificate: Any
) -> Iterator[Receiver]:
    """A running receiver, whose certificate is for these names (`NAME` where none is given)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (issuer or authority()).issue_cert(*(names or (NAME,)), **certificate).configure_cert(context)
    with socket.create_server((host, port)) as listening:
        made = Receiver(host, listening.getsockname()[1])
        thread = threading.Thread(target=_accept, args=(listening, made, context), daemon=True)
        thread.start()
        try:
            yield made
        finally:
            made.over.set()
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def _accept(listening: socket.socket, made: Receiver, context: ssl.SSLContext) -> None:
    while True:
        try:
            wire, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=made.serve, args=(wire, context), daemon=True).start()


def _read(tls: ssl.SSLSocket) -> Received:
    with tls.makefile("rb") as reading:
        target = reading.readline().decode().split()[1]
        lines = iter(lambda: reading.readline().decode("latin-1").rstrip("\r\n"), "")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return Received(target, headers, reading.read(int(headers.get("content-length", "0"))))
