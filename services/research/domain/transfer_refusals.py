"""What is refused on the way into practice, by name; the facts are plain values that a page can show."""

from chassis.kernel.errors import Refusal


class DoesNotTransfer(Refusal):
    """Outcomes of this type are not carried into practice. Facts: `type`, `because`."""


class GateOutOfOrder(Refusal):
    """Another gate is to be decided first, or this one is behind. Facts: `gate`, `next`."""


class ReasonNeeded(Refusal):
    """A decision that has to be explained was not. Facts: `gate`, `decision`."""


class DisclosureIncomplete(Refusal):
    """The report says too little for a gate to be passed. Facts: `gate`, `fields`: those that are empty."""


class EvidenceMissing(Refusal):
    """The gate cannot be passed without. Facts: `gate`, `kinds`: one of these is needed."""


class GroundQuestioned(Refusal):
    """What it came of was entered in error: that is settled first. Facts: `gate`, `because`: why it was an error."""


class EvidenceInvalid(Refusal):
    """A field of a piece of evidence is not as it should be. Facts: `evidence`: which, from 1 on; `field`, `why`."""


class DecidedTooEarly(Refusal):
    """A gate is not decided before the one before it. Facts: `date`, `earliest`."""


class AlreadyAdopted(Refusal):
    """The hospital uses it by now. Facts: `site`, `adopted_on`."""


class NotInUse(Refusal):
    """The hospital does not use it, or no more. Facts: `site`, `sites`: those that do."""


class EndedTooEarly(Refusal):
    """No use ends before it began, nor before the day on which it was said to go on. Facts: `date`, `earliest`."""


class FollowUpNotYetDue(Refusal):
    """The day of the follow-up is still to come. Facts: `site`, `months`, `due_on`."""


class FollowUpRecorded(Refusal):
    """The hospital has said so by now. Facts: `site`, `months`."""


class FollowUpCovered(Refusal):
    """A later one was said first, and tells of that time, too. Facts: `site`, `months`, `covered_by`: its months."""


class BackOnNeeded(Refusal):
    """What is deferred comes back on some day. Facts: `gate`."""


class BackOnNotInFuture(Refusal):
    """What is deferred comes back later than today. Facts: `date`, `today`."""
