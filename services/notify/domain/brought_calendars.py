"""The calendar files that an event brought, kept for when one of its messages is sent once more.

Calendars go by the newest file of a thing: an older one would put a visit back on days that are no longer so. So a file
goes out again only while no later one has come for the same reader.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from services.notify.domain.calendar_file import CalendarFile, Enclosed, taken_out
from services.notify.domain.lines import Facts
from services.notify.domain.notification import Notification
from services.notify.domain.roles import VISITOR
from services.notify.domain.telling import people_in


@dataclass(frozen=True)
class BroughtCalendars:
    """What an event brought, and the version of what it is about. `recipients`: whom it is for; none: everybody.

    `named`: whom the files name.
    """

    event: str
    about: str
    version: int
    recipients: frozenset[str]
    named: frozenset[str]
    files: Enclosed

    def is_for(self, person: str) -> bool:
        return not self.recipients or person in self.recipients


def brought(event: str, about: str, version: int, facts: Facts) -> BroughtCalendars | None:
    """What an event with these facts brought; nothing where it carries no file."""
    rest, files = taken_out(facts)
    if files == Enclosed():
        return None
    withdrew = (rest["person"],) if files.others is None else ()
    recipients = frozenset(rest.get("recipients", withdrew))
    return BroughtCalendars(event, about, version, recipients, recipients | people_in(rest), files)


def still_holds(notification: Notification, about_it: Iterable[BroughtCalendars]) -> CalendarFile | None:
    """The file that the message's mail had, of all that was brought about its thing; nothing where a later one came."""
    known = list(about_it)
    own = next((each for each in known if each.event == notification.cause.event), None)
    if own is None or not notification.encloses:
        return None
    later = (each for each in known if each.version > own.version and each.is_for(notification.recipient))
    return None if any(later) else own.files.for_reader(goes=notification.because == VISITOR)
