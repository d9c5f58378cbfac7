"""A real SMTP server refuses a recipient: which words let the address be from then on, and which do not."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from services.notify.adapters.smtp_postman import SmtpPostman
from services.notify.domain.admin.suppression import Suppression, suppression_id
from services.notify.domain.notification import Notification
from tests.integration.notify_mail_server import MailServer
from tests.integration.test_notify_smtp import ACCOUNT
from tests.unit.notify.test_mailing import RESPONSIBLE
from tests.unit.notify.test_suppressed_addresses import Careful


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer().running() as running:
        yield running


@pytest.fixture
def office(server: MailServer) -> Careful:
    return Careful(by_smtp=SmtpPostman(replace(ACCOUNT, port=server.port), 5.0))


def suppression(office: Careful) -> Suppression | None:
    identity = suppression_id(office.people.known[RESPONSIBLE])
    return office.suppressions.named([identity]).get(identity)


def told_of(office: Careful, title: str) -> Notification:
    """Of one event more."""
    before = set(office.notifications.kept)
    office.happens(title=title)
    office.round()
    (new,) = office.notifications.kept.keys() - before
    return office.notifications.load(new).state


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("550 5.1.1 no such user", "smtp 550 5.1.1"),
        ("550-5.1.1 The account does not exist.\r\n550 5.1.1 See the help.", "smtp 550 5.1.1"),
        ("550 #5.1.1 Address rejected", "smtp 550 5.1.1"),
        ("550 5.1.10 Recipient not found", "smtp 550 5.1.10"),
        ("556 5.1.10 the domain takes no mail", "smtp 556 5.1.10"),
        ("550 5.2.1 the mailbox is disabled", "smtp 550 5.2.1"),
    ],
)
def test_where_nobody_is_the_address_is_let_be_until_it_is_released(
    said: str, reason: str, server: MailServer, office: Careful
) -> None:
    server.to_recipient = [said]
    office.round()
    held = suppression(office)
    assert (office.one.state, held and held.state, held and held.reason) == ("undelivered", "suppressed", reason)
    assert told_of(office, "Another").deliveries[0].reason == "address-suppressed"
    assert (server.connections, server.taken) == (1, [])
    office.release()
    assert told_of(office, "A third").state == "sent"


@pytest.mark.parametrize(
    "said",
    [
        "550 5.7.1 rejected by policy",
        "550 5.7.1 the address 5.1.1 is blocked",
        "550 5.7.26 not authenticated",
        "550 Client host [15.1.1.3] is blocked",
        "550 5.1.1.3 is on a list",
        "550 mail from 192.5.1.1 is refused",
        "550 no such user",
        "552 5.2.2 the mailbox is full",
        "550 5.1.8 the sender's domain does not exist",
        "450 4.1.1 unknown for now",
        "450 5.1.1 unknown for now",
    ],
)
def test_any_other_refusal_says_nothing_about_the_next_mail(said: str, server: MailServer, office: Careful) -> None:
    server.to_recipient = [said]
    office.round()
    assert office.one.state in ("undelivered", "delivery_attempted")
    assert suppression(office) is None
    assert told_of(office, "Another").state == "sent"


def test_a_server_that_looks_only_when_the_message_has_come_is_believed_as_well(
    server: MailServer, office: Careful
) -> None:
    server.to_message = ["550 5.1.1 no such user"]
    office.round()
    held = suppression(office)
    assert held
    assert held.holds
