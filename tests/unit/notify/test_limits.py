"""Nobody is flooded: as many messages go to a person, and to a destination, as a stretch of time has room for."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from services.notify.application import commands
from services.notify.application.reactions.notify_of import notify_of
from services.notify.application.sending import Sending
from services.notify.application.webhooks import Posting
from services.notify.domain.admin.explaining import sentence_about
from services.notify.domain.channels import CHANNELS, DINGTALK, EMAIL, FEISHU, RINGING, SMS, WECOM, WHATSAPP
from services.notify.domain.delivery import LATER, TAKEN, Answer, Delivery
from services.notify.domain.limits import (
    DESTINATION_LIMIT,
    HOUR,
    MINUTE,
    PERSON_LIMIT,
    SERVICES,
    Limit,
    Limits,
    destination_of,
)
from services.notify.domain.webhooks.delivery import Answer as WebhookAnswer
from tests.fakes.notify import KeepingPostman, turnstile_with
from tests.unit.notify.samples import NOW, person, told_of
from tests.unit.notify.test_mailing import RESPONSIBLE, Office
from tests.unit.notify.webhook_office import WebhookOffice

TEN_PAST = datetime(2026, 2, 3, 8, 10, tzinfo=UTC)
NINE, TEN = datetime(2026, 2, 3, 9, tzinfo=UTC), datetime(2026, 2, 3, 10, tzinfo=UTC)


@dataclass
class Limited(Office):
    """An office that keeps to limits, whose clock stands at ten past eight. Nothing waits in it yet."""

    limits: Limits = field(default_factory=lambda: Limits(person=Limit(3, HOUR)))

    def __post_init__(self) -> None:
        super().__post_init__()
        self.notifications.kept.clear()
        self.clock.moment = TEN_PAST
        self.turnstile = turnstile_with(self.limits)
        self.told = 0

    def tell(self, many: int, *people: str) -> None:
        """So many messages to each of these people."""
        for _ in range(many):
            for each in people or (RESPONSIBLE,):
                self.told += 1
                self.people.known[each] = person(each)
                self.happens(responsible=each, title=f"Outcome {self.told}")

    def mailing(self) -> Sending:
        sending = super().mailing()
        return replace(sending, turnstile=self.turnstile)

    def waiting(self) -> Counter[tuple[datetime, str]]:
        """How many wait, by the moment until which, and the reason."""
        deliveries = (each.state.deliveries[0] for each in self.notifications.kept.values())
        return Counter((each.next_try, each.reason) for each in deliveries if each.next_try)

    def mails_to(self) -> Counter[str]:
        return Counter(mail.to.id for mail in self.postman.taken)


def test_whoever_has_got_enough_gets_the_rest_in_the_hours_after() -> None:
    office = Limited()
    office.tell(8)
    office.round()
    assert len(office.postman.taken) == 3
    assert office.waiting() == {(NINE, PERSON_LIMIT): 3, (TEN, PERSON_LIMIT): 2}
    office.clock.moment = NINE - timedelta(seconds=1)
    assert office.round() == 0
    office.clock.moment = NINE
    office.round()
    assert len(office.postman.taken) == 6
    office.clock.moment = TEN
    office.round()
    assert (len(office.postman.taken), office.waiting()) == (8, {})


def test_what_comes_later_waits_behind_what_is_already_there() -> None:
    office = Limited()
    office.tell(4)
    office.round()
    office.tell(3)
    office.round()
    assert office.waiting() == {(NINE, PERSON_LIMIT): 3, (TEN, PERSON_LIMIT): 1}


def test_a_held_message_has_spent_no_attempt_and_stands_in_the_inbox() -> None:
    office = Limited()
    office.tell(4)
    office.round()
    (held,) = (each.state for each in office.notifications.kept.values() if each.state.deliveries[0].next_try)
    assert held.deliveries[0].attempts == ()
    assert held.id in [each.id for each in office.notifications.inbox(RESPONSIBLE, after=None, limit=10)]
    sentence = sentence_about(held.deliveries[0])
    assert sentence == f"The reader has got so many in this hour that it waits for its turn, at {NINE.isoformat()}."


def test_one_person_s_flood_takes_nothing_from_another() -> None:
    office = Limited()
    office.tell(10, "per_flooded")
    office.tell(2, "per_quiet")
    office.round()
    assert office.mails_to() == {"per_flooded": 3, "per_quiet": 2}


def test_all_workers_count_together() -> None:
    office = Limited()
    office.tell(3)
    office.round()
    office.tell(2)
    office.round()
    assert len(office.postman.taken) == 3


def test_what_is_urgent_goes_beyond_a_person_s_limit_and_counts() -> None:
    office = Limited()
    told = told_of("exchange.visit.cancelled.v1", planned_arrival=TEN_PAST.date().isoformat())
    office.tell(4, *_told(told))
    office.round()
    notify_of([told], office.notifications, office.clock.now())
    office.round()
    assert set(office.mails_to().values()) == {4}


def _told(told: object) -> set[str]:
    office = Limited()
    notify_of([told], office.notifications, NOW)  # type: ignore[list-item]
    return {each.state.recipient for each in office.notifications.kept.values()}


def test_what_somebody_sends_once_more_goes_beyond_it_too() -> None:
    office = Limited()
    office.tell(4)
    office.round()
    (held,) = (each for each in office.notifications.kept.values() if each.state.deliveries[0].next_try)
    again = replace(held.state.deliveries[0], next_try=TEN_PAST, resent=1)
    office.notifications.kept[held.state.id] = replace(held, state=held.state.with_delivery(again))
    office.round()
    assert len(office.postman.taken) == 4


def test_a_destination_takes_so_many_a_minute_whoever_is_there() -> None:
    office = Limited(limits=Limits(person=Limit(30, HOUR), domain=Limit(4, MINUTE)))
    office.tell(1, *(f"per_{number}" for number in range(10)))
    office.round()
    assert len(office.postman.taken) == 4
    minutes = [TEN_PAST + timedelta(minutes=each) for each in (1, 2)]
    assert office.waiting() == {(minutes[0], DESTINATION_LIMIT): 4, (minutes[1], DESTINATION_LIMIT): 2}
    sentence = sentence_about(Delivery(EMAIL, next_try=minutes[0], reason=DESTINATION_LIMIT))
    assert sentence.startswith("So much went there in this minute")


def test_other_destinations_go_on() -> None:
    office = Limited(limits=Limits(domain=Limit(2, MINUTE)))
    office.tell(2, "per_a", "per_b")
    office.people.known["per_b"] = replace(person("per_b"), email="b@Other.example")
    office.round()
    assert office.mails_to() == {"per_a": 2, "per_b": 2}


def test_urgent_or_not_a_destination_takes_no_more() -> None:
    office = Limited(limits=Limits(domain=Limit(1, MINUTE)))
    told = told_of("exchange.visit.cancelled.v1", planned_arrival=TEN_PAST.date().isoformat())
    for each in _told(told):
        office.people.known[each] = person(each)
    notify_of([told], office.notifications, office.clock.now())
    office.round()
    assert len(office.postman.taken) == 1
    assert {reason for _, reason in office.waiting()} == {DESTINATION_LIMIT}


def test_what_a_person_s_limit_holds_takes_no_place_at_the_destination() -> None:
    office = Limited(limits=Limits(person=Limit(1, HOUR), domain=Limit(5, MINUTE)))
    office.tell(6, "per_flooded")
    office.tell(1, *(f"per_{number}" for number in range(4)))
    office.round()
    assert len(office.mails_to()) == 5


def test_what_waits_at_its_destination_counts_for_its_reader_when_it_goes() -> None:
    office = Limited(limits=Limits(person=Limit(4, HOUR), domain=Limit(2, MINUTE)))
    office.tell(4)
    office.round()
    assert office.waiting() == {(TEN_PAST + timedelta(minutes=1), DESTINATION_LIMIT): 2}
    office.clock.advance(timedelta(minutes=1))
    office.round()
    assert len(office.postman.taken) == 4


def test_what_waits_for_nobody_s_answer_counts_only_where_it_was_tried() -> None:
    nobody_there = Answer(LATER, reason="ConnectionRefusedError", server_away=True)
    office = Limited(limits=Limits(person=Limit(5, HOUR)))
    office.postman = KeepingPostman(nobody_there, nobody_there)
    office.tell(3)
    for _ in range(3):
        office.round()
        office.seconds += 60
        office.clock.advance(timedelta(minutes=2))
    assert (office.postman.asked, len(office.postman.taken)) == (5, 3)


def test_what_another_rule_keeps_back_draws_no_ticket() -> None:
    office = Limited()
    office.tell(5)
    office.people.known.clear()
    office.round()
    office.tell(3)
    office.round()
    assert len(office.postman.taken) == 3


def test_a_failed_attempt_counts_as_it_may_have_arrived() -> None:
    office = Limited()
    office.postman = KeepingPostman(Answer("later", reason="smtp 451"), Answer(TAKEN))
    office.tell(4)
    office.round()
    assert office.postman.asked == 3


def test_without_limits_everything_goes() -> None:
    office = Limited(limits=Limits())
    office.tell(100)
    office.round()
    assert len(office.postman.taken) == 100


@pytest.mark.parametrize(
    ("channel", "shared"),
    [(EMAIL, "hospital.example"), (SMS, ""), *((channel, "per_a") for channel in (WECOM, DINGTALK, FEISHU, WHATSAPP))],
)
def test_what_arrives_at_one_place_is_one_destination(channel: str, shared: str) -> None:
    assert destination_of(channel, replace(person("per_a"), email="Somebody@Hospital.example")) == shared


def test_every_service_that_rings_a_telephone_has_a_limit() -> None:
    assert SERVICES.keys() == RINGING
    limits = Limits(domain=Limit(9, MINUTE), services=SERVICES)
    assert {channel: limits.of_destination(channel) for channel in CHANNELS} == {
        EMAIL: limits.domain,
        **SERVICES,
    }


def test_stretches_are_the_full_hours_and_minutes() -> None:
    limit = Limit(2, HOUR)
    assert limit.roll("a", TEN_PAST) == limit.roll("a", NINE - timedelta(seconds=1)) != limit.roll("a", NINE)
    assert limit.ends(TEN_PAST) == limit.turn(2, TEN_PAST) == NINE
    assert [limit.turn(number, TEN_PAST) for number in (0, 1, 3, 4)] == [None, None, NINE, TEN]


def test_a_webhook_is_told_as_much_as_its_minute_has_room_for_and_others_all_the_same() -> None:
    office = WebhookOffice(limits=Limits(webhook=Limit(30, MINUTE)))
    office.registered()
    for number in range(50):
        office.books(number)
    office.registered(url="https://another.example/hook")
    office.books(50)
    assert office.sends() == 30 + 1
    assert [office.sends() for _ in range(3)] == [0, 0, 0]
    office.let_pass(timedelta(minutes=1))
    assert office.sends() == 21
    assert set(office.states()) == {"delivered"}


def test_a_slow_webhook_has_room_for_what_a_turn_did_not_come_to() -> None:
    office = WebhookOffice(limits=Limits(webhook=Limit(30, MINUTE)))
    office.registered()
    for number in range(40):
        office.books(number)
    sends = office.courier.send

    def slowly(posting: Posting) -> WebhookAnswer:
        office.let_pass(timedelta(seconds=3))
        return sends(posting)

    office.courier.send = slowly  # type: ignore[method-assign]
    for _ in range(8):
        assert office.sending.send_due() == 2
    assert len(office.courier.given) == 16


def test_what_is_only_dropped_needs_no_room_at_a_webhook() -> None:
    office = WebhookOffice(limits=Limits(webhook=Limit(1, MINUTE)))
    made = office.registered()
    for number in range(5):
        office.books(number)
    office.given(commands.RemoveWebhook, webhook_id=made["id"], expected_version=made["version"])
    office.sends()
    assert set(office.states()) == {"not_sent"}
