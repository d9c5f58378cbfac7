"""A person's mail address is not written to any more, or is again."""

from collections.abc import Callable

from chassis.commands import Command, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.errors import Unknown
from contracts.words import PersonId
from services.notify.application.deciding import decided_on
from services.notify.application.ports import People
from services.notify.application.suppressions import Suppressions
from services.notify.domain.admin.permissions import must_administer
from services.notify.domain.admin.suppression import Suppression, release, suppress, suppression_id, unsuppressed


class SuppressAddress(Command):
    """The address that the person has now."""

    person: PersonId
    reason: FullParagraph


class ReleaseAddress(Command):
    """The address that the person has now."""

    person: PersonId
    reason: FullParagraph


def suppress_address(command: SuppressAddress, context: Context, suppressions: Suppressions, people: People) -> Receipt:
    """What would go there goes by the next channel. Raises `NotAllowed`, `Unknown`, `AddressSuppressed`."""
    must_administer(context.actor, "suppress_address")
    return _decided(command.person, context, suppressions, people, lambda each: suppress(each, reason=command.reason))


def release_address(command: ReleaseAddress, context: Context, suppressions: Suppressions, people: People) -> Receipt:
    """Mails go there again. Raises `NotAllowed`, `Unknown`, `AddressNotSuppressed`."""
    must_administer(context.actor, "release_address")
    return _decided(command.person, context, suppressions, people, lambda each: release(each, reason=command.reason))


def _decided(
    person_id: str,
    context: Context,
    suppressions: Suppressions,
    people: People,
    decide: Callable[[Suppression], Decision[Suppression]],
) -> Receipt:
    person = people.named([person_id]).get(person_id)
    if person is None:
        raise Unknown(kind="person", id=person_id)
    return decided_on(suppressions, suppression_id(person), unsuppressed(person), decide, context)
