"""A server took no mail for an address because nobody is there: it is not written to any more."""

from chassis.kernel.context import Context
from services.notify.application.erasures import Erased
from services.notify.application.suppressions import Suppressions, suppress_by_itself
from services.notify.domain.person import Person


def suppress_refused(reader: Person, reason: str, context: Context, suppressions: Suppressions, erased: Erased) -> None:
    """Suppresses the address that the mail was for. Nothing of whoever was erased meanwhile."""
    if not erased([reader.id]):
        suppress_by_itself(reader, reason, context, suppressions)
