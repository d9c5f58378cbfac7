"""Everything the exchange may refuse, by name; the facts are plain values that a page can show."""

from chassis.kernel.errors import Refusal


class WrongState(Refusal):
    """The command does not fit the state. Facts: `state`, `command`, `fits`: the states it does fit."""


class DatesReversed(Refusal):
    """The departure lies before the arrival. Facts: `arrival`, `departure`."""


class DateInThePast(Refusal):
    """The day has gone by at the host. Facts: `date`, `today`."""


class DateInTheFuture(Refusal):
    """What is reported cannot have happened yet. Facts: `date`, `today`."""


class VisitTooLong(Refusal):
    """Facts: `days`, `most`."""


class NoSuchCondition(Refusal):
    """The agreement has no such cooperation condition. Facts: `agreement`, `condition`."""


class AgreementNotInEffect(Refusal):
    """The agreement does not cover the days asked for. Facts: `agreement`, `state`, `from`, `until`."""


class NoSuchDepartment(Refusal):
    """The host site has no such department. Facts: `site`, `department`."""


class NotOfTheSendingSite(Refusal):
    """A visitor does not belong to the site that sends. Facts: `person`, `site`."""


class LeaderNotAmongVisitors(Refusal):
    """Facts: `leader`, `visitors`."""


class VisitorNamedTwice(Refusal):
    """Facts: `person`."""


class HostFull(Refusal):
    """The department has too few free seats on those days. Facts: `department`, `seats`, `free`, `asked`, days."""


class VisitorDoubleBooked(Refusal):
    """A visitor is elsewhere on one of the days. Facts: `person`, `date`."""


class QuotaExceeded(Refusal):
    """The agreement promises less than is asked. Facts: `of`, `asked`, `left`, `promised`, `year`."""


class QuotaClosed(Refusal):
    """The agreement's quota is closed, as after its termination. Facts: `agreement`, `condition`, `year`."""


class NotAsked(Refusal):
    """The agreement does not ask this party. Facts: `party`, `asked`."""


class TextChanged(Refusal):
    """The text approved is not the text that stands. Facts: `approved`, `stands`."""


class PartnerNamedTwice(Refusal):
    """An agreement with oneself would take effect by one approval. Facts: `site`."""


class UnknownZone(Refusal):
    """No such time zone. Facts: `zone`."""


class UnknownSite(Refusal):
    """Facts: `site`."""


class TooManyYears(Refusal):
    """An agreement spans more years than are kept ledgers for. Facts: `years`, `most`."""
