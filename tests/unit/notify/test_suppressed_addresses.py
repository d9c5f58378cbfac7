"""An address that is not written to: the next channel is taken, another address is another matter, none is kept."""

from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, PROGRAMME_MANAGER, SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.errors import NotAllowed, Unknown
from chassis.kernel.ids import derived
from services.notify.application import commands
from services.notify.application.email import Email, Postman
from services.notify.application.erasures import Erased, nobody_was
from services.notify.application.ports import Mail
from services.notify.application.suppressions import Suppressions, suppressed_among
from services.notify.domain.admin.refusals import AddressNotSuppressed, AddressSuppressed
from services.notify.domain.admin.suppression import suppression_id
from services.notify.domain.bounce import Bounce
from services.notify.domain.delivery import NEVER, Answer
from services.notify.domain.preferences import preferences_id, usual
from tests.fakes.notify import KeepingPostman, sending_mails, suppressions_in_memory
from tests.unit.notify.test_mailing import RESPONSIBLE, Office

ADMIN = Actor("per_admin", frozenset({ADMINISTRATOR}))


@dataclass
class Careful(Office):
    """An office that knows which addresses are suppressed."""

    suppressions: Suppressions = field(default_factory=suppressions_in_memory)
    by_smtp: Postman | None = None
    erased: Erased = nobody_was

    def round(self) -> int:
        suppress = partial(commands.suppress_refused, suppressions=self.suppressions, erased=self.erased)
        carrier = Email(self.writer, self.by_smtp or self.postman, suppress=suppress)
        more: dict[str, Any] = {"suppressions": self.suppressions}
        return sending_mails(self.notifications, self.people, carrier, self.clock, self.preferences, **more).send_due()

    def suppress(self, *, actor: Actor = ADMIN, command: str = "suppress", person: str = RESPONSIBLE) -> Receipt:
        wanted = parsed(commands.SuppressAddress, {"person": person, "reason": "They asked for it."})
        return commands.suppress_address(wanted, self.context(actor, command), self.suppressions, self.people)

    def release(self, *, actor: Actor = ADMIN, command: str = "release") -> Receipt:
        wanted = parsed(commands.ReleaseAddress, {"person": RESPONSIBLE, "reason": "It works again."})
        return commands.release_address(wanted, self.context(actor, command), self.suppressions, self.people)

    def context(self, actor: Actor, command: str) -> Context:
        return Context(derived(command), actor, self.clock.now())

    def moves_to(self, address: str) -> None:
        self.people.known[RESPONSIBLE] = replace(self.people.known[RESPONSIBLE], email=address)


@pytest.fixture
def office() -> Careful:
    return Careful()


def test_nothing_is_sent_to_a_suppressed_address(office: Careful) -> None:
    office.suppress()
    assert office.round() == 1
    assert office.postman.asked == 0
    delivery = office.one.deliveries[0]
    assert (delivery.state, delivery.reason, delivery.next_try) == ("undelivered", "address-suppressed", None)


def test_the_next_channel_is_taken_where_the_person_has_one(office: Careful) -> None:
    said = replace(usual(RESPONSIBLE), otherwise={"email": "at-once", "sms": "if-others-fail"})
    context = office.context(ADMIN, "prefer")
    office.preferences.add(preferences_id(RESPONSIBLE), Decision(said, what="preferred"), context)
    office.suppress()
    office.round()
    assert [(each.channel, each.state) for each in office.one.deliveries] == [
        ("email", "undelivered"),
        ("sms", "queued"),
    ]


def test_mails_go_to_a_released_address_again(office: Careful) -> None:
    office.suppress()
    office.release()
    office.round()
    assert len(office.postman.taken) == 1


def test_another_address_of_the_person_is_another_matter(office: Careful) -> None:
    office.suppress()
    office.moves_to("new@hospital.example")
    office.round()
    assert [mail.to.email for mail in office.postman.taken] == ["new@hospital.example"]


def test_capitals_make_no_other_address(office: Careful) -> None:
    office.suppress()
    office.moves_to(office.people.known[RESPONSIBLE].email.upper())
    office.round()
    assert office.postman.taken == []


def test_the_address_itself_is_not_kept(office: Careful) -> None:
    identity = office.suppress().id
    assert "@" not in repr(office.suppressions.recorded(identity))


def test_it_is_suppressed_once_and_a_repeat_answers_as_the_first_did(office: Careful) -> None:
    assert office.suppress() == office.suppress()
    with pytest.raises(AddressSuppressed):
        office.suppress(command="another")
    office.release()
    with pytest.raises(AddressNotSuppressed):
        office.release(command="another")


def test_of_whom_nothing_is_known_nothing_is_suppressed(office: Careful) -> None:
    with pytest.raises(Unknown):
        office.suppress(person="per_nobody")


@pytest.mark.parametrize("role", [PROGRAMME_MANAGER, COORDINATOR])
def test_only_administrators_suppress_and_release(role: str, office: Careful) -> None:
    actor = Actor("per_x", frozenset({role}), frozenset({"sit_gilgit"}))
    for decide in (office.suppress, office.release):
        with pytest.raises(NotAllowed):
            decide(actor=actor)


REFUSED = Answer(NEVER, "smtp 550 5.1.1", nobody_is_there=True)


def test_a_refusal_that_is_told_again_does_not_undo_a_release_and_that_of_another_mail_does(office: Careful) -> None:
    office.postman.answers = [REFUSED] * 3
    ((identity, waiting),) = office.notifications.kept.items()
    office.round()
    assert suppressed(office)
    office.release()
    # As if the worker had died before it was written down.
    office.notifications.kept[identity] = waiting
    office.round()
    assert not suppressed(office)
    office.happens(title="Another")
    office.round()
    assert suppressed(office)


def test_one_that_is_suppressed_already_keeps_its_reason(office: Careful) -> None:
    office.postman.answers = [REFUSED, replace(REFUSED, reason="smtp 550 5.2.1")]
    office.happens(title="Another")
    assert office.round() == 2
    person = office.people.known[RESPONSIBLE]
    assert office.suppressions.named([suppression_id(person)])[suppression_id(person)].reason == "smtp 550 5.1.1"


def test_the_address_that_the_mail_was_for_is_suppressed_and_not_the_one_that_came_meanwhile(office: Careful) -> None:
    class Moved(KeepingPostman):
        def send(self, mail: Mail) -> Answer:
            office.moves_to("new@hospital.example")
            return super().send(mail)

    office.postman = Moved(REFUSED)
    office.round()
    assert not suppressed(office)
    office.moves_to("en@hospital.example")
    assert suppressed(office)


def test_of_who_was_erased_meanwhile_no_address_is_kept(office: Careful) -> None:
    office.postman.answers, office.erased = [REFUSED], lambda people: people
    office.round()
    assert not suppressed(office)


def comes_back(office: Careful, status: str, *, command: str = "bounce", notification: str = "") -> None:
    """The mail that was sent, or another."""
    bounce = Bounce(notification or office.one.id, status)
    shelves = [office.notifications]
    context = office.context(SYSTEM, command)
    commands.suppress_bounced(bounce, context, shelves, office.suppressions, office.people)


def suppressed(office: Careful) -> bool:
    person = office.people.known[RESPONSIBLE]
    return bool(suppressed_among([person], office.suppressions))


@pytest.mark.parametrize(
    ("status", "holds"),
    [("5.1.1", True), ("5.1.10", True), ("5.2.1", True), ("5.2.2", False), ("5.1.8", False), ("4.1.1", False)],
)
def test_an_address_at_which_nobody_is_there_is_suppressed_by_itself(status: str, holds: bool, office: Careful) -> None:
    office.round()
    comes_back(office, status)
    assert suppressed(office) == holds


def test_what_was_never_sent_suppresses_nothing(office: Careful) -> None:
    comes_back(office, "5.1.1")
    comes_back(office, "5.1.1", notification="ntf_made_up")
    assert not suppressed(office)


def test_a_bounce_that_is_told_again_does_not_undo_a_release_and_the_next_one_does(office: Careful) -> None:
    office.round()
    comes_back(office, "5.1.1")
    comes_back(office, "5.1.1")
    office.release()
    comes_back(office, "5.1.1")
    assert not suppressed(office)
    comes_back(office, "5.1.1", command="another")
    assert suppressed(office)
