"""A mail that is held back for a deputy or manager is not sent once the answer has come, or nobody waits for it."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from services.notify.adapters.writer import TemplateWriter
from services.notify.application.email import Email
from services.notify.application.escalations import settled_among
from services.notify.application.reactions import notify_of
from services.notify.domain.channels import EMAIL
from services.notify.domain.delivery import NOT_SENT, SENT, Delivery
from services.notify.domain.digest import items_of
from services.notify.domain.escalation.pointless import may_become_pointless
from services.notify.domain.lines import Facts
from services.notify.domain.notification import Notification
from services.notify.domain.preferences import prefer, preferences_id, usual
from tests.alliance import StandingClock
from tests.fakes.notify import FakeNotifications, FakePeople, FakePreferences, KeepingPostman, sending_mails
from tests.unit.notify.escalating import Desk, site
from tests.unit.notify.reminding import Told, at
from tests.unit.notify.samples import person, told_of
from tests.unit.notify.test_asking_for_escalations import ADMIN, stop
from tests.unit.notify.test_escalations import AWAITED, ENDED_BY, later, proposed
from tests.unit.notify.test_what_has_to_be_known import cancelled

BOTH = [*AWAITED, {"party": "sending-site", "status": "needs-action"}]
HOST_ANSWERED = [{"party": "host-department", "status": "accepted"}, BOTH[1]]


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.named("per_zhang", "per_chen")
    made.tells(proposed())
    return made


def is_settled(desk: Desk, message: Notification) -> bool:
    return bool(settled_among([message], desk.escalations))


def sent(desk: Desk, message: Notification) -> Delivery:
    """What becomes of the message's mail when a worker comes round to it."""
    carrier, clock = Email(TemplateWriter(), KeepingPostman()), StandingClock(message.queued_at)
    people = FakePeople(person(message.recipient))
    sending_mails(desk.notifications, people, carrier, clock, escalations=desk.escalations).send_due()
    return desk.notifications.load(message.id).state.delivery_by(EMAIL)


def hears(event: Told, desk: Desk) -> None:
    desk.hears(event)


SETTLED_BY: dict[str, Callable[[Desk], None]] = {
    **{name: partial(hears, event) for name, event in ENDED_BY.items()},
    "acknowledged by who was asked": lambda desk: desk.acknowledges("per_wang", "02-05 01:00"),
    "acknowledged by whom it went on to": lambda desk: desk.acknowledges("per_chen", "02-05 01:00"),
    "stopped": lambda desk: stop(desk, ADMIN),
    "asked anew": lambda desk: desk.hears(later("rescheduled", reply_by="2026-02-20T00:00:00Z")),
}


@pytest.mark.parametrize("settle", SETTLED_BY.values(), ids=SETTLED_BY)
def test_it_is_not_sent_once_it_is(settle: Callable[[Desk], None], desk: Desk) -> None:
    (message,) = desk.looks("02-05 00:00")
    assert not is_settled(desk, message)
    settle(desk)
    delivery = sent(desk, message)
    assert (delivery.state, delivery.reason) == (NOT_SENT, "settled")


def test_what_still_waits_is_sent(desk: Desk) -> None:
    (message,) = desk.looks("02-05 00:00")
    assert sent(desk, message).state == SENT


def test_nor_is_it_told_in_the_digest_for_which_it_waited(desk: Desk) -> None:
    desk.looks("02-05 00:00")
    other = told_of("exchange.visit.proposed.v1", envelope={"subject": "visit/vis_other"}, visitors=["per_chen"])
    notify_of([other], desk.notifications, at("02-05 00:01"))
    clock, digests, daily = StandingClock(at("02-05 00:02")), FakeNotifications(lambda: 0.0), FakePreferences()
    said = prefer(usual("per_chen"), wanted={"visits": {"email": "daily"}})
    daily.add(preferences_id("per_chen"), said, Context("daily", SYSTEM, clock.now()))
    people, carrier = FakePeople(person("per_chen", zone="UTC")), Email(TemplateWriter(), KeepingPostman())
    mails = sending_mails(desk.notifications, people, carrier, clock, daily, digests, escalations=desk.escalations)
    mails.send_due()
    desk.hears(later("booked", "booked"))
    clock.advance(timedelta(days=1))
    mails.send_due()
    (digest,) = digests.kept.values()
    assert [desk.notifications.load(each).state.purpose for each in items_of(digest.state)] == [
        "visit-proposed-for-you"
    ]


def test_it_is_sent_where_the_other_end_alone_has_answered() -> None:
    both = Desk()
    both.named("per_hussain", "per_nadia")
    both.hears(proposed(replies=BOTH))
    messages = {each.recipient: each for each in both.looks("02-05 00:00")}
    both.hears(later("replied", replies=HOST_ANSWERED))
    assert not is_settled(both, messages["per_nadia"])
    assert is_settled(both, messages["per_li"])


ALONE: Facts = {"host_site": site("host", ["per_zhang"], [])}
"""A host at which nobody is left to be told."""


def test_that_nobody_else_is_left_is_no_answer_until_one_comes() -> None:
    desk = Desk()
    desk.named("per_zhang", "per_chen")
    desk.hears(proposed(**ALONE))
    (message,) = desk.looks("02-05 00:00")
    desk.looks("02-07 00:00")
    assert (desk.ended, is_settled(desk, message)) == (["nobody-left"], False)
    desk.hears(later("booked", "booked"))
    assert is_settled(desk, message)


def test_nor_is_it_for_the_deputy_of_somebody_away() -> None:
    desk = Desk()
    desk.hears(proposed(**ALONE))
    message = beside(desk, "proposed", 1, "02-01 00:00", **ALONE)
    desk.looks("02-07 00:00")
    assert (desk.ended, is_settled(desk, message)) == (["nobody-left"], False)


def test_so_is_what_somebody_has_to_know() -> None:
    desk = Desk()
    desk.tells(cancelled(visitors=("per_bano",), by="per_zhang"))
    (message,) = desk.looks("05-03 05:30")
    assert not is_settled(desk, message)
    desk.acknowledges("per_bano", "05-03 06:00")
    assert is_settled(desk, message)


def test_what_nobody_else_is_left_for_is_still_to_be_known() -> None:
    desk = Desk()
    desk.named("per_bano", "per_nadia")
    unmanaged = site("sending", ["per_hussain"], [])
    desk.tells(cancelled(visitors=("per_bano",), by="per_zhang", sending_site=unmanaged))
    (message,) = desk.looks("05-03 05:30")
    desk.looks("05-03 09:00")
    assert (desk.ended, is_settled(desk, message)) == (["nobody-left"], False)


def beside(desk: Desk, what: str, version: int, moment: str, **more: object) -> Notification:
    """What the deputy of somebody who is away is told beside them, before anything is kept of what is awaited."""
    before = set(desk.notifications.kept)
    event = proposed(version, moment, what, **more)

    def away(people: Collection[str], _now: datetime) -> dict[str, str]:
        return dict.fromkeys({"per_zhang"} & {*people}, "per_x")

    notify_of([event], desk.notifications, at(moment), away)
    new = (kept.state for each, kept in desk.notifications.kept.items() if each not in before)
    return next(each for each in new if each.recipient == "per_x")


def test_a_deputy_of_somebody_away_is_not_asked_for_what_was_answered(desk: Desk) -> None:
    message = beside(desk, "proposed", 1, "02-01 00:00")
    assert not is_settled(desk, message)
    desk.hears(later("booked", "booked"))
    assert is_settled(desk, message)


def test_nor_for_what_was_cancelled_while_others_have_yet_to_know_that(desk: Desk) -> None:
    message = beside(desk, "proposed", 1, "02-01 00:00")
    desk.hears(cancelled())
    assert desk.escalation.open
    assert is_settled(desk, message)


def test_but_for_what_is_asked_anew_before_anything_is_kept_of_it(desk: Desk) -> None:
    desk.hears(later("booked", "booked"))
    message = beside(desk, "rescheduled", 3, "02-03 00:00", state="pending", previous_state="pending", by="per_ali")
    assert not is_settled(desk, message)


def test_nor_is_what_a_consultation_asks_the_deputy_of_somebody_away(desk: Desk) -> None:
    """There others are asked, too, than those without whom it lapses."""
    message = beside(desk, "proposed", 1, "02-01 00:00")
    desk.hears(later("booked", "booked"))
    assert not may_become_pointless(replace(message, about="con_1"))


def test_what_went_on_before_messages_said_what_they_are_about_waits_for_all_of_it(desk: Desk) -> None:
    (message,) = desk.looks("02-05 00:00")
    del message.cause.facts["unanswered"]["anchor"]
    assert not is_settled(desk, message)
    desk.hears(later("booked", "booked"))
    assert is_settled(desk, message)


def test_of_what_nothing_is_kept_nothing_is_known(desk: Desk) -> None:
    (message,) = desk.looks("02-05 00:00")
    assert not is_settled(Desk(), message)
