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


class NotAnAnswer(Refusal):
    """The message asks for no such answer. Facts: `answer`, `answers`."""


class LinkUsed(Refusal):
    """The link was used for another answer. Facts: `answer`."""


class LinkExpired(Refusal):
    """It is too late to answer by the link. Facts: `until`."""


class NotABounce(Refusal):
    """A mail came to the mailbox for bounces that tells of no delivery. No facts."""


class BounceOfNothing(Refusal):
    """It does not say of which of our mails it tells. No facts."""


class BounceTooLarge(Refusal):
    """More than any mail server writes. Facts: `what`, `most`."""


class NobodyReached(Refusal):
    """An announcement is for somebody, beside whoever makes it. Facts: `sites`, `fields`."""


class AudienceTooLarge(Refusal):
    """So many people are told in several announcements. Facts: `people`, `most`."""


class WithdrawnAlready(Refusal):
    """The announcement was withdrawn before. Facts: `at`."""


class NothingAwaited(Refusal):
    """No answer is waited for that could go on to somebody else. Facts: `about`."""
