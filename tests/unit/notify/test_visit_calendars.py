"""The calendar file of a visit: to whom which one goes, with the mail that tells of it, and asking for no answer."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from services.notify.adapters.mail_message import message_of, sender_of
from services.notify.adapters.writer import TemplateWriter
from services.notify.application.email import Email
from services.notify.application.ports import Mail
from services.notify.application.reactions import notify_of
from tests.alliance import StandingClock
from tests.fakes.notify import FakeNotifications, FakePeople, KeepingPostman, sending_mails
from tests.unit.notify.samples import NOW, notifications_of, person, told_of

BOOKED, MOVED, CANCELLED, EXTENDED, WITHDREW = (
    f"exchange.visit.{what}.v1" for what in ("booked", "rescheduled", "cancelled", "extended", "visitor-withdrew")
)
FILES = {
    "method": "PUBLISH",
    "visitors": {"en": "away", "ur": "دور"},
    "others": {"en": "free", "zh": "空闲"},
}
VISIT: dict[str, Any] = {"visitors": ["per_en", "per_ur"], "proposer": "per_zh", "leader": "per_en", "calendar": FILES}


def mailed(event_type: str, **data: Any) -> dict[str, Mail]:
    """The mails that the event leads to, by their readers' ids, whose language stands in them."""
    notifications, postman = FakeNotifications(lambda: 0.0), KeepingPostman()
    notify_of([told_of(event_type, **(VISIT | data))], notifications, NOW)
    people = FakePeople(*(person(f"per_{language}", language) for language in ("en", "zh", "ur")))
    carrier = Email(TemplateWriter("https://k.example"), postman)
    sending_mails(notifications, people, carrier, StandingClock(NOW)).send_due()
    return {mail.to.id: mail for mail in postman.taken}


def message(mail: Mail) -> EmailMessage:
    sent = message_of(mail, sender_of("Khunjerab <noreply@khunjerab.example>")).as_bytes()
    parsed = message_from_bytes(sent, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


@pytest.mark.parametrize(
    ("event_type", "method"), [(BOOKED, "PUBLISH"), (MOVED, "PUBLISH"), (EXTENDED, "PUBLISH"), (CANCELLED, "CANCEL")]
)
def test_who_goes_has_another_file_than_who_stays_each_in_their_language(event_type: str, method: str) -> None:
    mails = mailed(event_type, calendar=FILES | {"method": method})
    enclosed = {who: mail.invitation for who, mail in mails.items() if mail.invitation}
    assert {who: each.content.decode() for who, each in enclosed.items()} == {
        "per_en": "away",
        "per_ur": "دور",
        "per_zh": "空闲",
    }
    assert {each.method for each in enclosed.values()} == {method}


def test_who_withdrew_has_their_own_entry_taken_out_and_nobody_else_hears_of_it() -> None:
    file = {"method": "CANCEL", "visitors": {"en": "gone", "ur": "گئے"}}
    mails = mailed(WITHDREW, visitors=["per_en"], person="per_ur", by="per_ur", calendar=file)
    (mail,) = mails.values()
    assert mail.invitation
    assert (mail.to.id, mail.invitation.method, mail.invitation.content.decode()) == ("per_ur", "CANCEL", "گئے")


def test_a_visitor_who_moves_the_visit_has_the_new_days_for_their_calendar() -> None:
    mails = mailed(MOVED, by="per_en", state="booked", previous_state="booked")
    invitation = mails["per_en"].invitation
    assert invitation
    assert invitation.content.decode() == "away"


@pytest.mark.parametrize("method", ["PUBLISH", "CANCEL"])
def test_the_mail_names_the_method_and_no_address_for_an_answer(method: str) -> None:
    sent = message(mailed(BOOKED, calendar=FILES | {"method": method})["per_zh"])
    *_, calendar = next(sent.iter_parts()).iter_parts()
    assert calendar.get_content_type() == "text/calendar"
    assert dict(calendar["Content-Type"].params) == {"method": method, "charset": "UTF-8"}
    assert sent["Reply-To"] is None
    assert [part.get_filename() for part in sent.iter_attachments()] == ["visit.ics"]


def test_the_file_is_no_fact_and_what_was_told_before_it_existed_has_none() -> None:
    for event_type in (BOOKED, MOVED, CANCELLED, EXTENDED, WITHDREW):
        assert all(
            "calendar" not in each.cause.facts and each.calendar is None
            for each in notifications_of(event_type, calendar=None)
        )
        assert all(each.calendar for each in notifications_of(event_type))


@pytest.mark.parametrize(
    ("state", "subject"), [("booked", "stays booked"), ("pending", "asked anew"), ("proposed", "asked anew")]
)
def test_a_move_says_whether_the_visit_still_stands(state: str, subject: str) -> None:
    assert subject in mailed(MOVED, state=state, visitors=["per_x"], proposer="per_en")["per_en"].letter.text


def test_who_goes_is_told_to_wait_with_travel_while_the_new_days_are_not_fixed() -> None:
    assert "arrange no travel" in mailed(MOVED, state="pending")["per_en"].letter.text
    assert "stays booked" in mailed(MOVED, state="booked")["per_en"].letter.text
