"""The mailbox that replies come to, on a real IMAP server."""

import imaplib
import socket
import time
from collections.abc import Iterator

import pytest

from chassis.mailbox import MOST_BYTES, ImapMailbox, MailboxAway
from services.exchange.adapters.icalendar.mail import calendar_of
from tests.integration.imap_server import FOLDER, PASSWORD, ImapServer, imap_server
from tests.unit.exchange.given_mail import mailed
from tests.unit.exchange.given_replies import reply

FIRST, SECOND = mailed(reply()), mailed(reply(partstat="DECLINED"))
REFUSED = "Khunjerab/refused"


@pytest.fixture(scope="module")
def running() -> Iterator[ImapServer]:
    with imap_server() as server:
        yield server


@pytest.fixture
def server(running: ImapServer) -> ImapServer:
    """With an empty mailbox."""
    imap = running.looking()
    for folder in (FOLDER, REFUSED, "Khunjerab"):
        imap.delete(f'"{folder}"')
    imap.create(FOLDER)
    return running


@pytest.fixture
def mailbox(server: ImapServer) -> Iterator[ImapMailbox]:
    opened = ImapMailbox(server.settings())
    yield opened
    opened.close()


def test_what_is_unseen_comes_oldest_first_and_as_it_was_sent(server: ImapServer, mailbox: ImapMailbox) -> None:
    server.put(FIRST, SECOND)
    assert [each.raw for each in mailbox.unseen(10)] == [FIRST, SECOND]
    assert calendar_of(next(mailbox.unseen(1)).raw).content == reply()


def test_what_nobody_marked_comes_again_because_a_crash_may_have_cut_it_short(
    server: ImapServer, mailbox: ImapMailbox
) -> None:
    server.put(FIRST)
    assert list(mailbox.unseen(10)) == list(mailbox.unseen(10)) != []
    assert server.flags() == [(FIRST, False)]


def test_what_is_dealt_with_stays_there_and_does_not_come_again(server: ImapServer, mailbox: ImapMailbox) -> None:
    server.put(FIRST, SECOND)
    first, second = mailbox.unseen(10)
    mailbox.seen(first.id)
    assert list(mailbox.unseen(10)) == [second]
    assert server.flags() == [(FIRST, True), (SECOND, False)]


def test_no_more_than_asked_for_come_at_once(server: ImapServer, mailbox: ImapMailbox) -> None:
    server.put(FIRST, SECOND)
    assert len(list(mailbox.unseen(1))) == 1


def test_what_comes_while_the_connection_stands_is_seen(server: ImapServer, mailbox: ImapMailbox) -> None:
    assert list(mailbox.unseen(10)) == []
    server.put(FIRST)
    assert len(list(mailbox.unseen(10))) == 1


@pytest.mark.parametrize("lacking", ["", "MOVE", "MOVE UIDPLUS"])
def test_what_is_refused_is_kept_in_a_folder_of_its_own(
    server: ImapServer, mailbox: ImapMailbox, lacking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = imaplib.IMAP4.capability

    def without(imap: imaplib.IMAP4) -> tuple[str, list[bytes]]:
        status, lines = told(imap)
        return status, [b" ".join(each for each in lines[-1].split() if each.decode() not in lacking.split())]

    monkeypatch.setattr(imaplib.IMAP4, "capability", without)
    server.put(FIRST, SECOND)
    for each in list(mailbox.unseen(10)):
        mailbox.refuse(each.id)
    assert list(mailbox.unseen(10)) == []
    # Unseen there, so that somebody sees them.
    assert server.flags(REFUSED) == [(FIRST, False), (SECOND, False)]
    # Without UIDPLUS only marked as deleted: an EXPUNGE would take what others marked.
    assert len(server.flags()) == (2 if "UIDPLUS" in lacking else 0)


def test_a_message_that_somebody_removed_is_left_alone(server: ImapServer, mailbox: ImapMailbox) -> None:
    server.put(FIRST, SECOND)
    first, _ = mailbox.unseen(10)
    coming = mailbox.unseen(10)
    imap = server.looking(FOLDER)
    imap.store("1", "+FLAGS", r"(\Deleted)")
    imap.expunge()
    mailbox.seen(first.id)
    mailbox.refuse(first.id)
    assert [each.raw for each in coming] == [SECOND]
    assert server.flags() == [(SECOND, False)]


def test_a_connection_that_was_lost_is_made_again(server: ImapServer, mailbox: ImapMailbox) -> None:
    server.put(FIRST)
    [first] = mailbox.unseen(10)
    assert mailbox._connection
    mailbox._connection.shutdown()
    mailbox.seen(first.id)
    assert list(mailbox.unseen(10)) == []


def test_a_connection_lost_between_two_messages_loses_none(server: ImapServer, mailbox: ImapMailbox) -> None:
    server.put(FIRST, SECOND)
    coming = mailbox.unseen(10)
    assert next(coming).raw == FIRST
    assert mailbox._connection
    mailbox._connection.shutdown()
    assert next(coming).raw == SECOND


def test_an_id_from_before_the_server_numbered_anew_names_nothing() -> None:
    with imap_server() as before:
        mailbox = ImapMailbox(before.settings())
        before.put(FIRST)
        [first] = mailbox.unseen(10)
    with pytest.raises(MailboxAway):
        mailbox.seen(first.id)
    with imap_server(before.port) as after:
        after.put(SECOND)
        mailbox.seen(first.id)
        mailbox.refuse(first.id)
        assert [each.raw for each in mailbox.unseen(10)] == [SECOND]
        mailbox.close()


def test_of_a_huge_message_only_so_much_is_fetched_as_shows_that_it_is_too_large(
    server: ImapServer, mailbox: ImapMailbox
) -> None:
    server.put(FIRST + b"x\r\n" * MOST_BYTES)
    assert [len(each.raw) for each in mailbox.unseen(1)] == [MOST_BYTES + 1]


@pytest.mark.parametrize("different", [{"password": "wrong"}, {"folder": "Nowhere"}, {"encrypted": True}])
def test_a_mailbox_that_does_not_let_us_in_is_away(server: ImapServer, different: dict[str, object]) -> None:
    with pytest.raises(MailboxAway) as caught:
        list(ImapMailbox(server.settings(**different)).unseen(1))
    assert caught.value.facts["server"] == "127.0.0.1"
    assert PASSWORD not in str(caught.value)
    assert PASSWORD not in repr(server.settings())


def test_a_server_that_says_nothing_is_waited_for_no_longer_than_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mailbox = ImapMailbox(ImapServer(silent.getsockname()[1]).settings(timeout=0.2))
        began = time.monotonic()
        with pytest.raises(MailboxAway):
            list(mailbox.unseen(1))
        assert time.monotonic() - began < 5.0
