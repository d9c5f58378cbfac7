"""Notify's ports in memory, and a postman who keeps what he is given."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from threading import Lock

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded
from contracts.envelope import CloudEvent
from contracts.exchange.v1 import PersonChanged
from services.notify.application.ports import Mail
from services.notify.domain.delivery import TAKEN, Answer
from services.notify.domain.notification import Notification
from services.notify.domain.person import Person
from services.notify.domain.reminders.reminder import Reminder, reminder_id
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory


class FakeNotifications(InMemoryDocuments[Notification]):
    """`Notifications` in memory. `seconds` is the clock of the leases."""

    def __init__(self, seconds: Callable[[], float], lease_seconds: float = 30.0) -> None:
        super().__init__(Memory(), "notification", lambda notification: notification.email.state)
        self._seconds, self._lease_seconds = seconds, lease_seconds
        self._leases: dict[str, tuple[datetime | None, float]] = {}
        self._made: dict[str, datetime] = {}

    def add_new(self, queued: Sequence[tuple[Decision[Notification], Context]]) -> None:
        for decision, context in queued:
            if decision.state.id not in self.kept:
                self.add(decision.state.id, decision, context)
                self._made[decision.state.id] = context.now

    def due(self, now: datetime, limit: int) -> list[Loaded[Notification]]:
        waiting = [self.load(each) for each in self.kept]
        return [each for each in waiting if (at := each.state.email.next_try) and at <= now][:limit]

    def lease(self, waiting: Loaded[Notification]) -> bool:
        with self.memory.lock:
            leased_for, until = self._leases.get(waiting.id, (None, 0.0))
            moment = waiting.state.email.next_try
            changed = self.kept[waiting.id].version != waiting.version
            if changed or (leased_for == moment and until >= self._seconds()):
                return False
            self._leases[waiting.id] = (moment, self._seconds() + self._lease_seconds)
            return True

    def inbox(self, recipient: str, *, after: str | None, limit: int) -> list[Loaded[Notification]]:
        own = self._newest(lambda notification: notification.recipient == recipient)
        behind = [each.id for each in own].index(after) + 1 if after in [each.id for each in own] else 0
        return own[behind:][:limit]

    def unread(self, recipient: str) -> int:
        return sum(not each.state.read_at for each in self._newest(lambda found: found.recipient == recipient))

    def search(
        self, *, about: str | None, recipient: str | None, state: str | None, limit: int
    ) -> list[Loaded[Notification]]:
        return self._newest(
            lambda found: (
                about in (None, found.about)
                and recipient in (None, found.recipient)
                and state in (None, found.email.state)
            )
        )[:limit]

    def _newest(self, fits: Callable[[Notification], bool]) -> list[Loaded[Notification]]:
        newest_first = sorted(self.kept, key=lambda each: (self._made[each], each), reverse=True)
        return [self.load(each) for each in newest_first if fits(self.kept[each].state)]


class FakeReminders(InMemoryDocuments[Reminder]):
    """`Reminders` in memory."""

    def __init__(self) -> None:
        super().__init__(Memory(), "reminder", lambda reminder: reminder.state)

    def about(self, subjects: Iterable[str]) -> dict[str, Loaded[Reminder]]:
        ids = {subject: reminder_id(subject) for subject in subjects}
        return {subject: self.load(each) for subject, each in ids.items() if each in self.kept}


class FakePeople:
    """`People` in memory: of whom the events told, or whom a test put there."""

    def __init__(self, *people: Person) -> None:
        self.known = {person.id: person for person in people}

    def keep(self, event: CloudEvent, person: PersonChanged) -> bool:  # noqa: ARG002 (the real one orders by it)
        told = {field.name: getattr(person, field.name) for field in fields(Person) if field.name != "id"}
        self.known[person.person] = Person(person.person, **told)
        return True

    def named(self, ids: Iterable[str]) -> dict[str, Person]:
        return {each: self.known[each] for each in ids if each in self.known}


class KeepingPostman:
    """`Postman` who keeps what is taken. `answers` are his next answers; after them he takes everything."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.taken: list[Mail] = []
        self.asked = 0
        self._lock = Lock()

    def send(self, mail: Mail) -> Answer:
        with self._lock:
            self.asked += 1
            answer = self.answers.pop(0) if self.answers else Answer(TAKEN)
            if answer.verdict == TAKEN:
                self.taken.append(mail)
            return answer

    def hang_up(self) -> None:
        pass
