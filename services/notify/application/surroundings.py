"""What has to be known to send a few notifications, asked for all of them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.notify.application.announcements import Announced, Announcements, announced_in, is_withdrawn, spelt_out
from services.notify.application.escalations import Escalations, settled_among
from services.notify.application.ports import Message, Notifications, People, PreferencesOfPeople
from services.notify.application.suppressions import Suppressions, suppressed_among
from services.notify.domain.digest import items_of
from services.notify.domain.holding_back import Circumstances
from services.notify.domain.notification import Notification
from services.notify.domain.person import Person
from services.notify.domain.preferences import Preferences
from services.notify.domain.telling import people_in


@dataclass(frozen=True)
class Surroundings:
    """`people`: recipients and whomever the words may name; `overtaken`: a notification -> what makes it pointless;
    `items`: what digests tell of; `announced`: the announcements that any of all these tell of;
    `suppressed`: a recipient whose mail address is not written to -> the reason; `settled`: the notifications that tell
    of an answer which is not awaited any more.
    """

    people: Mapping[str, Person]
    preferences: Mapping[str, Preferences]
    overtaken: Mapping[str, str]
    items: Mapping[str, Notification]
    announced: Announced
    suppressed: Mapping[str, str]
    settled: frozenset[str]

    def message(self, notification: Notification, recipient: Person) -> Message:
        """One of the notifications, with what it takes to put it into words."""
        items = [self.items[each] for each in items_of(notification) if each in self.items]
        spelt = [spelt_out(each, self.announced) for each in items]
        return Message(spelt_out(notification, self.announced), recipient, self.people, spelt)

    def of(self, notification: Notification, recipient: Person, now: datetime) -> Circumstances:
        """What the rules look at for one of the notifications."""
        preferences = self.preferences[notification.recipient]
        overtaken, withdrawn = self.overtaken.get(notification.id), is_withdrawn(notification, self.announced)
        return Circumstances(
            now,
            recipient.zone,
            preferences,
            overtaken,
            withdrawn,
            suppressed=recipient.id in self.suppressed,
            settled=notification.id in self.settled,
        )


@dataclass(frozen=True)
class Lookup:
    """Where all of it is looked up."""

    notifications: Notifications
    people: People
    preferences: PreferencesOfPeople
    announcements: Announcements
    suppressions: Suppressions
    escalations: Escalations

    def around(self, waiting: Sequence[Notification]) -> Surroundings:
        """The people, their preferences, what came later and what digests tell. Raises `Unavailable`."""
        recipients = {each.recipient for each in waiting}
        listed = {item for each in waiting for item in items_of(each)}
        items = self.notifications.named(listed) if listed else {}
        named = recipients.union(*(people_in(each.cause.facts) for each in (*waiting, *items.values())))
        overtaken = self.notifications.overtaken(waiting)
        announced = announced_in((*waiting, *items.values()), self.announcements)
        people = self.people.named(named)
        suppressed = suppressed_among((each for each in people.values() if each.id in recipients), self.suppressions)
        settled = settled_among(waiting, self.escalations)
        return Surroundings(people, self.preferences.of(recipients), overtaken, items, announced, suppressed, settled)
