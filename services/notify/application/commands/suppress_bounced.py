"""A mail came back because nobody is there: the address is not written to any more."""

from collections.abc import Sequence

from chassis.kernel.context import Context
from chassis.kernel.errors import Unknown
from services.notify.application.ports import Notifications, People
from services.notify.application.shelves import found_on
from services.notify.application.suppressions import Suppressions, suppress_by_itself
from services.notify.domain.bounce import Bounce
from services.notify.domain.channels import EMAIL
from services.notify.domain.delivery import BOUNCED, SENT
from services.notify.domain.person import Person


def suppress_bounced(
    bounce: Bounce, context: Context, shelves: Sequence[Notifications], suppressions: Suppressions, people: People
) -> None:
    """Suppresses the address that the recipient has by now; once, also where somebody has released it since."""
    person = _reader_of(bounce, shelves, people) if bounce.nobody_is_there else None
    if person:
        suppress_by_itself(person, bounce.reason, context, suppressions)


def _reader_of(bounce: Bounce, shelves: Sequence[Notifications], people: People) -> Person | None:
    """Whose mail it was; nobody where it tells of none that was sent."""
    try:
        _, found = found_on(shelves, bounce.notification)
    except Unknown:
        return None
    mailed = found.state.by(EMAIL)
    if mailed is None or mailed.state not in (SENT, BOUNCED):
        return None
    return people.named([found.state.recipient]).get(found.state.recipient)
