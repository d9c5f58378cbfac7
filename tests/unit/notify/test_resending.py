"""A message sent once more: on purpose, seen as such, and past what its reader prefers."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import PROGRAMME_MANAGER, VISITOR, Actor
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import NotAllowed, Unknown
from services.notify.adapters.mail_message import message_of, sender_of
from services.notify.application import commands
from services.notify.domain.admin.refusals import AddressSuppressed, StillWaiting
from services.notify.domain.delivery import LATER, Answer
from services.notify.domain.hours import Hours
from services.notify.domain.preferences import prefer, preferences_id, usual
from tests.fakes.notify import FakeCalendarsBrought, FakeNotifications
from tests.unit.notify.test_mailing import RESPONSIBLE
from tests.unit.notify.test_suppressed_addresses import ADMIN, REFUSED, Careful, suppressed

SENDER = sender_of("Khunjerab <noreply@khunjerab.example>")


@pytest.fixture
def office() -> Careful:
    made = Careful()
    made.round()
    return made


def resent(office: Careful, *, actor: Actor = ADMIN, command: str = "again", **other: Any) -> Receipt:
    fields = {"notification": office.one.id, "channel": "email", "reason": "It was never seen."} | other
    given = parsed(commands.Resend, fields)
    context = office.context(actor, command)
    shelves = (office.notifications, FakeNotifications(lambda: 0.0))
    return commands.resend(given, context, shelves, office.people, office.suppressions, FakeCalendarsBrought())


def prefers(office: Careful, **said: Any) -> None:
    identity = preferences_id(RESPONSIBLE)
    office.preferences.kept.pop(identity, None)
    office.preferences.add(identity, prefer(usual(RESPONSIBLE), **said), office.context(ADMIN, str(said)))


def test_it_goes_out_once_more_under_an_id_of_its_own_and_what_was_tried_stays_on_record(office: Careful) -> None:
    resent(office)
    assert office.round() == 1
    ids = [message_of(mail, SENDER)["Message-ID"] for mail in office.postman.taken]
    assert ids == [f"<{office.one.id}@khunjerab.example>", f"<{office.one.id}.1@khunjerab.example>"]
    assert [each.state for each in office.one.deliveries[0].attempts] == ["sent", "sent"]


def test_the_same_command_again_sends_it_once(office: Careful) -> None:
    assert resent(office) == resent(office)
    office.round()
    assert resent(office) == resent(office)
    assert office.round() == 0
    assert len(office.postman.taken) == 2


@pytest.mark.parametrize(
    "said", [{"otherwise": {"email": "never"}}, {"otherwise": {"email": "daily"}}, {"hours": Hours()}]
)
def test_what_its_reader_prefers_is_overruled(office: Careful, said: dict[str, Any]) -> None:
    prefers(office, **said)
    office.clock.advance(timedelta(hours=18))
    resent(office)
    office.round()
    assert len(office.postman.taken) == 2


def test_it_has_all_its_attempts_again(office: Careful) -> None:
    office.postman.answers = [Answer(LATER, reason="smtp 451")] * 6
    resent(office)
    for _ in range(6):
        office.round()
        office.clock.advance(timedelta(days=1))
    assert office.one.state == "undelivered"
    assert office.postman.asked == 7


def test_while_it_waits_anyway_it_is_refused(office: Careful) -> None:
    resent(office)
    with pytest.raises(StillWaiting) as refused:
        resent(office, command="and again")
    assert refused.value.facts["channel"] == "email"


def test_an_address_that_is_suppressed_is_let_be(office: Careful) -> None:
    office.suppress()
    with pytest.raises(AddressSuppressed) as refused:
        resent(office)
    assert refused.value.facts == {"person": RESPONSIBLE, "reason": "They asked for it."}


def test_where_it_is_refused_again_the_address_is_let_be_again(office: Careful) -> None:
    for command in ("again", "and again"):
        office.postman.answers = [REFUSED]
        resent(office, command=command)
        office.round()
        assert suppressed(office)
        office.release(command=f"after {command}")


def test_who_is_not_known_cannot_be_sent_anything(office: Careful) -> None:
    office.people.known.clear()
    with pytest.raises(Unknown):
        resent(office)


ELSEWHERE = Actor("per_x", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_x"}))


@pytest.mark.parametrize("actor", [Actor("per_x", frozenset({VISITOR})), ELSEWHERE])
def test_others_may_not(office: Careful, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        resent(office, actor=actor)


def test_a_programme_manager_of_the_readers_site_may(office: Careful) -> None:
    office.people.known[RESPONSIBLE] = replace(office.people.known[RESPONSIBLE], sites=("sit_x",))
    resent(office, actor=ELSEWHERE)
