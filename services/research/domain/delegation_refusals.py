"""What is refused about who answers for whom."""

from chassis.kernel.errors import Refusal


class DelegateOfOneself(Refusal):
    """Nobody is their own delegate. Facts: `person`."""


class NotTheirSite(Refusal):
    """Person and delegate are not both of these sites; or of none, where they are none. Facts: `sites`, `shared`."""


class DelegationTooShort(Refusal):
    """It would have ended already. Facts: `until`, `today`."""


class DelegationTooLong(Refusal):
    """A delegate is named for a year at most, and then again. Facts: `until`, `latest`."""
