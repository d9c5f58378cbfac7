"""An invitation: kept with the notification, in every language, until its mail is sent or given up."""

from typing import Any

import pytest

from chassis.kernel.actor import VISITOR, Actor
from services.notify.adapters.writer import TemplateWriter
from services.notify.application import queries
from services.notify.application.email import Email
from services.notify.application.ports import Message
from services.notify.application.reactions.notify_of import notify_of
from services.notify.domain import sending
from services.notify.domain.delivery import LATER, NEVER, PATIENCE, TAKEN, Answer
from services.notify.domain.notification import Notification
from tests.alliance import StandingClock
from tests.fakes.notify import (
    FakeAnnouncements,
    FakeInboxes,
    FakeNotifications,
    FakePeople,
    KeepingPostman,
    sending_mails,
)
from tests.unit.notify.samples import NOW, attempted, notifications_of, people_around, person, told_of

EVENT = "exchange.consultation.invited.v1"
FILES = {"en": "BEGIN:VCALENDAR\r\nX:in English\r\n", "zh": "BEGIN:VCALENDAR\r\nX:中文\r\n"}
RECIPIENTS = [f"per_{language}" for language in ("en", "zh", "ur")]
WRITER = TemplateWriter("https://khunjerab.example")


def invited(**data: Any) -> list[Notification]:
    return notifications_of(EVENT, **({"calendars": FILES, "recipients": RECIPIENTS} | data))


def sent(postman: KeepingPostman) -> FakeNotifications:
    """Everybody is invited three times over by one event, and a round of mails is tried."""
    notifications = FakeNotifications(lambda: 0.0)
    notify_of([told_of(EVENT, calendars=FILES, recipients=RECIPIENTS)] * 3, notifications, NOW)
    people = FakePeople(*(person(each, each.removeprefix("per_")) for each in RECIPIENTS))
    sending_mails(notifications, people, Email(WRITER, postman), StandingClock(NOW)).send_due()
    return notifications


def test_each_gets_one_mail_with_the_file_in_their_language_or_else_in_english() -> None:
    postman = KeepingPostman()
    sent(postman)
    assert {mail.to.id: mail.invitation.content.decode() for mail in postman.taken if mail.invitation} == {
        "per_en": FILES["en"],
        "per_zh": FILES["zh"],
        "per_ur": FILES["en"],
    }
    assert len(postman.taken) == 3
    assert {mail.invitation.reply_to for mail in postman.taken if mail.invitation} == {"calendar@khunjerab.example"}


def test_the_file_is_kept_apart_from_the_facts() -> None:
    notification = invited()[0]
    assert "calendars" not in notification.cause.facts
    assert "VCALENDAR" not in str(notification.cause)
    assert notification.calendar
    assert (notification.calendar.method, notification.calendar.texts) == ("REQUEST", FILES)


def test_no_other_notification_has_a_file() -> None:
    assert {each.calendar for each in notifications_of("exchange.consultation.booked.v1")} == {None}


@pytest.mark.parametrize("verdict", [TAKEN, NEVER])
def test_it_is_let_go_once_the_mail_is_sent_or_given_up(verdict: str) -> None:
    assert attempted(invited()[0], Answer(verdict)).state.calendar is None


def test_it_is_let_go_where_its_recipient_never_becomes_known() -> None:
    notification = invited()[0]
    waiting = notification.delivery_by("email")
    assert sending.put_off(notification, waiting, now=NOW + PATIENCE).state.calendar == notification.calendar
    assert sending.put_off(notification, waiting, now=NOW + PATIENCE * 2).state.calendar is None


def test_it_is_kept_while_the_mail_may_be_tried_again() -> None:
    notifications = sent(KeepingPostman(*[Answer(LATER)] * 3))
    assert [kept.state.calendar.texts for kept in notifications.kept.values() if kept.state.calendar] == [FILES] * 3


def test_a_mail_that_is_told_of_again_after_it_was_sent_is_not_sent_again() -> None:
    postman = KeepingPostman()
    notifications = sent(postman)
    notify_of([told_of(EVENT, calendars=FILES, recipients=RECIPIENTS)], notifications, NOW)
    assert notifications.due("email", NOW, 10) == []


def test_it_stands_in_the_inbox_without_the_file() -> None:
    reader, notifications = Actor("per_en", frozenset({VISITOR})), sent(KeepingPostman())
    kept = (notifications, FakeInboxes(), FakeAnnouncements(), FakePeople())
    found = queries.inbox(queries.AskInbox(), reader, *kept, WRITER)
    (item,) = found["items"]
    assert (item["purpose"], item["about"][:4]) == ("consultation-invited", "con_")
    assert "VCALENDAR" not in str(item)


def subject_and_text(notification: Notification) -> tuple[str, str]:
    reader = person(notification.recipient)
    letter = WRITER.letter(Message(notification, reader, people_around(notification, reader)))
    return letter.subject.partition(":")[0], letter.text


@pytest.mark.parametrize(
    ("data", "subject", "says"),
    [
        ({}, "Invitation", "invites you to take part in"),
        ({"announcement": 1}, "Updated invitation", "stands now"),
        ({"announcement": 3, "audience": "newcomers"}, "Invitation", "invites you to take part in"),
        ({"method": "CANCEL"}, "Cancelled", "will not take place"),
        ({"method": "CANCEL", "slot": "2026-05-12T06:00:00.000Z"}, "Cancelled", "One session of"),
        ({"method": "CANCEL", "audience": "leavers"}, "Cancelled", "goes on without you"),
        ({"audience": "leavers"}, "Updated invitation", "Your calendar keeps the sessions that took place"),
        ({"method": "DECLINECOUNTER"}, "Other time not possible", "asked for is not possible"),
    ],
)
def test_the_subject_and_the_text_say_what_it_is(data: dict[str, Any], subject: str, says: str) -> None:
    found, text = subject_and_text(invited(**data)[0])
    assert found == subject
    assert says in text


def test_who_need_not_come_is_not_told_how_to_join() -> None:
    link = "https://meet.kashgar.example/019d7c1b"
    assert link in subject_and_text(invited()[0])[1]
    assert link not in subject_and_text(invited(method="CANCEL", audience="leavers")[0])[1]
    assert link not in subject_and_text(invited(audience="leavers")[0])[1]


def test_who_has_accepted_is_not_asked_again() -> None:
    """In the golden sample the chair has not replied, and the presenter has accepted."""
    chair, presenter, *_ = notifications_of(EVENT)
    assert "Your reply is asked" in subject_and_text(chair)[1]
    assert "You have accepted already" in subject_and_text(presenter)[1]


def test_it_says_when_it_is_by_the_readers_clock_and_at_each_site() -> None:
    _, text = subject_and_text(invited()[0])
    assert "When (your time): Tue, 12 May 2026, 11:00–12:00" in text
    assert "Local time, Provincial Hospital, Gilgit: Tue, 12 May 2026, 11:00–12:00" in text
    assert "Local time, First People's Hospital of Kashgar Prefecture: Tue, 12 May 2026, 14:00–15:00" in text
