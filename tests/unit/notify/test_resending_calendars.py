"""A mail sent once more brings its calendar file again, as long as no later one came for its reader."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from services.notify.adapters.writer import TemplateWriter
from services.notify.application import commands
from services.notify.application.email import Email
from services.notify.application.ports import Mail
from services.notify.application.reactions import keep_calendars, notify_of
from services.notify.domain.notification import Notification
from tests.alliance import StandingClock
from tests.fakes.notify import (
    FakeCalendarsBrought,
    FakeNotifications,
    FakePeople,
    KeepingPostman,
    sending_mails,
    suppressions_in_memory,
)
from tests.unit.notify.samples import NOW, person, told_of
from tests.unit.notify.test_suppressed_addresses import ADMIN
from tests.unit.notify.test_visit_calendars import BOOKED, CANCELLED, MOVED, VISIT, WITHDREW

INVITED = "exchange.consultation.invited.v1"
GOES, STAYS = "per_en", "per_zh"
ONE = told_of(BOOKED)[0].subject_id


@dataclass
class Office:
    """Events come, mails go, and an administrator has some sent once more."""

    notifications: FakeNotifications = field(default_factory=lambda: FakeNotifications(lambda: 0.0))
    calendars: FakeCalendarsBrought = field(default_factory=FakeCalendarsBrought)
    postman: KeepingPostman = field(default_factory=KeepingPostman)
    people: FakePeople = field(default_factory=lambda: FakePeople(*(person(f"per_{n}", n) for n in ("en", "zh", "ur"))))

    def happens(self, event_type: str, version: int, **data: Any) -> None:
        envelope = {"id": derived(event_type, str(version), str(data)), "sequence": f"{version:010}.000"}
        if event_type.startswith("exchange.visit."):
            envelope, data = envelope | {"subject": f"visit/{ONE}"}, data | {"visit": ONE}
        told = told_of(event_type, envelope=envelope, **data)
        keep_calendars([told], self.calendars, NOW)
        notify_of([told], self.notifications, NOW)
        self.round()

    def round(self) -> list[Mail]:
        carrier = Email(TemplateWriter("https://k.example"), self.postman)
        before = len(self.postman.taken)
        sending_mails(self.notifications, self.people, carrier, StandingClock(NOW)).send_due()
        return self.postman.taken[before:]

    def message(self, purpose: str, recipient: str) -> Notification:
        kept = (each.state for each in self.notifications.kept.values())
        return next(each for each in kept if (each.purpose, each.recipient) == (purpose, recipient))

    def resent(self, message: Notification) -> str | None:
        """What the mail that goes out once more has for a file."""
        fields = {"notification": message.id, "channel": "email", "reason": "It was never seen."}
        context = Context(derived(message.id, "again", str(len(self.postman.taken))), ADMIN, NOW)
        shelves = (self.notifications, FakeNotifications(lambda: 0.0))
        given = parsed(commands.Resend, fields)
        commands.resend(given, context, shelves, self.people, suppressions_in_memory(), self.calendars)
        (mail,) = self.round()
        return mail.invitation.content.decode() if mail.invitation else None


@pytest.fixture
def office() -> Office:
    made = Office()
    made.happens(BOOKED, 3, **VISIT)
    return made


def files(number: int, method: str = "PUBLISH") -> dict[str, Any]:
    return {"method": method, "visitors": {"en": f"away {number}"}, "others": {"en": f"free {number}"}}


@pytest.mark.parametrize(
    ("purpose", "recipient", "file"), [("visit-booked-for-you", GOES, "away"), ("visit-booked", STAYS, "空闲")]
)
def test_it_is_the_file_that_its_reader_had(purpose: str, recipient: str, file: str, office: Office) -> None:
    assert office.resent(office.message(purpose, recipient)) == file


def test_it_goes_along_each_time(office: Office) -> None:
    message = office.message("visit-booked-for-you", GOES)
    assert [office.resent(message), office.resent(message)] == ["away", "away"]


def test_where_a_later_file_has_come_the_earlier_stays_away_and_the_later_goes(office: Office) -> None:
    office.happens(MOVED, 4, **(VISIT | {"calendar": files(4)}))
    assert office.resent(office.message("visit-booked-for-you", GOES)) is None
    assert office.resent(office.message("visit-rescheduled-for-you", GOES)) == "away 4"


def test_what_was_called_off_is_not_put_back_by_who_called_it_off_either(office: Office) -> None:
    office.happens(CANCELLED, 4, **(VISIT | {"by": GOES, "calendar": files(4, "CANCEL")}))
    assert office.resent(office.message("visit-booked-for-you", GOES)) is None


def test_who_withdraws_alone_leaves_the_others_files_as_they_are(office: Office) -> None:
    file = {"method": "CANCEL", "visitors": {"en": "gone"}}
    office.happens(WITHDREW, 4, **(VISIT | {"visitors": [GOES], "person": "per_ur", "by": "per_ur", "calendar": file}))
    assert office.resent(office.message("visit-booked-for-you", GOES)) == "away"
    assert office.resent(office.message("visit-booked-for-you", "per_ur")) is None
    assert office.resent(office.message("visit-withdrawn-for-you", "per_ur")) == "gone"


def test_in_whatever_order_the_events_came(office: Office) -> None:
    office.happens(MOVED, 2, **(VISIT | {"calendar": files(2)}))
    assert office.resent(office.message("visit-booked-for-you", GOES)) == "away"


def test_a_message_that_had_no_file_has_none(office: Office) -> None:
    office.happens("exchange.visit.arrived.v1", 4, **{name: each for name, each in VISIT.items() if name != "calendar"})
    message = office.message("visit-arrived", STAYS)
    assert office.resent(message) is None


def test_what_is_kept_no_longer_is_not_sent(office: Office) -> None:
    office.calendars.kept.clear()
    assert office.resent(office.message("visit-booked-for-you", GOES)) is None


def test_an_invitation_to_others_leaves_ones_own_as_it_is() -> None:
    office = Office()
    first, second = {"en": "all of it"}, {"en": "without you"}
    office.happens(INVITED, 2, calendars=first, recipients=[GOES, STAYS])
    mine, yours = (office.message("consultation-invited", each) for each in (GOES, STAYS))
    office.happens(INVITED, 3, calendars=second, recipients=[STAYS])
    assert (office.resent(mine), office.resent(yours)) == ("all of it", None)
