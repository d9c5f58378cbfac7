"""What may be refused in the life of a visit, by name, with plain facts."""

from chassis.kernel.errors import Refusal


class ReplyTooLate(Refusal):
    """The time for replies is over; the visit lapses. Facts: `reply_by`, `now`."""


class NoCounterProposal(Refusal):
    """The party has not asked for other days. Facts: `party`."""


class CounterNeedsTentative(Refusal):
    """Other days come in pairs, and with a tentative reply. Facts: `status`, `arrival`, `departure`."""


class NothingChanges(Refusal):
    """It is so already. Facts: what was asked for: `arrival` and `departure` of a visit, `begins` of sessions, or
    `participants`."""


class NotAnExtension(Refusal):
    """An extension ends later than what is planned. Facts: `departure`, `planned_departure`."""


class NotAVisitor(Refusal):
    """Facts: `person`."""


class VisitorNotExpected(Refusal):
    """The visitor cannot do this any more, or not yet. Facts: `person`, `because`: how they stand."""


class NobodyExpected(Refusal):
    """There is no visitor left to whom this could happen. Facts: `command`."""


class LeaderNeeded(Refusal):
    """The leader withdraws: one of those who go has to be named in their place. Facts: `leader`, `visitors`."""


class ArrivalTooEarly(Refusal):
    """Nobody arrives so long before the planned day. Facts: `date`, `planned_arrival`, `margin_days`."""


class NotYetPassed(Refusal):
    """The arrival may still happen: the planned day is not over at the host. Facts: `date`, `today`."""


class PeriodTooLong(Refusal):
    """Nobody stands in for so long. Facts: `days`, `most`."""


class OwnDeputy(Refusal):
    """Nobody stands in for themselves. Facts: `person`."""


class TooManyNotes(Refusal):
    """Facts: `most`."""


class TooManyDeputies(Refusal):
    """Facts: `most`."""


class NoLedger(Refusal):
    """No quota is kept for that year, as where the agreement never took effect. Facts: `agreement`, `year`."""


class LeaderStays(Refusal):
    """A new leader is named where the leader does not withdraw. Facts: `leader`."""
