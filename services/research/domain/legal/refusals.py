"""What is refused about requirements of law and their clearances, by name; the facts are plain values."""

from chassis.kernel.errors import Refusal


class OneEndOnly(Refusal):
    """Nothing goes from a site to itself. Facts: `site`."""


class NoSuchYesOrNo(Refusal):
    """None of its types of outcome has such a yes-or-no detail. Facts: `detail`, `details`: those that they have."""


class RequirementEnded(Refusal):
    """It is asked for no more. Facts: `requirement`."""


class RequirementUnchanged(Refusal):
    """The change says what stands there already. Facts: `requirement`."""


class RequirementNotOfOutcome(Refusal):
    """The requirement is none that this outcome has. Facts: `requirement`."""


class ClearedByTrack(Refusal):
    """An agreement in force between both sites clears it, not the word of one. Facts: `requirement`, `kind`."""


class ClearanceDaysReversed(Refusal):
    """It would have expired before it was granted. Facts: `granted_on`, `expires_on`."""


class PaperInvalid(Refusal):
    """What is said of a document is not as it should be. Facts: `field`, `why`."""


class NothingToRevoke(Refusal):
    """Nothing stands that could be taken back. Facts: `requirement`."""


class ClearanceMissing(Refusal):
    """Law asks for what nobody has cleared. Facts: `gate`, `requirement`, `kind`, `from_end`, `to_end`, `owner`."""


class ClearanceExpired(Refusal):
    """What law asks for was cleared until a day that has passed.

    Facts: `gate`, `requirement`, `kind`, `from_end`, `to_end`, `owner`, `expired_on`.
    """


class ExpiredAlready(Refusal):
    """What is recorded would stand on no day to come. Facts: `expires_on`, `today`."""
