"""What is refused about the rule by which a consultation meets again; moments are ISO 8601 text in UTC."""

from chassis.kernel.errors import Refusal


class RecurrenceUnreadable(Refusal):
    """The text is no recurrence rule (RFC 5545, 3.3.10). Facts: `part` of it, where one is to blame, and `problem`."""


class RecurrencePartNotTaken(Refusal):
    """The rule has a part that consultations do not know. Facts: `part`, `takes`."""


class RecurrenceTooOften(Refusal):
    """A consultation meets once a day at most. Facts: `frequency`, `takes`."""


class RecurrenceWithoutEnd(Refusal):
    """The rule says neither how often nor until when. Facts: `needs`: one of these parts."""


class TooManySessions(Refusal):
    """Facts: `most`."""


class RecurrenceTooLong(Refusal):
    """The last session lies too far behind the first. Facts: `begins`, `latest`: when it may begin at the latest."""


class UntilBeforeBegin(Refusal):
    """Facts: `until`, `begins`."""


class FirstSessionElsewhere(Refusal):
    """The rule does not begin with the first session.

    Facts: `begins`, `first`: the first that the rule has from that day on; null where it has none for years.
    """


class SessionsCoincide(Refusal):
    """Two sessions would be one, as the zone leaves out a day. Facts: `slot`."""


class NoSuchSlot(Refusal):
    """What is to be left out is no session of the rule. Facts: `slot`."""


class FirstSessionLeftOut(Refusal):
    """The others are counted from the first session, so that it stays: begin with a later one. Facts: `slot`."""
