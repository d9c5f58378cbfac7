"""The rules of a consultation's time: what each is called, whether it forbids, and what it may be waived for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from chassis.kernel.errors import Refusal
from services.exchange.domain.consultations.finding import refusals
from services.exchange.domain.refusals import AgreementNotInEffect, ConditionRemoved, UnknownRule
from services.exchange.domain.words import FORBID, WARN

PAST, AGREEMENT, LEAD = "past", "agreement", "lead"
ROOM, ROOM_SIZE, INTERPRETER, BUSY = "room", "room-size", "interpreter", "busy"
NIGHT, HOLIDAY, WEEKEND = "night", "holiday", "weekend"
HOURS, PROVISIONAL, VISIT = "hours", "provisional-holiday", "visit"

LEAD_TIME = timedelta(hours=24)
"""The notice that a routine consultation gives; an urgent one gives none."""
DEFAULT_HOURS = (("09:00", "17:00"),)
"""When a site that has told no hours is taken to work, on its working days."""
SOCIAL_HOURS = ("07:00", "22:00")
"""By the clock of a site; what lies outside is its night."""


@dataclass(frozen=True)
class TimeRule:
    """`by_site`: it is found, and waived, site by site. `waived`: whether somebody may waive it, with a reason."""

    name: str
    level: str
    refusals: tuple[type[Refusal], ...]
    waived: bool = False
    by_site: bool = False


RULES: tuple[TimeRule, ...] = (
    TimeRule(PAST, FORBID, (refusals.SessionInThePast,)),
    TimeRule(AGREEMENT, FORBID, (AgreementNotInEffect, ConditionRemoved)),
    TimeRule(LEAD, FORBID, (refusals.TooShortNoticeForConsultation, refusals.WaiverNeedsReason), waived=True),
    TimeRule(BUSY, FORBID, (refusals.ParticipantBusy,)),
    TimeRule(ROOM, FORBID, (refusals.RoomTaken,)),
    TimeRule(ROOM_SIZE, FORBID, (refusals.RoomTooSmall,)),
    TimeRule(INTERPRETER, FORBID, (refusals.NoInterpreter,)),
    TimeRule(NIGHT, FORBID, (refusals.AtNight,), waived=True, by_site=True),
    TimeRule(HOLIDAY, FORBID, (refusals.SiteOnHoliday,), waived=True, by_site=True),
    TimeRule(WEEKEND, FORBID, (refusals.SiteDayOff,), waived=True, by_site=True),
    TimeRule(HOURS, WARN, (refusals.OutsideHours,), by_site=True),
    TimeRule(PROVISIONAL, WARN, (refusals.SiteOnHoliday,), by_site=True),
    TimeRule(VISIT, WARN, (refusals.OnStaffVisit,)),
)
"""In the order in which they refuse: what can never be allowed first."""

BY_NAME: Mapping[str, TimeRule] = {rule.name: rule for rule in RULES}
WAIVED_BY_SITE = tuple(rule.name for rule in RULES if rule.waived and rule.by_site)


@dataclass(frozen=True, order=True)
class Cause:
    """A rule that stands in the way, and of one that is found site by site the site."""

    rule: str
    site: str = ""

    def __str__(self) -> str:
        """As a waiver of a consultation names it."""
        return f"{self.rule}:{self.site}" if self.site else self.rule


def is_waived(cause: Cause, waived: frozenset[Cause]) -> bool:
    """Whether the rule is waived there, or at every site."""
    return not waived.isdisjoint({cause, Cause(cause.rule)})


def waived_cause(text: str) -> Cause:
    """What a waiver names: `lead`, `night:sit_…` at one site, `night` at every site. Raises `UnknownRule`."""
    rule, _, site = text.partition(":")
    if rule not in BY_NAME or not BY_NAME[rule].waived or (site and not BY_NAME[rule].by_site):
        raise UnknownRule(rule=text, known=[name for name, each in BY_NAME.items() if each.waived])
    return Cause(rule, site)
