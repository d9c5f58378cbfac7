"""What reply links promise in memory and in the database: one for each message, used once, and never half."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM, Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Refusal, Unknown
from chassis.kernel.ids import derived
from chassis.store import database_at
from services.notify.adapters.escalation_store import EscalationStore
from services.notify.adapters.notification_store import NotificationStore
from services.notify.adapters.reply_link_store import ReplyLinkStore
from services.notify.adapters.reply_tokens import HmacTokens
from services.notify.application import commands
from services.notify.application.escalations import Escalations
from services.notify.application.ports import Notifications
from services.notify.application.reactions import keep_escalations
from services.notify.application.reactions.notify_of import notify_of
from services.notify.application.reply_links import Linking, ReplyLinks, link_under
from services.notify.application.searching import SoughtNotifications
from services.notify.domain.notification import Notification
from services.notify.manifest import MANIFEST
from tests.fakes.notify import FakeEscalations, FakeNotifications, FakeReplyLinks
from tests.unit.notify.reminding import at
from tests.unit.notify.samples import NOW, notifications_of, told_of
from tests.unit.notify.test_what_has_to_be_known import cancelled

TOKENS = HmacTokens("a secret of thirty-two characters")
PROPOSED, HELD = "exchange.visit.proposed.v1", "exchange.consultation.session-held.v1"


@dataclass
class Shelves:
    links: ReplyLinks
    notifications: Notifications
    escalations: Escalations

    def offered(self, event: str, purpose: str) -> Notification:
        """A message of the event, queued, with its link."""
        notify_of([told_of(event)], self.notifications, NOW)
        message = next(each for each in notifications_of(event) if each.purpose == purpose)
        assert Linking(TOKENS, self.links).offered(message, NOW)
        return message

    def answer(self, message: Notification, said: str, number: int = 0, now: datetime = NOW) -> Receipt:
        command = parsed(commands.AnswerByLink, {"token": TOKENS.token_for(message.id), "answer": said})
        context = Context(derived(said, str(number)), SYSTEM, now)
        shelves = self.links, self.notifications, self.escalations
        return decided_again_on_conflict(commands.answer_by_link)(command, context, *shelves)


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Shelves:
    if request.param == "in memory":
        made = Shelves(FakeReplyLinks(), FakeNotifications(lambda: 0.0), FakeEscalations())
        # One transaction holds all, as in one database.
        for shelf in (made.notifications, made.escalations):
            shelf.memory = made.links.memory  # type: ignore[attr-defined, union-attr] # of the fakes
        return made
    installation = request.getfixturevalue("make_installation")([replace(MANIFEST, subscribes_to=())])
    database = database_at(installation.mongo_url("notify"))
    return Shelves(
        ReplyLinkStore(database["reply_links"]),
        NotificationStore(database["notifications"]),
        EscalationStore(database["escalations"]),
    )


def test_a_link_is_whole_again_when_it_is_read(shelves: Shelves) -> None:
    message = shelves.offered(PROPOSED, "reply-asked")
    link = link_under(TOKENS.token_for(message.id), shelves.links).state
    assert (link.notification, link.person, link.told_version) == (message.id, message.recipient, message.cause.version)
    assert (link.question.party, link.question.answers) == ("host-department", ("accepted", "declined"))


def test_offered_again_it_is_the_same_one_and_stays_used(shelves: Shelves) -> None:
    message = shelves.offered(PROPOSED, "reply-asked")
    shelves.answer(message, "accepted")
    again = Linking(TOKENS, shelves.links).offered(message, NOW)
    assert again
    assert link_under(again.token, shelves.links).state.answer == "accepted"


def test_of_several_who_answer_at_once_one_answer_is_taken(shelves: Shelves) -> None:
    message, start = shelves.offered(PROPOSED, "reply-asked"), Barrier(6)

    def press(number: int) -> str:
        said = ("accepted", "declined")[number % 2]
        start.wait()
        try:
            shelves.answer(message, said, number)
        except Refusal as refused:
            return refused.name
        return said

    with ThreadPoolExecutor(6) as several:
        came = list(several.map(press, range(6)))
    taken = str(link_under(TOKENS.token_for(message.id), shelves.links).state.answer)
    assert sorted(came) == sorted([taken] * 3 + ["LinkUsed"] * 3)


class Broken:
    """Documents of which a decision is worked out and then not written."""

    def __init__(self, documents: ReplyLinks | Notifications) -> None:
        self._documents = documents

    def __getattr__(self, name: str) -> Any:
        return getattr(self._documents, name)

    def saving(self, *_decided: Any) -> Callable[..., Receipt]:
        def fails(_within: object) -> Receipt:
            raise RuntimeError("gone")

        return fails


def test_an_acknowledgement_is_noted_with_the_use_of_its_link_or_not_at_all(shelves: Shelves) -> None:
    message = shelves.offered(HELD, "consultation-actions")
    whole = shelves.links
    shelves.links = Broken(whole)
    with pytest.raises(RuntimeError):
        shelves.answer(message, "acknowledged")
    assert shelves.notifications.load(message.id).state.acknowledged_at is None
    shelves.links = whole
    assert shelves.answer(message, "acknowledged").state == "used"
    assert shelves.notifications.load(message.id).state.acknowledged_at == NOW


def test_links_are_let_go_of_once_they_are_over_whether_used_or_not(shelves: Shelves) -> None:
    used, unused = shelves.offered(PROPOSED, "reply-asked"), shelves.offered(HELD, "consultation-actions")
    shelves.answer(used, "accepted")
    moment, until = timedelta(seconds=1), link_under(TOKENS.token_for(unused.id), shelves.links).state.ends_at
    assert shelves.links.forget(NOW, 10) == 0
    assert shelves.links.forget(NOW + moment, 10) == 1
    with pytest.raises(Unknown):
        link_under(TOKENS.token_for(used.id), shelves.links)
    assert shelves.links.forget(until, 10) == 0
    assert shelves.links.forget(until + moment, 10) == 1


def test_a_link_that_was_given_back_is_kept_for_as_long_as_it_can_be_used(shelves: Shelves) -> None:
    message = shelves.offered(PROPOSED, "reply-asked")
    shelves.answer(message, "accepted")
    given = parsed(commands.GiveBackLink, {"token": TOKENS.token_for(message.id), "answer": "accepted"})
    commands.give_back_link(given, Context("back", SYSTEM, NOW), shelves.links)
    assert shelves.links.forget(NOW + timedelta(seconds=1), 10) == 0


def test_of_many_so_many_are_let_go_of_at_a_time(shelves: Shelves) -> None:
    for event, purpose in ((PROPOSED, "reply-asked"), (HELD, "consultation-actions")):
        shelves.offered(event, purpose)
    assert [shelves.links.forget(NOW + timedelta(days=3_650), 1) for _ in range(3)] == [1, 1, 0]


def test_so_does_what_waited_for_it_end(shelves: Shelves) -> None:
    event = cancelled(visitors=("per_bano",), by="per_zhang")
    notify_of([event], shelves.notifications, at("05-03 02:01"))
    keep_escalations([event], shelves.escalations, NOW)
    (found,) = shelves.notifications.search(SoughtNotifications(recipient="per_bano"), after=None, limit=5)
    assert Linking(TOKENS, shelves.links).offered(found.state, NOW)
    whole = shelves.links
    shelves.links = Broken(whole)
    with pytest.raises(RuntimeError):
        shelves.answer(found.state, "acknowledged", now=at("05-03 03:00"))
    (waiting,) = shelves.escalations.open_ones()
    shelves.links = whole
    shelves.answer(found.state, "acknowledged", now=at("05-03 03:00"))
    assert shelves.escalations.open_ones() == []
    assert [each.because for each in shelves.escalations.load(waiting.id).state.ended] == ["acknowledged"]


def test_two_who_know_of_it_at_once_end_it_once(shelves: Shelves) -> None:
    event, start = cancelled(visitors=(), by="per_ali"), Barrier(2)
    notify_of([event], shelves.notifications, at("05-03 02:01"))
    keep_escalations([event], shelves.escalations, NOW)
    told = shelves.notifications.search(SoughtNotifications(purpose="visit-cancelled"), after=None, limit=5)
    host = {each.state.recipient: each.id for each in told if each.state.recipient in ("per_zhang", "per_wang")}

    def knows(who: str) -> None:
        context = Context(derived("knows", who), Actor(who), at("05-03 03:00"))
        command = parsed(commands.Acknowledge, {"notification_id": host[who]})
        start.wait()
        decided_again_on_conflict(commands.acknowledge)(command, context, shelves.notifications, shelves.escalations)

    with ThreadPoolExecutor(2) as both:
        list(both.map(knows, host))
    assert all(shelves.notifications.load(each).state.acknowledged_at for each in host.values())
    (escalation,) = shelves.escalations.about([event[0].subject_id]).values()
    assert ([each.because for each in escalation.state.ended], escalation.version) == (["acknowledged"], 2)


def test_nothing_ends_where_it_was_not_noted_that_they_know(shelves: Shelves) -> None:
    event = cancelled(visitors=("per_bano",), by="per_zhang")
    notify_of([event], shelves.notifications, at("05-03 02:01"))
    keep_escalations([event], shelves.escalations, NOW)
    (own,) = shelves.notifications.search(SoughtNotifications(recipient="per_bano"), after=None, limit=5)
    command = parsed(commands.Acknowledge, {"notification_id": own.id})
    context = Context("known", Actor("per_bano"), at("05-03 03:00"))
    broken: Any = Broken(shelves.notifications)
    with pytest.raises(RuntimeError):
        commands.acknowledge(command, context, broken, shelves.escalations)
    assert len(shelves.escalations.open_ones()) == 1
    commands.acknowledge(command, context, shelves.notifications, shelves.escalations)
    assert shelves.escalations.open_ones() == []
