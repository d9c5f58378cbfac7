"""A mailbox over IMAP (RFC 3501, MOVE of RFC 6851, UIDPLUS of RFC 4315).

A message is fetched without being marked (BODY.PEEK), so that one whose handling a crash cut short comes again. Its id
is made of UIDVALIDITY and UID: after the server has numbered anew, what was meant before names no other message.
"""

import imaplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from chassis.kernel.errors import Unavailable
from chassis.mailbox.imap_answers import delimiter_in, message_in, number_in, words_in
from chassis.mailbox.received import MOST_BYTES, Received

REFUSED = ("Khunjerab", "refused")
"""The folder for what is refused, and the one it is in."""
_WHOLE = f"(BODY.PEEK[]<0.{MOST_BYTES + 1}>)"
AWAY = (imaplib.IMAP4.error, OSError, ssl.SSLError, EOFError)
Answer = TypeVar("Answer")


class MailboxAway(Unavailable):
    """The mail server does not answer, or not as it should. Facts: `server`, `why`."""


@dataclass(frozen=True)
class MailServer:
    """`encrypted`: TLS from the first byte on, its certificate checked. `timeout`: seconds for each answer."""

    host: str
    port: int
    login: str
    password: str = field(repr=False)
    encrypted: bool = True
    folder: str = "INBOX"
    timeout: float = 20.0


class ImapMailbox:
    """`Mailbox` on a mail server. It connects when it is first asked, and again where the connection was lost."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._connection: imaplib.IMAP4 | None = None
        self._validity = ""

    def unseen(self, limit: int) -> Iterator[Received]:
        uids = self._asking(self._unseen)
        for uid in sorted(uids, key=int)[:limit]:
            raw = self._asking(partial(_fetched, uid=uid.decode()))
            if raw is not None:
                yield Received(f"{self._validity}.{uid.decode()}", raw)

    def seen(self, message: str) -> None:
        self._on(message, lambda imap, uid: _ok(imap.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")))

    def refuse(self, message: str) -> None:
        self._on(message, _move)

    def close(self) -> None:
        """Says goodbye, if anybody is there to hear it."""
        if self._connection:
            with suppress(*AWAY):
                self._connection.logout()
        self._connection = None

    def _on(self, message: str, act: Callable[[imaplib.IMAP4, str], object]) -> None:
        """Acts on one message, unless the server has numbered them anew since."""
        validity, _, uid = message.partition(".")
        self._asking(lambda imap: act(imap, uid) if validity == self._validity else None)

    def _asking(self, ask: Callable[[imaplib.IMAP4], Answer]) -> Answer:
        """Asks; over a new connection if the one that there was is lost: servers close what is idle."""
        if self._connection:
            with suppress(*AWAY):
                return ask(self._connection)
            self.close()
        try:
            return ask(self._connected())
        except AWAY as error:
            self.close()
            raise MailboxAway(server=self._server.host, why=type(error).__name__) from None

    def _connected(self) -> imaplib.IMAP4:
        server = self._server
        if server.encrypted:
            context = ssl.create_default_context()
            imap: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                server.host, server.port, ssl_context=context, timeout=server.timeout
            )
        else:
            imap = imaplib.IMAP4(server.host, server.port, timeout=server.timeout)
        self._connection = imap
        imap.login(server.login, server.password)
        self._select(imap)
        return imap

    def _unseen(self, imap: imaplib.IMAP4) -> list[bytes]:
        # Anew each time: a server may go on showing a folder as it was when it was selected.
        self._select(imap)
        return words_in(_ok(imap.uid("SEARCH", "UNSEEN")))

    def _select(self, imap: imaplib.IMAP4) -> None:
        _ok(imap.select(f'"{self._server.folder}"'))
        self._validity = number_in(imap.response("UIDVALIDITY"))


_NONE = '""'


def _ok(answered: tuple[str, Any]) -> list[Any]:
    status, lines = answered
    if status != "OK":
        raise imaplib.IMAP4.error(status)
    return list(lines)


def _fetched(imap: imaplib.IMAP4, uid: str) -> bytes | None:
    return message_in(_ok(imap.uid("FETCH", uid, _WHOLE)))


def _move(imap: imaplib.IMAP4, uid: str) -> None:
    """Into the folder for what is refused, at once where the server can; else a crash in between leaves it in both."""
    folder = f'"{delimiter_in(_ok(imap.list(_NONE, _NONE))).join(REFUSED)}"'
    # It answers NO where the folder is there already.
    imap.create(folder)
    imap.subscribe(folder)
    able = words_in(_ok(imap.capability()))
    if b"MOVE" in able:
        _ok(imap.uid("MOVE", uid, folder))
        return
    _ok(imap.uid("COPY", uid, folder))
    _ok(imap.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen \Deleted)"))
    if b"UIDPLUS" in able:
        # A bare EXPUNGE would remove what others have marked, too.
        _ok(imap.uid("EXPUNGE", uid))
