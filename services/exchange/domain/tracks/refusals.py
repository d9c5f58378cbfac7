"""What is refused about the steps of a track, by name; the facts are plain values that a page can show."""

from chassis.kernel.errors import Refusal


class NoSuchStep(Refusal):
    """The visit's track has no such step. Facts: `track`, `step`, `steps`: those that it has."""


class StepClosed(Refusal):
    """The step was done or waived already, or its visit is over. Facts: `step`, `state`."""


class StepOpen(Refusal):
    """There is nothing to take back: the step was neither done nor waived. Facts: `step`."""


class StepNotWaivable(Refusal):
    """The law asks for it, whoever would do without. Facts: `step`."""


class NoSuchVariant(Refusal):
    """The step is done in one of several ways, and this is none. Facts: `step`, `variant`, `variants`."""


class NoPracticePermit(Refusal):
    """Clinical work in China needs a short-term practice permit. Facts: `visit`, `visitors`: those who have none."""
