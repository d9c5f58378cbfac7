"""Mail servers that no honest library would write: each says what it likes to whoever connects, and keeps count."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Manners = Callable[["Visitor"], None]


@dataclass
class Visitor:
    """One connection, from the server's side."""

    sock: socket.socket
    heard: list[bytes] = field(default_factory=list)

    def say(self, *lines: str) -> None:
        self.sock.sendall(b"".join(line.encode() + b"\r\n" for line in lines))

    def hear(self) -> bytes:
        """A line of the client's, or what it sent before it hung up."""
        line = b""
        while not line.endswith(b"\n") and (more := self.sock.recv(1)):
            line += more
        self.heard.append(line)
        return line

    def until_gone(self) -> None:
        """Says nothing more, and waits for the client to lose patience."""
        while self.sock.recv(4096):
            pass


@dataclass
class RudeServer:
    port: int
    visitors: list[Visitor] = field(default_factory=list)

    @property
    def heard(self) -> bytes:
        return b"".join(line for visitor in self.visitors for line in visitor.heard)


@contextmanager
def rude_server(manners: Manners) -> Iterator[RudeServer]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = RudeServer(listening.getsockname()[1])
        talking: list[threading.Thread] = []

        def receive(sock: socket.socket) -> None:
            visitor = Visitor(sock)
            server.visitors.append(visitor)
            # The client hangs up on whom it finds rude.
            with sock, suppress(OSError):
                manners(visitor)

        def wait() -> None:
            with suppress(OSError):
                while True:
                    talk = threading.Thread(target=receive, args=(listening.accept()[0],), daemon=True)
                    talk.start()
                    talking.append(talk)

        waiting = threading.Thread(target=wait, daemon=True)
        waiting.start()
        yield server
        listening.shutdown(socket.SHUT_RDWR)
        waiting.join(5)
        for talk in talking:
            talk.join(5)


def greeted(visitor: Visitor, *extensions: str) -> None:
    """The usual beginning of a conversation."""
    visitor.say("220 rude")
    visitor.hear()
    visitor.say(*(f"250-{each}" for each in extensions), "250 done")
