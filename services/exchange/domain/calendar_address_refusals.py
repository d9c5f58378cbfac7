"""What may be refused of calendar addresses, by name, with plain facts."""

from chassis.kernel.errors import Refusal


class TooManyCalendarAddresses(Refusal):
    """Somebody has as many open as one may have: another one is to be revoked first. Facts: `most`."""
