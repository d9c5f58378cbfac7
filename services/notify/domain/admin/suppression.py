"""A mail address that is not written to: a person's, until it is released or they have another.

The address itself is not kept: the id is made of it and of whose it is, so that another address is another document.
"""

from dataclasses import dataclass, replace

from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived, document_id
from services.notify.domain.admin.refusals import AddressNotSuppressed, AddressSuppressed
from services.notify.domain.person import Person

SUPPRESSED, RELEASED = "suppressed", "released"


@dataclass(frozen=True)
class Suppression:
    """`reason`: what somebody wrote, or the status with which a mail came back."""

    id: str
    person: str
    state: str = RELEASED
    reason: str = ""

    @property
    def holds(self) -> bool:
        return self.state == SUPPRESSED


def suppression_id(person: Person) -> str:
    """That of the address which the person has now; capitals make no difference."""
    return document_id("sup", derived(person.id, person.email.lower()))


def unsuppressed(person: Person) -> Suppression:
    """What holds of an address of which nobody has said anything."""
    return Suppression(suppression_id(person), person.id)


def suppress(suppression: Suppression, *, reason: str) -> Decision[Suppression]:
    """No mail goes to it from now on. Raises `AddressSuppressed`."""
    if suppression.holds:
        raise AddressSuppressed(person=suppression.person, reason=suppression.reason)
    return Decision(replace(suppression, state=SUPPRESSED, reason=reason), what="suppressed", why=reason)


def release(suppression: Suppression, *, reason: str) -> Decision[Suppression]:
    """Mails go to it again. Raises `AddressNotSuppressed`."""
    if not suppression.holds:
        raise AddressNotSuppressed(person=suppression.person)
    return Decision(replace(suppression, state=RELEASED, reason=""), what="released", why=reason)
