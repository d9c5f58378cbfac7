"""Notify's ports in memory, and a postman who keeps what he is given."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from threading import Lock

from chassis.clock import Clock
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import WriteConflict
from contracts.envelope import CloudEvent
from contracts.exchange.v1 import PersonChanged
from services.notify.application.digesting import Digesting
from services.notify.application.email import Email
from services.notify.application.gate import Gate
from services.notify.application.ports import Made, Mail
from services.notify.application.searching import SoughtNotifications
from services.notify.application.sending import Sending
from services.notify.application.suppressions import Suppressions
from services.notify.application.surroundings import Lookup
from services.notify.application.tickets import Draw
from services.notify.application.turnstile import Turnstile
from services.notify.domain.admin.channel import Channel
from services.notify.domain.admin.suppression import Suppression
from services.notify.domain.announcement import Announcement
from services.notify.domain.breaker import CLOSED, Breaker
from services.notify.domain.brought_calendars import BroughtCalendars
from services.notify.domain.channels import EMAIL
from services.notify.domain.delivery import TAKEN, WAITING, Answer
from services.notify.domain.escalation.escalation import OPEN, Escalation, escalation_id
from services.notify.domain.holding_back import awaits_digest
from services.notify.domain.inbox import MOST_COUNTED, Inbox, inbox_id, unopened
from services.notify.domain.limits import Limits
from services.notify.domain.notification import Notification, due
from services.notify.domain.person import Person
from services.notify.domain.preferences import Preferences, preferences_id, usual
from services.notify.domain.reminders.reminder import Reminder, reminder_id
from services.notify.domain.reply_link import ReplyLink
from services.notify.domain.superseding import Told, overtaken_by
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory

NO_LIMITS = Limits()


class FakeNotifications(InMemoryDocuments[Notification]):
    """`Notifications` in memory. `seconds` is the clock of the leases."""

    def __init__(self, seconds: Callable[[], float], lease_seconds: float = 30.0) -> None:
        super().__init__(Memory(), "notification", lambda notification: notification.state)
        self._seconds, self._lease_seconds = seconds, lease_seconds
        self._leases: dict[tuple[str, str], float] = {}
        self._made: dict[str, datetime] = {}

    def add_new(self, queued: Sequence[tuple[Decision[Notification], Context]]) -> None:
        for decision, context in queued:
            if decision.state.id not in self.kept:
                self.add(decision.state.id, decision, context)
                self._made[decision.state.id] = context.now

    def due(self, channel: str, now: datetime, limit: int) -> list[str]:
        with self.memory.lock:
            return [each for _, each in sorted(self._due(channel, now))][:limit]

    def lease(self, ids: Sequence[str], channel: str, now: datetime) -> list[Loaded[Notification]]:
        with self.memory.lock:
            seconds, due = self._seconds(), set(self.due(channel, now, len(self.kept)))
            free = [each for each in ids if each in due and self._leases.get((each, channel), seconds - 1) < seconds]
            self._leases |= {(each, channel): seconds + self._lease_seconds for each in free}
            return [self.load(each) for each in free]

    def record(self, made: Sequence[Made], channel: str) -> set[str]:
        changed = set()
        for loaded, decision, context in made:
            try:
                self.save(loaded, decision, context)
                self._leases.pop((loaded.id, channel), None)
            except WriteConflict:
                changed.add(loaded.id)
        return changed

    def forget(self, before: datetime, limit: int) -> int:
        old = sorted((each for each in self.kept if self._made[each] < before), key=lambda each: self._made[each])
        over = [each for each in old if not due(self.kept[each].state)][:limit]
        for each in over:
            del self.kept[each]
        return len(over)

    def overtaken(self, waiting: Sequence[Notification]) -> dict[str, str]:
        told = [Told.of(each.state) for each in self.kept.values()]
        return {each.id: later for each in waiting if (later := overtaken_by(each, told))}

    def awaiting_digest(self, recipient: str, channel: str, moment: datetime) -> list[Notification]:
        own = (each.state for each in self.kept.values() if each.state.recipient == recipient)
        return [each for each in own if awaits_digest(each, channel, moment)]

    def inbox(self, recipient: str, *, after: str | None, limit: int) -> list[Loaded[Notification]]:
        own = self._newest(lambda found: found.recipient == recipient)
        behind = [each.id for each in own].index(after) + 1 if after in [each.id for each in own] else 0
        return own[behind:][:limit]

    def unread(self, recipient: str) -> int:
        own = self._newest(lambda found: found.recipient == recipient)
        return min(sum(not each.state.read_at for each in own), MOST_COUNTED)

    def unseen(self, recipient: str, since: datetime | None) -> int:
        own = self._newest(lambda found: found.recipient == recipient)
        return min(sum(since is None or self._made[each.id] > since for each in own), MOST_COUNTED)

    def how_far(self, about: str) -> tuple[Mapping[str, int], int]:
        found = [each.state for each in self._newest(lambda found: found.about == about)]
        return Counter(each.state for each in found), sum(each.read_at is not None for each in found)

    def waiting(self, most: int) -> Mapping[tuple[str, str], int]:
        unfinished = [
            each.state for each in self.kept.values() if {one.state for one in each.state.deliveries} & WAITING
        ]
        deliveries = [(each.channel, each.state) for found in unfinished[:most] for each in found.deliveries]
        return Counter(each for each in deliveries if each[1] in WAITING)

    def search(self, sought: SoughtNotifications, *, after: str | None, limit: int) -> list[Loaded[Notification]]:
        found = self._newest(lambda each: _fits(each, sought))
        begins = next((number for number, each in enumerate(found, 1) if each.id == after), 0)
        return found[begins:][:limit]

    def _due(self, channel: str, now: datetime) -> Iterator[tuple[datetime, str]]:
        for each in self.kept:
            delivery = self.kept[each].state.by(channel)
            if delivery and delivery.next_try and delivery.next_try <= now:
                yield delivery.next_try, each

    def _newest(self, fits: Callable[[Notification], bool]) -> list[Loaded[Notification]]:
        newest_first = sorted(self.kept, key=lambda each: (self._made[each], each), reverse=True)
        return [self.load(each) for each in newest_first if fits(self.kept[each].state)]


def _fits(found: Notification, sought: SoughtNotifications) -> bool:
    if sought.since and found.queued_at < sought.since:
        return False
    if sought.until and found.queued_at >= sought.until:
        return False
    asked = ((sought.about, found.about), (sought.recipient, found.recipient), (sought.purpose, found.purpose))
    return all(wanted in (None, has) for wanted, has in asked) and any(
        sought.state in (None, each.state) and sought.channel in (None, each.channel) for each in found.deliveries
    )


class FakeReminders(InMemoryDocuments[Reminder]):
    """`Reminders` in memory."""

    def __init__(self) -> None:
        super().__init__(Memory(), "reminder", lambda reminder: reminder.state)

    def about(self, subjects: Iterable[str]) -> dict[str, Loaded[Reminder]]:
        ids = {subject: reminder_id(subject) for subject in subjects}
        return {subject: self.load(each) for subject, each in ids.items() if each in self.kept}


class FakeAnnouncements(InMemoryDocuments[Announcement]):
    """`Announcements` in memory."""

    def __init__(self) -> None:
        super().__init__(Memory(), "announcement", lambda announcement: announcement.state)

    def newest(self, sites: Collection[str] | None, limit: int) -> list[Loaded[Announcement]]:
        loaded = [self.load(each) for each in self.kept]
        fit = [each for each in loaded if sites is None or not set(sites).isdisjoint(each.state.audience.sites)]
        newest_first = sorted(fit, key=lambda each: (each.state.announced_at, each.id), reverse=True)
        return [replace(each, state=replace(each.state, recipients=())) for each in newest_first[:limit]]


class FakeEscalations(InMemoryDocuments[Escalation]):
    """`Escalations` in memory."""

    def __init__(self) -> None:
        super().__init__(Memory(), "escalation", lambda escalation: escalation.state)

    def about(self, subjects: Iterable[str]) -> dict[str, Loaded[Escalation]]:
        ids = {subject: escalation_id(subject) for subject in subjects}
        return {subject: self.load(each) for subject, each in ids.items() if each in self.kept}

    def open_ones(self) -> list[Loaded[Escalation]]:
        return [self.load(each) for each, kept in self.kept.items() if kept.state.state == OPEN]


class FakeCalendarsBrought:
    """`CalendarsBrought` in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[datetime, BroughtCalendars]] = {}

    def keep(self, new: Sequence[BroughtCalendars], now: datetime) -> None:
        self.kept = {each.event: (now, each) for each in new} | self.kept

    def about(self, subject: str) -> list[BroughtCalendars]:
        return [each for _, each in self.kept.values() if each.about == subject]

    def forget(self, before: datetime, limit: int) -> int:
        old = [event for event, (kept_at, _) in self.kept.items() if kept_at < before][:limit]
        for event in old:
            del self.kept[event]
        return len(old)


class FakeReplyLinks(InMemoryDocuments[ReplyLink]):
    """`ReplyLinks` in memory."""

    def __init__(self) -> None:
        super().__init__(Memory(), "reply-link", lambda link: link.state)

    def forget(self, before: datetime, limit: int) -> int:
        over = [each for each, kept in self.kept.items() if kept.state.ends_at < before][:limit]
        for each in over:
            del self.kept[each]
        return len(over)


class FakeInboxes(InMemoryDocuments[Inbox]):
    """`Inboxes` in memory."""

    def __init__(self) -> None:
        super().__init__(Memory(), "inbox", lambda _: "seen")

    def of(self, person: str) -> Inbox:
        found = self.kept.get(inbox_id(person))
        return found.state if found else unopened(person)


class FakePreferences(InMemoryDocuments[Preferences]):
    """`PreferencesOfPeople` in memory."""

    def __init__(self) -> None:
        super().__init__(Memory(), "preferences", lambda _: "kept")

    def of(self, people: Iterable[str]) -> dict[str, Preferences]:
        ids = {person: preferences_id(person) for person in people}
        said = self.named(ids.values())
        return {person: said.get(identity) or usual(person) for person, identity in ids.items()}


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

    def everybody(self) -> list[Person]:
        return list(self.known.values())


class FakeBreakers:
    """`Breakers` in memory. `seconds` is the clock of the probes."""

    def __init__(self, seconds: Callable[[], float] = lambda: 0.0) -> None:
        self._seconds = seconds
        self.known: dict[str, Breaker] = {}
        self._probed_until: dict[str, float] = {}

    def of(self, channel: str) -> Breaker:
        return self.known.get(channel, CLOSED)

    def take_probe(self, channel: str) -> bool:
        if self._probed_until.get(channel, 0.0) > self._seconds():
            return False
        self._probed_until[channel] = self._seconds() + 60.0
        return True

    def leave(self, channel: str, before: Breaker, after: Breaker) -> None:
        if self.of(channel).failures == before.failures:
            self.known[channel] = after
            self._probed_until[channel] = 0.0


class FakeTickets:
    """`Tickets` in memory."""

    def __init__(self) -> None:
        self.drawn: Counter[str] = Counter()
        self.draws: dict[str, Counter[str]] = {}
        self.over: dict[str, datetime] = {}

    def draw(self, roll: str, wanted: int, over_at: datetime) -> int:
        return self.draw_each({roll: wanted}, over_at).before[roll]

    def give_back(self, roll: str, unused: int) -> None:
        self.drawn[roll] -= unused

    def draw_each(self, wanted: Mapping[str, int], over_at: datetime) -> Draw:
        draw = Draw(str(len(self.draws)), {roll: self.drawn[roll] for roll in wanted})
        self.draws[draw.id] = Counter(wanted)
        self.drawn.update(wanted)
        self.over |= dict.fromkeys(wanted, over_at)
        return draw

    def keep_of(self, draw: Draw, used: Mapping[str, int]) -> None:
        self.drawn.subtract(self.draws[draw.id])
        self.draws[draw.id] = Counter(used)
        self.drawn.update(used)

    def forget(self, before: datetime) -> int:
        over = [roll for roll, at in self.over.items() if at < before]
        for roll in over:
            del self.drawn[roll], self.over[roll]
        return len(over)


def turnstile_with(limits: Limits = NO_LIMITS) -> Turnstile:
    """A turnstile in memory, of which nobody has drawn a ticket."""
    return Turnstile(limits, FakeTickets())


def gate_with(clock: Clock, breakers: FakeBreakers | None = None) -> Gate:
    """A gate in memory, of channels that nobody paused."""
    channels = InMemoryDocuments[Channel](Memory(), "channel", lambda channel: channel.state)
    return Gate(channels, breakers or FakeBreakers(), clock)


def suppressions_in_memory() -> InMemoryDocuments[Suppression]:
    """Addresses in memory, of which none is suppressed."""
    return InMemoryDocuments(Memory(), "suppression", lambda suppression: suppression.state)


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


def sending_mails(
    notifications: FakeNotifications,
    people: FakePeople,
    carrier: Email,
    clock: Clock,
    preferences: FakePreferences | None = None,
    digests: FakeNotifications | None = None,
    *,
    of_digests: bool = False,
    gate: Gate | None = None,
    suppressions: Suppressions | None = None,
    announcements: FakeAnnouncements | None = None,
    turnstile: Turnstile | None = None,
    escalations: FakeEscalations | None = None,
) -> Sending:
    """The worker's task of sending mails, or of sending `digests`, on fakes."""
    digests = digests or FakeNotifications(lambda: 0.0)
    wanted, announced = preferences or FakePreferences(), announcements or FakeAnnouncements()
    asked = escalations or FakeEscalations()
    about = Lookup(notifications, people, wanted, announced, suppressions or suppressions_in_memory(), asked)
    return Sending(
        EMAIL,
        digests if of_digests else notifications,
        about,
        carrier,
        Digesting(notifications, digests, asked),
        clock,
        gate=gate or gate_with(clock),
        turnstile=turnstile or turnstile_with(),
    )
