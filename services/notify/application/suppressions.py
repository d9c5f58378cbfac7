"""Mail addresses that are not written to."""

from collections.abc import Iterable, Mapping
from contextlib import suppress as passing_over

from chassis.kernel.context import Context
from chassis.kernel.documents import Documents
from services.notify.application.deciding import decided_on
from services.notify.domain.admin.refusals import AddressSuppressed
from services.notify.domain.admin.suppression import Suppression, suppress, suppression_id, unsuppressed
from services.notify.domain.person import Person

Suppressions = Documents[Suppression]
"""One document for each address that was ever suppressed."""


def suppressed_among(people: Iterable[Person], suppressions: Suppressions) -> Mapping[str, str]:
    """Those of these people whose address, as it is now, is suppressed: a person's id -> the reason."""
    found = suppressions.named([suppression_id(each) for each in people])
    return {each.person: each.reason for each in found.values() if each.holds}


def suppress_by_itself(person: Person, reason: str, context: Context, suppressions: Suppressions) -> None:
    """Nobody is at the person's address. Nothing where it is suppressed, or was by this command and released since.

    To be done before what became of the mail is written down: whoever dies in between does both again.
    """
    with passing_over(AddressSuppressed):
        decided_on(
            suppressions,
            suppression_id(person),
            unsuppressed(person),
            lambda each: suppress(each, reason=reason),
            context,
        )
