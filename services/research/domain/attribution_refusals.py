"""What is refused about what an outcome came of, and about who answers for others."""

from chassis.kernel.errors import Refusal


class NeverTookPlace(Refusal):
    """Nothing of the kind took place that the actor may attribute to. Facts: `kind`, `id`, `slot`."""


class EnteredInError(Refusal):
    """It was entered in error, so nothing can have come of it. Facts: `kind`, `id`, `slot`, `reason`."""


class AttributedAlready(Refusal):
    """The outcome came of it already, or it is named twice. Facts: `kind`, `id`, `slot`."""


class NotAttributed(Refusal):
    """The outcome did not come of it. Facts: `kind`, `id`, `slot`."""


class FirstOriginStays(Refusal):
    """The agreement counts the outcome by the first thing that it came of. Facts: `kind`, `id`, `slot`."""


class AttributedToTooMany(Refusal):
    """No outcome comes of so much. Facts: `most`."""


class NotQuestioned(Refusal):
    """Nothing is to be settled: what it came of was not entered in error. Facts: `state`."""
