"""Nothing goes out by a channel that is paused or whose server is away; what waits for it spends nothing."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import NotAllowed
from chassis.kernel.ids import derived
from services.notify.application import commands, queries
from services.notify.application.email import Email
from services.notify.application.gate import Gate
from services.notify.domain import breaker
from services.notify.domain.admin import permissions
from services.notify.domain.admin.refusals import ChannelNotPaused, ChannelPaused
from services.notify.domain.breaker import CLOSED, OPENS_AFTER, PAUSES, Breaker, failed
from services.notify.domain.delivery import LATER, Answer
from tests.fakes.notify import FakeBreakers, FakeNotifications, gate_with, sending_mails
from tests.unit.notify.samples import NOW
from tests.unit.notify.test_mailing import Office
from tests.who_may import PLACES, Matrix, cells, must_be_allowed_there_alone

ADMIN = Actor("per_admin", frozenset({ADMINISTRATOR}))
AWAY = Answer(LATER, reason="ConnectionRefusedError", server_away=True)
MATRIX: Matrix = {
    "channels": (permissions.may_follow_channels, {ADMINISTRATOR, PROGRAMME_MANAGER}, set(PLACES)),
    "pause_channel": (lambda actor: permissions.must_administer(actor, "pause_channel"), {ADMINISTRATOR}, set(PLACES)),
}


@dataclass
class Gated(Office):
    """An office whose gate stands from one round to the next."""

    breakers: FakeBreakers = field(init=False)
    gate: Gate = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.breakers = FakeBreakers(lambda: self.seconds)
        self.gate = gate_with(self.clock, self.breakers)

    def round(self) -> int:
        """One round, after the leases of the last have run out."""
        self.seconds += 31
        carrier = Email(self.writer, self.postman)
        sending = sending_mails(self.notifications, self.people, carrier, self.clock, self.preferences, gate=self.gate)
        return sending.send_due()

    @property
    def attempts(self) -> int:
        return sum(len(each.state.deliveries[0].attempts) for each in self.notifications.kept.values())

    def give(self, name: str, *, actor: Actor = ADMIN, command: str = "", **fields: Any) -> Receipt:
        model, decide = {
            "pause": (commands.PauseChannel, commands.pause_channel),
            "resume": (commands.ResumeChannel, commands.resume_channel),
        }[name]
        wanted = parsed(model, {"channel": "email", "reason": "The provider is moving."} | fields)
        context = Context(derived(command or name), actor, self.clock.now())
        receipt: Receipt = decide(wanted, context, self.gate.channels)  # type: ignore[operator] # one of two pairs
        return receipt


@pytest.fixture
def office() -> Gated:
    return Gated()


def test_while_a_channel_is_paused_nothing_goes_out_and_nothing_is_written(office: Gated) -> None:
    office.give("pause")
    before = dict(office.notifications.kept)
    assert office.round() == 0
    assert (office.postman.asked, office.notifications.kept) == (0, before)


def test_what_waited_goes_out_at_once_when_it_is_resumed(office: Gated) -> None:
    office.give("pause")
    office.round()
    office.give("resume")
    assert office.round() == 1
    assert office.one.deliveries[0].state == "sent"


def test_a_pause_is_of_one_channel(office: Gated) -> None:
    office.give("pause", channel="sms")
    assert office.round() == 1


def test_a_channel_is_paused_once_and_a_repeat_answers_as_the_first_did(office: Gated) -> None:
    first = office.give("pause")
    assert office.give("pause") == first
    with pytest.raises(ChannelPaused) as refused:
        office.give("pause", command="another")
    assert refused.value.facts == {"channel": "email", "reason": "The provider is moving."}
    office.give("resume")
    with pytest.raises(ChannelNotPaused):
        office.give("resume", command="another")


@pytest.mark.parametrize("name", ["pause", "resume"])
def test_only_administrators_pause_and_resume(name: str, office: Gated) -> None:
    with pytest.raises(NotAllowed):
        office.give(name, actor=Actor("per_x", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_gilgit"})))


def away(office: Gated, messages: int) -> None:
    """The server goes away while so many messages wait, and is found away as often as it takes to notice."""
    for number in range(messages - 1):
        office.happens(title=f"Outcome {number}")
    office.postman.answers = [AWAY] * 1000
    for _ in range(OPENS_AFTER):
        office.round()


def test_when_nobody_is_there_a_few_times_in_a_row_no_more_attempts_are_spent(office: Gated) -> None:
    away(office, messages=10)
    assert office.breakers.of("email") == Breaker(OPENS_AFTER, NOW + PAUSES[0])
    assert [office.round() for _ in range(5)] == [0] * 5
    assert (office.postman.asked, office.attempts) == (OPENS_AFTER, OPENS_AFTER)


def test_after_a_pause_that_grows_one_message_asks_whether_the_server_is_back(office: Gated) -> None:
    away(office, messages=20)
    asked = []
    for pause in PAUSES:
        office.clock.advance(pause)
        office.round()
        assert office.round() == 0
        asked.append(office.postman.asked)
    assert asked == list(range(OPENS_AFTER + 1, OPENS_AFTER + 1 + len(PAUSES)))


def test_when_the_server_is_back_everything_goes_out(office: Gated) -> None:
    away(office, messages=10)
    office.postman.answers = []
    office.clock.advance(PAUSES[0])
    assert office.round() == 1
    assert office.breakers.of("email") == CLOSED
    office.round()
    assert len(office.postman.taken) == 10 - OPENS_AFTER


def test_a_night_without_a_server_costs_no_message(office: Gated) -> None:
    away(office, messages=30)
    for _ in range(12 * 60):
        office.clock.advance(timedelta(minutes=1))
        office.round()
    assert office.postman.asked < OPENS_AFTER + len(PAUSES) + 24
    office.postman.answers = []
    for _ in range(13 * 60):
        office.clock.advance(timedelta(minutes=1))
        office.round()
    assert len(office.postman.taken) == 30


def test_one_worker_at_a_time_asks(office: Gated) -> None:
    away(office, messages=10)
    office.clock.advance(PAUSES[0])
    assert office.breakers.take_probe("email")
    assert office.round() == 0
    office.seconds += 61
    assert office.round() == 1


def test_a_refusal_says_that_the_server_is_there(office: Gated) -> None:
    away(office, messages=10)
    office.postman.answers = [Answer(LATER, reason="smtp 451")]
    office.clock.advance(PAUSES[0])
    office.round()
    assert office.breakers.of("email") == CLOSED


def test_pauses_grow_to_the_last_and_stay() -> None:
    found, pauses = CLOSED, []
    for _ in range(OPENS_AFTER + len(PAUSES) + 1):
        found = failed(found, now=NOW)
        pauses.append(found.open_until and found.open_until - NOW)
    assert pauses == [None] * (OPENS_AFTER - 1) + [*PAUSES, PAUSES[-1], PAUSES[-1]]
    assert list(breaker.PAUSES) == sorted(breaker.PAUSES)


def test_how_the_channels_stand_is_shown_with_what_waits(office: Gated) -> None:
    away(office, messages=10)
    office.give("pause", channel="sms")
    shelves = (office.notifications, FakeNotifications(lambda: 0.0))
    found = queries.channels(queries.AskChannels(), ADMIN, office.gate.channels, office.breakers, shelves)
    by_name = {each["channel"]: each for each in found["items"]}
    assert (by_name["sms"]["state"], by_name["sms"]["reason"]) == ("paused", "The provider is moving.")
    assert by_name["email"] == {
        "channel": "email",
        "state": "in-use",
        "reason": "",
        "since": None,
        "failures": OPENS_AFTER,
        "away_until": (NOW + PAUSES[0]).isoformat(),
        "waiting": {"queued": 10 - OPENS_AFTER, "delivery_attempted": OPENS_AFTER},
    }


def test_why_something_waits_says_that_its_channel_is_paused_or_away(office: Gated) -> None:
    told = office.one
    asked = parsed(queries.AskExplain, {"person": told.recipient, "about": told.about})

    def sentence() -> str:
        found = queries.explain(asked, ADMIN, NOW, office.notifications, office.gate.channels, office.breakers)
        return str(found["items"][0]["notifications"][0]["deliveries"][0]["sentence"])

    office.give("pause")
    assert sentence().endswith(f"The channel is paused since {NOW.isoformat()}: The provider is moving.")
    office.give("resume")
    away(office, messages=1)
    office.breakers.known["email"] = Breaker(OPENS_AFTER, NOW + PAUSES[0])
    assert sentence().endswith(f"Nobody answers for the channel; it is asked again at {(NOW + PAUSES[0]).isoformat()}.")


@pytest.mark.parametrize(("command", "role", "place"), cells(MATRIX))
def test_each_role_at_each_place_may_what_the_matrix_says(command: str, role: str, place: str) -> None:
    must_be_allowed_there_alone(MATRIX, command, role, place)
