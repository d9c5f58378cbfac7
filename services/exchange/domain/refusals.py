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


class ConditionRemoved(Refusal):
    """A later text took the condition out of the agreement: nothing more is planned under it.

    Facts: `agreement`, `condition`, `text`: the number of that text, `since`: the moment at which it came into force.
    """


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
    """The department has too few free seats on those days.

    Facts: `department`, `arrival`, `departure`, `seats`, `free`, `asked`, and the nearest `alternatives`: each with
    `kind`, `cost`, `arrival`, `departure`, `department`.
    """


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


class SameSite(Refusal):
    """A condition sends a site's people to that site itself. Facts: `site`."""


class ConditionNamedTwice(Refusal):
    """Two conditions of one text have one id. Facts: `condition`."""


class NotPromisedByKind(Refusal):
    """A condition of this kind has no such quota: a joint outcome has no visits. Facts: `kind`, `of`, `promised`."""


class NotForVisits(Refusal):
    """A visit cannot be proposed under a condition of this kind. Facts: `condition`, `kind`."""


class UnknownRule(Refusal):
    """No such rule of a visit. Facts: `rule`, `known`."""


class UnknownRuleLevel(Refusal):
    """The rule cannot be given this level. Facts: `rule`, `level`, `known`: the levels it can be given."""


class UnknownLineKind(Refusal):
    """Money is not spent on this. Facts: `kind`, `known`."""


class UnknownPayer(Refusal):
    """Nobody of this name pays. Facts: `kind`, `payer`, `known`."""


class SameText(Refusal):
    """An amendment that changes nothing. Facts: `text`: the number of the text that says the same."""


class NoSuchText(Refusal):
    """The agreement has no text of this number. Facts: `text`, `texts`: how many it has."""


class TooManyTexts(Refusal):
    """The agreement has been amended as often as it can be: a new one is needed. Facts: `most`."""


class AnotherCondition(Refusal):
    """What a condition is, and between whom, never changes: remove it and add another. Facts: `condition`, `of`."""


class PromiseBelowBooked(Refusal):
    """A new text promises less than is taken. Facts: `condition`, `year`, `of`, `promised`, `used`, `held`."""


class EndsAnyway(Refusal):
    """The day of a termination lies behind the end. Facts: `on`, `until`."""


class TerminationStands(Refusal):
    """The agreement is to end early: it is amended no more. Facts: `on`."""


class DepartmentClosed(Refusal):
    """The department hosts nobody on one of the days. Facts: `department`, `first`, `last`, `reason`."""


class TooShortNotice(Refusal):
    """The arrival is too near. Facts: `what` for, `kind`, `country`, `needed`, `notice`, `arrival`, `earliest`."""


class TooSoonAfterLastVisit(Refusal):
    """A visitor's other visit is too near. Facts: `person`, `other_arrival`, `other_departure`, `gap`, `needed`."""


class OnPublicHoliday(Refusal):
    """One end rests. Facts: `end`, `site`, `country`, `provisional`, `days` and, in their order, `names`, and
    `names_by_language`: each as far as it is known by `en`, `zh` and `ur`."""


class OnWeekend(Refusal):
    """Nobody receives the visitors. Facts: `site`, `date` of arrival, its `weekday`, `working`: on some day at all."""
