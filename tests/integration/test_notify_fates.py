"""What becomes of a mail, whatever a real mail server does: nothing is lost, and whoever gets it twice can tell."""

from datetime import timedelta
from typing import Any

import pytest

from khunjerab.stack.ports import free_port
from services.notify.adapters.smtp_account import SmtpAccount
from services.notify.adapters.smtp_postman import SmtpPostman
from tests.integration.notify_mail_server import DROP, LOSE, MailServer
from tests.unit.notify.test_mailing import Office

SENDER = "Khunjerab <noreply@khunjerab.example>"
TRIED, SENT, GIVEN_UP = "delivery_attempted", "sent", "undelivered"
DAYS = 2
"""After so many everything has been tried."""


def office_at(port: int) -> Office:
    return Office(postman=SmtpPostman(SmtpAccount("127.0.0.1", port, SENDER), 2.0, 4.0))  # type: ignore[arg-type]


def settled(office: Office) -> list[str]:
    """The states that the attempts led to, after some days of rounds."""
    for _ in range(DAYS * 24):
        office.round()
        office.seconds += 3_600
        office.clock.advance(timedelta(hours=1))
    return [each.state for each in office.one.deliveries[0].attempts]


CASES: dict[str, tuple[dict[str, Any], list[str], int]] = {
    "all is well": ({}, [SENT], 1),
    "the sender is refused for now": ({"to_sender": ["451 4.7.1 later"]}, [TRIED, SENT], 1),
    "the sender is refused for good": ({"to_sender": ["550 5.7.1 not you"] * 2}, [TRIED, TRIED, SENT], 1),
    "the recipient is refused for now": ({"to_recipient": ["450 4.2.1 busy"] * 3}, [TRIED] * 3 + [SENT], 1),
    "the recipient is refused for good": ({"to_recipient": ["550 5.1.1 unknown"]}, [GIVEN_UP], 0),
    "the server ends the conversation": ({"to_recipient": ["421 4.3.2 goodbye"]}, [TRIED, SENT], 1),
    "the message is refused for now": ({"to_message": ["451 4.7.1 greylisted"]}, [TRIED, SENT], 1),
    "the message is refused for good": ({"to_message": ["554 5.7.1 spam"]}, [GIVEN_UP], 0),
    "the line drops amid the message": ({"to_message": [DROP]}, [TRIED, SENT], 1),
    "it is never taken": ({"to_message": ["451 4.3.0 no"] * 99}, [TRIED] * 5 + [GIVEN_UP], 0),
    "it is taken and the answer is lost": ({"to_message": [LOSE]}, [TRIED, SENT], 2),
}


@pytest.mark.parametrize(("answers", "states", "taken"), CASES.values(), ids=CASES)
def test_each_answer_leads_where_it_should(answers: dict[str, Any], states: list[str], taken: int) -> None:
    with MailServer(**answers).running() as server:
        office = office_at(server.port)
        assert settled(office) == states
    assert len(server.taken) == taken
    # Taken twice it is still one: mailboxes and people see that it is the same.
    assert {str(each["Message-ID"]) for each in server.taken} <= {f"<{office.one.id}@khunjerab.example>"}
    assert office.one.deliveries[0].next_try is None


def test_a_server_that_comes_back_gets_what_waited() -> None:
    port = free_port(set())
    office = office_at(port)
    office.round()
    assert office.one.deliveries[0].state == TRIED
    with MailServer(port=port).running() as server:
        assert settled(office) == [TRIED, SENT]
    assert len(server.taken) == 1
