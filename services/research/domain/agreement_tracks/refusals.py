"""What is refused about agreement tracks, by name; the facts are plain values that a page can show."""

from chassis.kernel.errors import Refusal


class TrackNotOpen(Refusal):
    """The command does not fit how the agreement stands. Facts: `state`, `command`, `fits`: the states it does fit."""


class StepNotAwaited(Refusal):
    """Another step is waited for. Facts: `step`, `awaited`, `side`: whose that is."""


class SignatureNeeded(Refusal):
    """The step is a signature: `sign_track` takes it. Facts: `step`."""


class NoSignatureYet(Refusal):
    """Something else is waited for before anybody signs. Facts: `awaited`, `side`."""


class TextNeeded(Refusal):
    """A draft comes with its text. Facts: `step`."""


class TextOfNoDraft(Refusal):
    """The text, and how long it is to be in force, come with a draft. Facts: `step`, `drafts`: the step that does."""


class AnotherText(Refusal):
    """What is to be signed is not the text that was drafted. Facts: `sha256`, `stands`: the sums of both."""


class SignedByTheSame(Refusal):
    """One person does not sign for both sides. Facts: `person`."""


class TermOver(Refusal):
    """The agreement would be in force on no day to come. Facts: `expires_on`, `today`."""


class NotAnEarlierStep(Refusal):
    """It can go back only to a step that was taken. Facts: `step`, `awaited`, `taken`: those that were."""


class WideningAwaited(Refusal):
    """Nobody signs while it is open what the agreement is to serve. Facts: `outcomes`: those that were proposed."""


class SignedAlready(Refusal):
    """Somebody has signed what it serves: it is sent back first, or agreed on apart. Facts: `sides`: which signed."""


class ServedAlready(Refusal):
    """The agreement serves it. Facts: `outcome`."""


class ProposedAlready(Refusal):
    """It waits for the other side by now. Facts: `outcome`."""


class WideningNotProposed(Refusal):
    """Nobody proposed it, or the other side has answered. Facts: `outcome`, `proposed`: those that wait."""


class AgreedByTheSame(Refusal):
    """Nobody agrees to what they proposed. Facts: `person`."""


class ServesTooMany(Refusal):
    """No agreement serves so many. Facts: `most`."""


class OutcomeNotOfSides(Refusal):
    """One of both sites has nothing to do with the outcome. Facts: `outcome`, `site`, `sites`: those of the outcome."""
