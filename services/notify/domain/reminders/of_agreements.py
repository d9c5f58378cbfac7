"""What an agreement reminds of: its end, while there is time to agree on what follows."""

from collections.abc import Iterable
from datetime import date

from services.notify.domain.lines import Facts, Line
from services.notify.domain.reminders.rows import Aim, Row, end_of
from services.notify.domain.roles import COORDINATOR

FOLLOWED = tuple(f"exchange.agreement.{what}.v1" for what in ("took-effect", "amended", "terminated", "expired"))


def _coordinators(facts: Facts) -> Iterable[str]:
    return (person for partner in facts["partners"] for person in partner["coordinators"])


def last_day(facts: Facts) -> date:
    """The last day on which it is in effect: an earlier one than was agreed where a partner has ended it."""
    return date.fromisoformat(facts.get("last_day") or facts["in_effect_until"])


def _end(facts: Facts) -> Aim:
    day, zones = last_day(facts), tuple(partner["zone"] for partner in facts["partners"])
    return Aim(f"end {day}", day, zones, min(end_of(day, zone) for zone in zones))


ROWS = (Row("agreement-end", (90, 30, 7), Line("agreement-ends-soon", COORDINATOR, _coordinators), _end),)
