"""What names a booking, and us, in other people's calendars."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from icalendar import vCalAddress

from services.exchange.adapters.icalendar.texts import one_line

PRODUCT = "-//Khunjerab//exchange//EN"


@dataclass(frozen=True)
class Office:
    """`host` stands behind the `@` of every UID; replies go to `reply_address`."""

    host: str
    reply_address: str

    @classmethod
    def at(cls, web_url: str, reply_address: str) -> "Office":
        """`web_url`: where people reach the pages."""
        return cls(urlsplit(web_url).hostname or "localhost", reply_address)

    def uid(self, document: str) -> str:
        """The same for the whole life of the booking."""
        return f"{document}@{self.host}"

    def document(self, uid: str) -> str | None:
        """The id of the booking that a UID names; `None` where it is none of ours."""
        document, at, host = uid.rpartition("@")
        return document if at and host.lower() == self.host.lower() else None


def mailbox(address: str, name: str) -> vCalAddress:
    """An ORGANIZER or ATTENDEE, without its parameters but the name."""
    known = vCalAddress(f"mailto:{quote(address, safe='@+=!#$&*.-_~')}")
    known.params["CN"] = one_line(name)
    return known
