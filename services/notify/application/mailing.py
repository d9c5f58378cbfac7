"""The worker's task "mail": queued notifications become mails, each sent by one worker at a time.

A crash after the server took the mail and before that is written down sends it again, under the same Message-ID:
between a mail server and a database no more can be promised than at least once.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from chassis import crashpoints
from chassis.clock import Clock
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded
from chassis.kernel.ids import derived
from services.notify.application.ports import (
    Invitation,
    Letter,
    Mail,
    Notifications,
    Offer,
    People,
    Postman,
    Writer,
)
from services.notify.application.reactions.notify_of import in_chain_of
from services.notify.application.reply_links import Linking
from services.notify.domain.delivery import LATER, NOT_SENT, SENT, UNDELIVERED, Answer
from services.notify.domain.notification import Notification
from services.notify.domain.person import Person
from services.notify.domain.sending import attempted, put_off
from services.notify.domain.telling import people_in

log = structlog.get_logger(__name__)
Decide = Callable[[Notification], Decision[Notification]]


@dataclass(frozen=True)
class Mailing:
    """Sends what is due."""

    notifications: Notifications
    people: People
    writer: Writer
    postman: Postman
    clock: Clock
    linking: Linking | None = None

    def send_due(self, limit: int = 100) -> int:
        """One round: tries at most `limit` mails whose time has come, and returns how many.

        Ends early when no mail server can be spoken to. Raises `Unavailable` when the store does not answer.
        """
        tried = 0
        try:
            for waiting in self.notifications.due(self.clock.now(), limit):
                if self.notifications.lease(waiting):
                    tried += 1
                    if self._send(waiting).server_away:
                        break
        finally:
            self.postman.hang_up()
        return tried

    def _send(self, waiting: Loaded[Notification]) -> Answer:
        notification = waiting.state
        people = self.people.named({notification.recipient} | people_in(notification.cause.facts))
        recipient = people.get(notification.recipient)
        if recipient is None:
            self._record(waiting, lambda state: put_off(state, now=self.clock.now()))
            return Answer(LATER, reason="recipient-unknown")
        answer = self._handed_over(notification, recipient, people)
        crashpoints.reached("mail.after-smtp")
        self._record(waiting, lambda state: attempted(state, answer, now=self.clock.now()))
        return answer

    def _handed_over(self, notification: Notification, to: Person, people: dict[str, Person]) -> Answer:
        offer = self.linking.offered(notification, self.clock.now()) if self.linking else None
        letter = self._written(notification, to, people, offer)
        if letter is None:
            return Answer(LATER, reason="not-rendered")
        crashpoints.reached("mail.before-smtp")
        invitation = _invitation(notification, letter.language)
        return self.postman.send(Mail(notification.id, notification.about, to, letter, self.clock.now(), invitation))

    def _written(
        self, notification: Notification, to: Person, people: dict[str, Person], offer: Offer | None
    ) -> Letter | None:
        try:
            return self.writer.letter(notification, to, people, offer)
        except Exception:
            # A fault of ours in one template must not keep everybody else's mail waiting.
            log.exception("mail not rendered", notification=notification.id, purpose=notification.purpose)
            return None

    @decided_again_on_conflict
    def _record(self, waiting: Loaded[Notification], decide: Decide) -> None:
        """Writes down what came of the attempt that was leased, unless another worker has done so since."""
        loaded = self.notifications.load(waiting.id)
        leased, stands = waiting.state.email, loaded.state.email
        if stands.next_try != leased.next_try or leased.next_try is None:
            return
        command_id = derived(waiting.id, "mail", leased.next_try.isoformat())
        decision = decide(loaded.state)
        self.notifications.save(loaded, decision, in_chain_of(loaded.state.cause, command_id, self.clock.now()))
        _tell(decision)


def _invitation(notification: Notification, language: str) -> Invitation | None:
    calendar = notification.calendar
    if calendar is None:
        return None
    return Invitation(calendar.method, calendar.reply_to, calendar.text_for(language).encode())


def _tell(decision: Decision[Notification]) -> None:
    email = decision.state.email
    say = log.warning if email.state in (UNDELIVERED, NOT_SENT) else log.info
    if email.state != SENT:
        say("mail not sent", notification=decision.state.id, state=email.state, reason=email.reason)
