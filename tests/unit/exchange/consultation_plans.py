"""Plans of consultations to start from: Kashgar and Gilgit on 4 March 2026, at hours that no rule forbids."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.exchange.domain.consultations.finding.plan import Interpreter, Plan
from services.exchange.domain.consultations.finding.rules import Cause
from services.exchange.domain.consultations.finding.wish import Wish
from services.exchange.domain.consultations.participants import CHAIR, SPECIALIST, Participant
from services.exchange.domain.consultations.quarters import key_of, quarters
from services.exchange.domain.holidays import Calendar, Holiday, calendar_of
from services.exchange.domain.site import Site
from tests.unit.exchange import given
from tests.unit.exchange.given import GILGIT, KASHGAR, NOW

LONDON, NEW_YORK, DELHI, KATHMANDU = "sit_london", "sit_new-york", "sit_delhi", "sit_kathmandu"
ZONES = {
    KASHGAR: ("CN", "Asia/Shanghai"),
    GILGIT: ("PK", "Asia/Karachi"),
    LONDON: ("GB", "Europe/London"),
    NEW_YORK: ("US", "America/New_York"),
    DELHI: ("IN", "Asia/Kolkata"),
    KATHMANDU: ("NP", "Asia/Kathmandu"),
}
MORNING = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
"""Noon in Kashgar, nine in Gilgit: within the working hours of both."""
BANO = Participant("per_bano", CHAIR, GILGIT)
LI = Participant("per_li", SPECIALIST, KASHGAR)
CONSULTING = given.agreement(conditions=(given.condition(kind="consultation", visitor_days_per_year=0),))


def site(site_id: str, **different: Any) -> Site:
    country, zone = ZONES[site_id]
    return given.site(**{"id": site_id, "country": country, "zone": zone, "departments": (), **different})


def wish(*participants: Participant, **different: Any) -> Wish:
    """An hour, of Bano in Gilgit and Li in Kashgar where nobody is named."""
    hour = Wish("agr_1", "cnd_1", "Asia/Karachi", 4, participants or (BANO, LI))
    return replace(hour, **different)


def plan(asked: Wish | None = None, **different: Any) -> Plan:
    """From 4 March 2026 on, one day long; `sites` a test's own, `holidays` by site, the rest as in a plan."""
    first = different.pop("begins", datetime(2026, 3, 4, tzinfo=UTC))
    own = {each.id: each for each in different.pop("sites", ())}
    holidays: dict[str, Calendar] = different.pop("holidays", {})
    sites = {site_id: own.get(site_id, site(site_id)) for site_id in ZONES}
    day = Plan(
        wish=asked or wish(),
        begins=first,
        ends=first + different.pop("lasting", timedelta(days=1)),
        now=NOW,
        agreement=CONSULTING,
        sites=sites,
        calendars={each: calendar_of(sites[each], holidays.get(each, {})) for each in sites},
        away={},
        interpreters=(),
        taken=frozenset(),
    )
    return replace(day, **different)


def taken(kind: str, thing: str, begins: datetime, minutes: int = 15) -> frozenset[str]:
    """The keys of a person or a room that is taken for so long."""
    ends = begins + timedelta(minutes=minutes)
    return frozenset(key_of(kind, thing, quarter) for quarter in quarters(begins, ends))


def feast(*days: date, provisional: bool = False) -> Calendar:
    return {day: Holiday("Feast", provisional=provisional) for day in days}


def waived(rule: str, site_id: str = "") -> dict[str, Any]:
    """The fields of a wish that need not keep to a rule."""
    return {"urgent": True, "waived": frozenset({Cause(rule, site_id)}), "reason": "The patient cannot wait."}


def interpreter(person: str, *languages: str, site_id: str = KASHGAR) -> Interpreter:
    return Interpreter(person, site_id, frozenset(languages))
