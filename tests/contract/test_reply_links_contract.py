"""What reply links promise in memory and in the database: one for each message, used once, and never half."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Refusal, Unknown
from chassis.kernel.ids import derived
from chassis.store import database_at
from services.notify.adapters.notification_store import NotificationStore
from services.notify.adapters.reply_link_store import ReplyLinkStore
from services.notify.adapters.reply_tokens import HmacTokens
from services.notify.application import commands
from services.notify.application.ports import Notifications
from services.notify.application.reactions.notify_of import notify_of
from services.notify.application.reply_links import Linking, ReplyLinks, link_under
from services.notify.domain.notification import Notification
from services.notify.manifest import MANIFEST
from tests.fakes.notify import FakeNotifications, FakeReplyLinks
from tests.unit.notify.samples import NOW, notifications_of, told_of

TOKENS = HmacTokens("a secret of thirty-two characters")
PROPOSED, HELD = "exchange.visit.proposed.v1", "exchange.consultation.session-held.v1"


@dataclass
class Shelves:
    links: ReplyLinks
    notifications: Notifications

    def offered(self, event: str, purpose: str) -> Notification:
        """A message of the event, queued, with its link."""
        notify_of([told_of(event)], self.notifications, NOW)
        message = next(each for each in notifications_of(event) if each.purpose == purpose)
        assert Linking(TOKENS, self.links).offered(message, NOW)
        return message

    def answer(self, message: Notification, said: str, number: int = 0) -> Receipt:
        command = parsed(commands.AnswerByLink, {"token": TOKENS.token_for(message.id), "answer": said})
        context = Context(derived(said, str(number)), SYSTEM, NOW)
        return decided_again_on_conflict(commands.answer_by_link)(command, context, self.links, self.notifications)


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Shelves:
    if request.param == "in memory":
        made = Shelves(FakeReplyLinks(), FakeNotifications(lambda: 0.0))
        # One transaction holds both, as in one database.
        made.notifications.memory = made.links.memory  # type: ignore[attr-defined] # of the fakes
        return made
    installation = request.getfixturevalue("make_installation")([replace(MANIFEST, subscribes_to=())])
    database = database_at(installation.mongo_url("notify"))
    return Shelves(ReplyLinkStore(database["reply_links"]), NotificationStore(database["notifications"]))


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
    """Reply links of which a decision is worked out and then not written."""

    def __init__(self, links: ReplyLinks) -> None:
        self._links = links

    def __getattr__(self, name: str) -> Any:
        return getattr(self._links, name)

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
