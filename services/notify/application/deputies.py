"""Who stands in for whom."""

from collections.abc import Collection
from datetime import date, datetime

from chassis.kernel.documents import Documents
from chassis.kernel.zones import zone_named
from services.notify.application.ports import People
from services.notify.domain.deputy import Deputation, deputation_id
from services.notify.domain.person import Person

Deputies = Documents[Deputation]
"""One document for each person for whom anybody was ever named."""


def deputies_of(people: Collection[str], deputies: Deputies) -> dict[str, str]:
    """The deputy of each of these people who has one, away or not."""
    named = deputies.named(map(deputation_id, people)).values()
    return {each.person: each.deputy for each in named if each.stands}


def deputies_of_absent(people: Collection[str], now: datetime, deputies: Deputies, known: People) -> dict[str, str]:
    """The deputy of each of these people who is away now, by their own calendar."""
    named = deputies.named(map(deputation_id, people)).values()
    absent = known.named([each.person for each in named if each.first or each.last])
    return {
        each.person: each.deputy
        for each in named
        if each.person in absent and each.is_away(today_of(absent[each.person], now))
    }


def today_of(person: Person, now: datetime) -> date:
    """The calendar day where the person is."""
    return now.astimezone(zone_named(person.zone)).date()
