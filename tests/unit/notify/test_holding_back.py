"""What keeps a message from being handed over now: preferences, digests, quiet hours, and what came later."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from services.notify.domain.announcement import ANNOUNCEMENT
from services.notify.domain.channels import CHANNELS, EMAIL, SMS, WECOM
from services.notify.domain.delivery import Delivery
from services.notify.domain.escalation import telling as escalation
from services.notify.domain.holding_back import (
    AWAITS_DIGEST,
    QUIET,
    READ_ALREADY,
    SUPERSEDED,
    Circumstances,
    Drop,
    Gather,
    Hold,
    Objection,
    objection_to,
)
from services.notify.domain.hours import MONDAY_TO_FRIDAY, Hours
from services.notify.domain.notification import Notification
from services.notify.domain.preferences import Preferences, usual
from services.notify.domain.purposes import CATEGORIES, PURPOSES, WITHDRAWABLE, is_urgent
from services.notify.domain.reminders import table as reminders
from services.notify.domain.routing import NOT_WANTED, fallen_back, routed
from services.notify.domain.superseding import Told, overtaken_by
from services.notify.domain.telling import PURPOSES as TOLD
from tests.unit.notify.samples import NOW, one_of_each_purpose

EACH = one_of_each_purpose()
CAN_WAIT = EACH["outcome-advanced"]
ME = CAN_WAIT.recipient
NIGHT = datetime(2026, 2, 3, 18, 0, tzinfo=UTC)
"""23:00 in Gilgit."""
MORNING = datetime(2026, 2, 4, 3, 0, tzinfo=UTC)
"""08:00 in Gilgit."""


def preferring(**said: Any) -> Preferences:
    return replace(usual(ME), **said)


def objection(
    notification: Notification = CAN_WAIT,
    *,
    channel: str = EMAIL,
    now: datetime = NIGHT,
    overtaken_by: str | None = None,
    waiting: Delivery | None = None,
    **said: Any,
) -> Objection:
    around = Circumstances(now, "Asia/Karachi", preferring(**said), overtaken_by)
    return objection_to(notification, waiting or Delivery(channel, next_try=now), around)


def urgent(now: datetime) -> Notification:
    """A cancellation on the eve of the arrival."""
    cancelled = EACH["visit-cancelled"]
    facts = dict(cancelled.cause.facts) | {"planned_arrival": (now + timedelta(days=1)).date().isoformat()}
    return replace(cancelled, cause=replace(cancelled.cause, facts=facts))


def test_every_purpose_has_a_category_and_none_withdraws_what_nobody_is_told() -> None:
    assert set(PURPOSES) == {*TOLD, *reminders.PURPOSES, *escalation.PURPOSES, ANNOUNCEMENT}
    assert {each.category for each in PURPOSES.values()} == set(CATEGORIES)
    assert set(PURPOSES) >= WITHDRAWABLE


def test_whoever_has_said_nothing_gets_everything_by_mail_at_once_at_any_hour() -> None:
    assert {objection(each) for each in EACH.values()} == {None}
    assert routed(CAN_WAIT, usual(ME), now=NOW).deliveries == (Delivery(EMAIL, next_try=NOW),)


@pytest.mark.parametrize("channel", sorted(set(CHANNELS) - {EMAIL}))
def test_telephones_do_not_ring_at_night_even_where_nothing_was_said(channel: str) -> None:
    assert objection(channel=channel) == Hold(MORNING, QUIET)
    assert objection(channel=channel, now=MORNING) is None


def test_hours_that_were_said_are_kept_by_mail_too() -> None:
    assert objection(hours=Hours()) == Hold(MORNING, QUIET)
    weekdays = Hours(time(18), time(9), MONDAY_TO_FRIDAY)
    friday = datetime(2026, 2, 6, 15, 0, tzinfo=UTC)
    assert objection(now=friday, hours=weekdays) == Hold(datetime(2026, 2, 9, 4, 0, tzinfo=UTC), QUIET)


def test_what_is_urgent_breaks_through_quiet_hours_and_digests() -> None:
    said: dict[str, Any] = {"otherwise": {EMAIL: "daily"}, "hours": Hours()}
    assert objection(urgent(NIGHT), **said) is None
    assert objection(urgent(NIGHT), channel=SMS, otherwise={SMS: "at-once"}) is None
    assert isinstance(objection(EACH["visit-cancelled"], **said), Hold)


@pytest.mark.parametrize(("days", "presses"), [(0, True), (2, True), (3, False), (-1, True)])
def test_a_cancellation_presses_when_the_arrival_is_near(days: int, presses: bool) -> None:
    facts = {"planned_arrival": (NOW + timedelta(days=days)).date().isoformat()}
    assert is_urgent("visit-cancelled-for-you", facts, NOW) == presses


@pytest.mark.parametrize(("hours", "presses"), [(1, True), (24, True), (25, False), (-1, False)])
def test_a_session_presses_when_it_begins_within_a_day(hours: int, presses: bool) -> None:
    facts = {"urgency": "routine", "sessions": [{"begins": (NOW + timedelta(hours=hours)).isoformat()}]}
    assert is_urgent("consultation-invited", facts, NOW) == presses


def test_a_patient_for_whom_it_is_urgent_always_presses() -> None:
    assert is_urgent("consultation-invited", {"urgency": "emergency"}, NOW)


def test_what_a_person_does_not_want_is_not_sent_by_that_channel() -> None:
    assert objection(wanted={"outcomes": {EMAIL: "never"}}) == Drop(NOT_WANTED)
    assert objection(wanted={"visits": {EMAIL: "never"}}) is None
    assert objection(otherwise={EMAIL: "never"}) == Drop(NOT_WANTED)


@pytest.mark.parametrize(("pace", "moment"), [("daily", MORNING), ("weekly", datetime(2026, 2, 9, 3, 0, tzinfo=UTC))])
def test_what_is_wanted_once_a_day_or_week_waits_for_the_digest(pace: str, moment: datetime) -> None:
    assert objection(otherwise={EMAIL: pace}) == Hold(moment, AWAITS_DIGEST)


def test_a_daily_digest_comes_on_working_days() -> None:
    friday, monday = datetime(2026, 2, 6, 15, 0, tzinfo=UTC), datetime(2026, 2, 9, 3, 0, tzinfo=UTC)
    hours = Hours(time(18), time(7), MONDAY_TO_FRIDAY)
    assert objection(now=friday, otherwise={EMAIL: "daily"}, hours=hours) == Hold(monday, AWAITS_DIGEST)


def test_when_the_digest_is_due_what_waited_for_it_is_gathered_and_what_was_read_is_left_out() -> None:
    waited = Delivery(EMAIL, next_try=MORNING, reason=AWAITS_DIGEST)
    said: dict[str, Any] = {"now": MORNING, "waiting": waited, "otherwise": {EMAIL: "daily"}}
    assert objection(**said) == Gather(MORNING)
    assert objection(replace(CAN_WAIT, read_at=NIGHT), **said) == Drop(READ_ALREADY)
    assert objection(now=MORNING, waiting=waited) is None


def test_what_a_later_message_makes_pointless_is_not_sent_whatever_else_holds() -> None:
    assert objection(overtaken_by="ntf_2", otherwise={EMAIL: "daily"}) == Drop(SUPERSEDED, "ntf_2")


def told(purpose: str, *, hours: int = 1, **other: str) -> Told:
    booked = EACH["visit-booked"]
    same = {"recipient": booked.recipient, "about": booked.about}
    return Told(
        "ntf_later", purpose=purpose, happened_at=booked.cause.happened_at + timedelta(hours=hours), **same | other
    )


def test_a_cancellation_withdraws_an_unsent_confirmation() -> None:
    assert overtaken_by(EACH["visit-booked"], [told("visit-cancelled")]) == "ntf_later"


@pytest.mark.parametrize(
    "unrelated",
    [
        told("visit-cancelled", about="vis_other"),
        told("visit-cancelled", recipient="per_other"),
        told("visit-cancelled", hours=-1),
        told("visit-cancelled", hours=0),
        told("visit-arrived"),
        told("agreement-in-effect"),
    ],
)
def test_and_never_unrelated_mail(unrelated: Told) -> None:
    assert overtaken_by(EACH["visit-booked"], [unrelated]) is None


def test_a_message_goes_by_every_channel_that_is_wanted_and_those_that_fail_are_followed_by_the_next() -> None:
    said = preferring(otherwise={WECOM: "at-once", SMS: "if-others-fail"})
    begun = routed(CAN_WAIT, said, now=NOW)
    assert [each.channel for each in begun.deliveries] == [WECOM]
    after_first = fallen_back(begun.with_delivery(Delivery(WECOM, "undelivered")), said, now=NOW)
    assert [each.channel for each in after_first.deliveries] == [WECOM, EMAIL]
    after_second = fallen_back(after_first.with_delivery(Delivery(EMAIL, "bounced")), said, now=NOW)
    assert [each.channel for each in after_second.deliveries] == [WECOM, EMAIL, SMS]
    after_third = after_second.with_delivery(Delivery(SMS, "undelivered"))
    assert fallen_back(after_third, said, now=NOW) == after_third


def test_while_one_channel_has_reached_the_person_or_may_yet_no_other_is_begun() -> None:
    said = preferring(otherwise={WECOM: "at-once", EMAIL: "at-once", SMS: "if-others-fail"})
    begun = routed(CAN_WAIT, said, now=NOW).with_delivery(Delivery(WECOM, "undelivered"))
    assert fallen_back(begun, said, now=NOW) == begun
    reached = begun.with_delivery(Delivery(EMAIL, "sent"))
    assert fallen_back(reached, said, now=NOW) == reached


def test_who_wants_no_mail_gets_none_even_where_another_channel_failed() -> None:
    said = preferring(otherwise={WECOM: "at-once", EMAIL: "never"})
    begun = routed(CAN_WAIT, said, now=NOW).with_delivery(Delivery(WECOM, "undelivered"))
    assert fallen_back(begun, said, now=NOW) == begun


def test_where_nothing_is_wanted_the_mail_that_was_queued_says_so() -> None:
    (only,) = routed(CAN_WAIT, preferring(otherwise={EMAIL: "never"}), now=NOW).deliveries
    assert (only.channel, only.state, only.reason, only.next_try) == (EMAIL, "not_sent", NOT_WANTED, None)


def test_a_channel_that_stands_in_for_others_waits_for_no_digest() -> None:
    said = {"email": "at-once", "wecom": "if-others-fail"}
    assert objection(channel=WECOM, now=MORNING, otherwise=said) is None
