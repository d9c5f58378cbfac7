"""Everything that research may refuse, by name; the facts are plain values that a page can show."""

from chassis.kernel.errors import Refusal


class WrongState(Refusal):
    """The command does not fit the state or stage. Facts: `state`, `command`, `fits`: the states it does fit."""


class GateOutOfOrder(Refusal):
    """Another gate is to be decided first, or this one is behind. Facts: `gate`, `next`."""


class ReasonNeeded(Refusal):
    """A decision that has to be explained was not. Facts: `gate`, `decision`."""


class InvalidDoi(Refusal):
    """What is given as a DOI is none. Facts: `doi`."""


class NotOfTheOutcome(Refusal):
    """The site is none of those that the outcome came from. Facts: `site`, `partners`."""


class DateInTheFuture(Refusal):
    """What is reported cannot have happened yet. Facts: `date`, `today`."""


class AdoptedTooEarly(Refusal):
    """Nobody can use what a visit or a consultation led to before that began. Facts: `date`, `earliest`."""
