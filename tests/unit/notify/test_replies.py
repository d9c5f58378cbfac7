"""Which messages ask for an answer, and the links by which it is given: once, by whoever has the token."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.errors import InvalidCommand, Unknown
from chassis.kernel.ids import derived
from services.notify.adapters.reply_tokens import HmacTokens
from services.notify.adapters.writer import TemplateWriter
from services.notify.application import commands, queries
from services.notify.application.email import Email
from services.notify.application.reactions.notify_of import notify_of
from services.notify.application.reply_links import Linking
from services.notify.domain.asking import ASKING, known_by, question_of
from services.notify.domain.delivery import LATER, Answer
from services.notify.domain.notification import Notification
from services.notify.domain.refusals import LinkExpired, LinkUsed, NotAnAnswer
from services.notify.domain.telling import PURPOSES
from tests.alliance import StandingClock
from tests.fakes.notify import (
    FakeEscalations,
    FakeNotifications,
    FakePeople,
    FakeReplyLinks,
    KeepingPostman,
    sending_mails,
)
from tests.unit.notify.samples import NOW, notifications_of, one_of_each_purpose, person, told_of

KEY = "a secret of thirty-two characters"
PROPOSED, INVITED, ACTED = (
    "exchange.visit.proposed.v1",
    "exchange.consultation.invited.v1",
    "exchange.consultation.session-held.v1",
)
EVERY_PURPOSE = one_of_each_purpose()


def of(event: str, purpose: str, **data: Any) -> Notification:
    return next(each for each in notifications_of(event, **data) if each.purpose == purpose)


@dataclass
class Desk:
    """Notify with one message queued, the mail that brings it and what its links are asked."""

    event: str = PROPOSED
    purpose: str = "reply-asked"
    notifications: FakeNotifications = field(default_factory=lambda: FakeNotifications(lambda: 0.0))
    links: FakeReplyLinks = field(default_factory=FakeReplyLinks)
    escalations: FakeEscalations = field(default_factory=FakeEscalations)
    clock: StandingClock = field(default_factory=lambda: StandingClock(NOW))
    postman: KeepingPostman = field(default_factory=KeepingPostman)

    def __post_init__(self) -> None:
        notify_of([told_of(self.event)], self.notifications, NOW)
        kept = (each.state for each in self.notifications.kept.values())
        self.message = next(each for each in kept if each.purpose == self.purpose)
        self.people = FakePeople(person(self.message.recipient))
        self.writer = TemplateWriter("https://khunjerab.example")
        self._calls = 0

    def send(self) -> None:
        linking = Linking(HmacTokens(KEY), self.links)
        carrier = Email(self.writer, self.postman, linking)
        sending_mails(self.notifications, self.people, carrier, self.clock).send_due()

    @property
    def token(self) -> str:
        return HmacTokens(KEY).token_for(self.message.id)

    def answer(self, said: str, token: str = "") -> Any:
        command = parsed(commands.AnswerByLink, {"token": token or self.token, "answer": said})
        return commands.answer_by_link(command, self._context(), self.links, self.notifications, self.escalations)

    def give_back(self, said: str) -> Any:
        command = parsed(commands.GiveBackLink, {"token": self.token, "answer": said})
        return commands.give_back_link(command, self._context(), self.links)

    def shown(self, token: str = "") -> Any:
        asked = parsed(queries.AskReplyLink, {"token": token or self.token})
        now = self.clock.now()
        return queries.reply_link(asked, now, self.links, self.notifications, self.people, self.writer)

    def _context(self) -> Context:
        self._calls += 1
        return Context(derived("answer", str(self._calls)), SYSTEM, self.clock.now())


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.send()
    return made


def test_every_purpose_that_asks_is_one_of_the_table() -> None:
    assert set(ASKING) <= {*PURPOSES, *EVERY_PURPOSE}


@pytest.mark.parametrize("what", ["rescheduled", "cancelled"])
def test_who_did_it_themselves_need_not_say_that_they_know(what: str) -> None:
    event, purpose = f"exchange.visit.{what}.v1", f"visit-{what}-for-you"
    doer, other = "per_one", "per_two"
    messages = notifications_of(event, visitors=[doer, other], by=doer, previous_state="booked")
    asked = {each.recipient for each in messages if each.purpose == purpose and question_of(each)}
    due = {each.recipient for each in messages if each.purpose == purpose and known_by(each)}
    assert asked == {other}
    assert due <= {other}


def test_the_hosts_coordinators_are_asked_for_the_party_that_is_awaited() -> None:
    message = of(PROPOSED, "reply-asked")
    question = question_of(message)
    assert question
    assert (question.answers, question.party) == (("accepted", "declined"), "host-department")
    assert question.site == message.cause.facts["host_site"]["id"]
    assert question.until == datetime.fromisoformat(message.cause.facts["reply_by"])


@pytest.mark.parametrize(
    ("replies", "asked"),
    [
        ([("host-department", "accepted"), ("international-office", "needs-action")], "international-office"),
        ([("sending-site", "needs-action"), ("host-department", "needs-action")], "host-department"),
        ([("host-department", "accepted")], None),
        ([("sending-site", "needs-action")], None),
    ],
)
def test_asked_is_a_party_that_the_coordinators_site_speaks_for(
    replies: list[tuple[str, str]], asked: str | None
) -> None:
    told = [{"party": party, "status": status} for party, status in replies]
    question = question_of(of(PROPOSED, "reply-asked", replies=told))
    assert (question.party if question else None) == asked


@pytest.mark.parametrize("state", ["booked", "cancelled", "arrived"])
def test_of_a_visit_that_is_not_open_nobody_is_asked(state: str) -> None:
    assert question_of(of(PROPOSED, "reply-asked", state=state)) is None


def test_a_participant_is_asked_about_what_was_announced() -> None:
    message = of(INVITED, "consultation-invited")
    question = question_of(message)
    assert question
    assert question.answers == ("accepted", "tentative", "declined")
    assert question.participant in {each["person"] for each in message.cause.facts["participants"]}
    assert question.announcement == message.cause.facts["announcement"]


@pytest.mark.parametrize("off", [{"method": "CANCEL"}, {"method": "DECLINECOUNTER"}, {"audience": "leavers"}])
def test_who_is_told_that_it_is_off_or_goes_on_without_them_is_asked_nothing(off: dict[str, str]) -> None:
    assert question_of(of(INVITED, "consultation-invited", **off)) is None


def test_who_has_accepted_is_asked_nothing() -> None:
    message = of(INVITED, "consultation-invited")
    there = [each | {"status": "accepted"} for each in message.cause.facts["participants"]]
    assert question_of(of(INVITED, "consultation-invited", participants=there)) is None


def test_a_deputy_who_comes_answers_for_whom_they_come() -> None:
    message = of(INVITED, "consultation-invited")
    first, *others = message.cause.facts["participants"]
    there = [first | {"comes": "per_deputy", "status": "tentative"}, *others]
    asked = of(INVITED, "consultation-invited", participants=there, recipients=["per_deputy"])
    question = question_of(asked)
    assert question
    assert (asked.recipient, question.participant) == ("per_deputy", first["person"])


def test_what_has_begun_is_not_asked_about() -> None:
    message = of(INVITED, "consultation-invited")
    begun = [each | {"begins": "2020-01-01T00:00:00.000Z"} for each in message.cause.facts["sessions"]]
    assert question_of(of(INVITED, "consultation-invited", sessions=begun)) is None


@pytest.mark.parametrize("purpose", [each for each in EVERY_PURPOSE if each not in ASKING])
def test_a_message_that_asks_for_nothing_has_no_link(purpose: str) -> None:
    links = FakeReplyLinks()
    assert Linking(HmacTokens(KEY), links).offered(EVERY_PURPOSE[purpose], NOW) is None
    assert not links.kept


def test_the_mail_has_the_link_of_each_answer_and_says_whose_it_is(desk: Desk) -> None:
    (mail,) = [each for each in desk.postman.taken if each.id == desk.message.id]
    for answer in ("accepted", "declined"):
        address = f"https://khunjerab.example/r/{desk.token}?answer={answer}"
        assert address in mail.letter.text
        assert address in mail.letter.html
    assert "do not pass this mail on" in mail.letter.text
    assert sum("/r/" in each.letter.text for each in desk.postman.taken) == 1


def test_only_a_hash_of_the_secret_is_kept_and_it_has_more_than_128_bits(desk: Desk) -> None:
    assert len(desk.token) == 32
    kept = str(desk.links.kept) + str(desk.notifications.kept)
    assert desk.token not in kept
    assert len({HmacTokens(KEY).token_for(f"ntf_{number}") for number in range(1000)}) == 1000
    assert HmacTokens("another secret of thirty-two char").token_for(desk.message.id) != desk.token


def test_a_mail_that_is_written_again_has_the_same_link_and_there_is_one() -> None:
    desk = Desk(postman=KeepingPostman(Answer(LATER)))
    desk.send()
    desk.clock.advance(timedelta(minutes=2))
    desk.send()
    assert len(desk.links.kept) == 1
    assert desk.shown()["state"] == "open"
    assert sum(desk.token in each.letter.text for each in desk.postman.taken) == 1


def test_a_link_is_used_once_and_the_same_answer_again_is_a_repeat(desk: Desk) -> None:
    first = desk.answer("accepted")
    assert (first.state, first.version) == ("used", 2)
    assert desk.answer("accepted") == first
    with pytest.raises(LinkUsed) as used:
        desk.answer("declined")
    assert used.value.facts == {"answer": "accepted"}
    assert desk.shown()["answer"] == "accepted"


def test_a_repeat_is_a_repeat_even_after_its_time(desk: Desk) -> None:
    first = desk.answer("accepted")
    desk.clock.moment = datetime(2027, 1, 1, tzinfo=UTC)
    assert desk.answer("accepted") == first


def test_after_its_time_it_is_void(desk: Desk) -> None:
    desk.clock.moment = datetime.fromisoformat(desk.shown()["until"])
    assert desk.shown()["state"] == "expired"
    with pytest.raises(LinkExpired):
        desk.answer("accepted")
    desk.clock.advance(-timedelta(milliseconds=1))
    assert desk.answer("accepted").state == "used"


def test_what_was_refused_elsewhere_is_given_back(desk: Desk) -> None:
    desk.answer("accepted")
    assert desk.give_back("declined").state == "used"
    assert desk.give_back("accepted").state == "open"
    assert desk.give_back("accepted").state == "open"
    assert desk.answer("declined").state == "used"


@pytest.mark.parametrize("said", ["tentative", "acknowledged"])
def test_it_takes_no_answer_that_was_not_asked_for(desk: Desk, said: str) -> None:
    with pytest.raises(NotAnAnswer):
        desk.answer(said)
    assert desk.shown()["state"] == "open"


@pytest.mark.parametrize("token", ["x" * 32, "A-Za-z0-9_-"])
def test_a_token_that_is_none_is_unknown_and_not_repeated(desk: Desk, token: str) -> None:
    for attempt in (desk.shown, lambda at: desk.answer("accepted", at)):
        with pytest.raises(Unknown) as unknown:
            attempt(token)
        assert token not in str(unknown.value.facts.values())


@pytest.mark.parametrize("token", ["", "x" * 101, "a/b", "a b", "ä"])
def test_what_cannot_be_a_token_is_refused_unread(desk: Desk, token: str) -> None:
    with pytest.raises(InvalidCommand):
        parsed(commands.AnswerByLink, {"token": token, "answer": "accepted"})
    with pytest.raises(InvalidCommand):
        parsed(queries.AskReplyLink, {"token": token})


def test_the_links_page_is_told_whom_it_asks_what(desk: Desk) -> None:
    shown = desk.shown()
    assert shown["person"] == desk.message.recipient
    assert shown["subject"].startswith("Please reply: ")
    assert (shown["about"], shown["version"]) == (desk.message.about, desk.message.cause.version)
    assert (shown["state"], shown["answers"]) == ("open", ["accepted", "declined"])


def test_history_says_who_answered_though_nobody_signed_in(desk: Desk) -> None:
    receipt = desk.answer("accepted")
    line = desk.links.recorded(receipt.id).history[-1]
    assert (line.by, line.what) == (desk.message.recipient, "accepted")


def test_acknowledging_by_link_is_noted_on_the_message_with_it() -> None:
    desk = Desk(event=ACTED, purpose="consultation-actions")
    desk.send()
    desk.answer("acknowledged")
    noted = desk.notifications.load(desk.message.id).state
    assert (noted.acknowledged_at, noted.read_at) == (NOW, NOW)
    assert desk.shown()["state"] == "used"


def test_what_was_acknowledged_in_the_inbox_already_uses_the_link_and_changes_nothing() -> None:
    desk = Desk(event=ACTED, purpose="consultation-actions")
    desk.send()
    own = Context(derived("inbox"), Actor(desk.message.recipient), NOW - timedelta(hours=1))
    given = parsed(commands.Acknowledge, {"notification_id": desk.message.id})
    commands.acknowledge(given, own, desk.notifications, desk.escalations)
    desk.answer("acknowledged")
    assert desk.notifications.load(desk.message.id).state.acknowledged_at == NOW - timedelta(hours=1)


def test_an_answer_for_the_exchange_does_not_acknowledge(desk: Desk) -> None:
    desk.answer("accepted")
    assert desk.notifications.load(desk.message.id).state.acknowledged_at is None


def test_a_link_bound_to_a_version_keeps_that_of_its_event() -> None:
    message = EVERY_PURPOSE["reply-asked"]
    assert message.cause.version == 1
