"""A mail goes out to a real SMTP server, comes back into a real IMAP mailbox, and is known to have bounced."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chassis.mailbox import ImapMailbox
from services.notify.adapters.bounces import BounceReader, ReturnAddress
from services.notify.adapters.smtp_postman import SmtpPostman
from services.notify.application.collecting_bounces import BouncePost
from services.notify.domain.bounce import Bounce
from tests.alliance import StandingClock
from tests.integration.imap_server import ImapServer, imap_server
from tests.integration.notify_mail_server import MailServer
from tests.integration.test_notify_smtp import ACCOUNT, MAIL
from tests.unit.notify.samples import NOW
from tests.unit.notify.test_reading_bounces import report

ID = "ntf_" + "0123456789abcdef" * 2


@pytest.fixture(scope="module")
def mailbox() -> Iterator[ImapServer]:
    with imap_server() as server:
        yield server


@pytest.mark.parametrize("tagged", [True, False])
def test_what_the_server_cannot_deliver_is_matched_to_the_mail_that_went_out(tagged: bool, mailbox: ImapServer) -> None:
    returns_to = ReturnAddress("bounces@khunjerab.example", tagged)
    with MailServer().running() as server:
        postman = SmtpPostman(replace(ACCOUNT, port=server.port, returns_to=returns_to), 5.0)
        postman.send(replace(MAIL, id=ID))
        postman.hang_up()
    (sender,), (message,) = server.senders, server.taken
    # As a server does that took it and finds no such user: to the envelope's sender, with the headers.
    headers = f"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message['Message-ID']}\r\n"
    mailbox.put(report(to=sender, returned="" if tagged else headers))
    found: list[Bounce] = []
    post = BouncePost(
        ImapMailbox(mailbox.settings()),
        BounceReader(returns_to, "khunjerab.example").read,
        lambda bounce, _: found.append(bounce),
        StandingClock(NOW),
    )
    assert (post.collect(), post.collect()) == (1, 0)
    assert found == [Bounce(ID, "5.1.1", "550 5.1.1 no such user")]
