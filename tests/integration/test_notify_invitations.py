"""Invitations over a real SMTP server: what the exchange writes reaches calendar programs byte for byte."""

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

import pytest
from icalendar import Calendar

from services.notify.adapters.smtp_account import SmtpAccount
from services.notify.adapters.smtp_postman import SmtpPostman
from services.notify.application.ports import Invitation, Letter, Mail
from services.notify.domain.delivery import NEVER, TAKEN, Answer
from tests.contract.calendar_lives import lives
from tests.integration.notify_mail_server import MailServer
from tests.unit.notify.samples import NOW, person

OFFICE = "calendar@khunjerab.example"
LETTER = Letter("دعوت: آن لائن مشاورت", "متن\n", "<p>متن</p>", "ur")
MAIL = Mail("ntf_0123", "con_4567", person("per_fatima", "ur"), LETTER, NOW)
LIVES = lives()


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer().running() as running:
        yield running


def send(server: MailServer, *invitations: Invitation) -> list[Answer]:
    """One mail for each, in one conversation."""
    postman = SmtpPostman(SmtpAccount("127.0.0.1", server.port, "Khunjerab <noreply@khunjerab.example>"), 5.0)
    answers = [postman.send(replace(MAIL, invitation=invitation)) for invitation in invitations]
    postman.hang_up()
    return answers


def calendar_part(message: EmailMessage) -> EmailMessage:
    """What a calendar program takes: the last, and so the best, of the alternatives."""
    first, _ = message.iter_parts()
    assert isinstance(first, EmailMessage)
    *_, last = first.iter_parts()
    assert isinstance(last, EmailMessage)
    return last


def test_every_file_of_every_consultations_life_comes_through_whole(server: MailServer) -> None:
    told = LIVES.values()
    assert send(server, *(Invitation(each.method, OFFICE, each.file) for each in told)) == [Answer(TAKEN)] * len(LIVES)
    assert {each.method for each in told} == {"REQUEST", "CANCEL", "DECLINECOUNTER"}
    for each, message in zip(told, server.taken, strict=True):
        part = calendar_part(message)
        *_, attached = message.iter_parts()
        assert part.get_payload(decode=True) == attached.get_payload(decode=True) == each.file
        assert part["Content-Type"].params["method"] == Calendar.from_ical(each.file)["METHOD"] == each.method


def test_a_calendar_reads_from_the_mail_whom_to_answer_and_about_what(server: MailServer) -> None:
    told = LIVES["proposed"]
    send(server, Invitation("REQUEST", OFFICE, told.file))
    (message,) = server.taken
    part = calendar_part(message)
    assert (part.get_content_type(), part.get_content_charset()) == ("text/calendar", "utf-8")
    (event,) = Calendar.from_ical(part.get_content().encode()).walk("VEVENT")
    assert str(event["UID"]).startswith(told.of.id)
    assert event["SUMMARY"] == told.of.title
    assert str(message["Reply-To"]) == OFFICE


def test_where_answers_could_go_nowhere_nothing_is_sent(server: MailServer) -> None:
    assert send(server, Invitation("REQUEST", "", LIVES["proposed"].file)) == [Answer(NEVER, "bad-address")]
    assert server.connections == 0
