"""A real IMAP server on loopback: pymap, in a process of its own, with one user and what is put into their mailbox."""

import imaplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from chassis.mailbox import MailServer
from khunjerab.stack.ports import free_port
from tests.probes import eventually

USER, PASSWORD, FOLDER = "khunjerab", "an excellent secret", "Replies"


@dataclass
class ImapServer:
    """The mailbox as somebody else sees it who looks into it, too."""

    port: int
    # Signing in takes a third of a second here.
    _signed_in: imaplib.IMAP4 | None = None

    def settings(self, **different: object) -> MailServer:
        known = {"host": "127.0.0.1", "port": self.port, "login": USER, "password": PASSWORD}
        return MailServer(**{**known, "encrypted": False, "folder": FOLDER, "timeout": 5.0, **different})  # type: ignore[arg-type]

    def looking(self, folder: str = "INBOX") -> imaplib.IMAP4:
        """Into a folder, as it is now."""
        if self._signed_in is None:
            imap = imaplib.IMAP4("127.0.0.1", self.port, timeout=5.0)
            imap.login(USER, PASSWORD)
            self._signed_in = imap
        self._signed_in.select(f'"{folder}"')
        return self._signed_in

    def put(self, *messages: bytes) -> None:
        for message in messages:
            self.looking().append(FOLDER, "", "", message)

    def flags(self, folder: str = FOLDER) -> list[tuple[bytes, bool]]:
        """Each message of the folder: its text, and whether it is marked as seen."""
        _, answered = self.looking(folder).fetch("1:*", "(FLAGS BODY.PEEK[])")
        return [(line[1], b"\\Seen" in line[0]) for line in answered if isinstance(line, tuple)]


@contextmanager
def imap_server(port: int | None = None) -> Iterator[ImapServer]:
    server = ImapServer(port or free_port(set()))
    user = ("--demo-data", "--demo-user", USER, "--demo-password", PASSWORD)
    where = ("--host", "127.0.0.1", "--port", str(server.port), "--no-tls")
    program = "from pymap.main import main; main()"
    with subprocess.Popen((sys.executable, "-c", program, *where, "dict", *user), stderr=subprocess.DEVNULL) as running:
        try:
            eventually(lambda: server.looking().create(FOLDER)[0] == "OK")
            yield server
        finally:
            running.terminate()
