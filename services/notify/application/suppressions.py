"""Mail addresses that are not written to."""

from collections.abc import Iterable

from chassis.kernel.documents import Documents
from services.notify.domain.admin.suppression import Suppression, suppression_id
from services.notify.domain.person import Person

Suppressions = Documents[Suppression]
"""One document for each address that was ever suppressed."""


def suppressed_among(people: Iterable[Person], suppressions: Suppressions) -> frozenset[str]:
    """Those of these people whose address, as it is now, is suppressed: their ids."""
    found = suppressions.named([suppression_id(each) for each in people])
    return frozenset(each.person for each in found.values() if each.holds)
