"""What notify refuses, by name."""

from chassis.kernel.errors import Refusal


class DeputyOfOneself(Refusal):
    """Nobody is their own deputy. Facts: `person`."""


class OfNoSiteOfTheirs(Refusal):
    """A deputy is of one of the person's sites, whose business they hear of. Facts: `deputy`, `sites`."""


class AbsenceReversed(Refusal):
    """The last day lies before the first. Facts: `first`, `last`."""


class AbsenceOver(Refusal):
    """The last day has gone by, where the person is. Facts: `last`, `today`."""


class NoDeputy(Refusal):
    """Nobody stands in for the person. Facts: `person`."""
