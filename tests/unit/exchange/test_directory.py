"""Sites and people: zones are zones, days are days at the site, and whoever keeps copies of people is told."""

from datetime import UTC, date, datetime

import pytest

from services.exchange.adapters.shapes import SITE_SHAPE
from services.exchange.domain import person, site
from services.exchange.domain.events import PersonRegistered
from services.exchange.domain.refusals import NoSuchDepartment, UnknownZone
from tests.unit.exchange import given

TODAY = given.NOW.date()


@pytest.mark.parametrize("zone", ["Asia/Nowhere", "", "Asia", "../../etc/passwd", "Asia/Karachi\x00", "+08:00"])
def test_what_is_no_zone_is_refused(zone: str) -> None:
    for register in (
        lambda: site.register(given.site(zone=zone)),
        lambda: person.register(given.person(zone=zone), departments=(), today=TODAY),
    ):
        with pytest.raises(UnknownZone) as refused:
            register()
        assert refused.value.facts == {"zone": zone}


def test_a_day_is_a_day_at_the_site() -> None:
    late = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
    assert given.site().today(late) == date(2026, 3, 2)
    assert given.site(zone="Asia/Karachi").today(late) == date(2026, 3, 1)


def test_a_registered_person_is_told_and_a_site_is_not() -> None:
    assert person.register(given.person(), departments=(), today=TODAY).events == (PersonRegistered(given.person()),)
    assert site.register(given.site()).events == ()


def test_a_department_is_found_by_its_id() -> None:
    assert given.site().department("dep_surgery").seats == 3
    with pytest.raises(NoSuchDepartment):
        given.site().department("dep_other")


def test_a_site_written_before_it_had_a_calendar_still_loads() -> None:
    document = {"_id": "sit_1", "version": 1, "names": {"en": "Kashgar"}, "country": "CN", "zone": "Asia/Shanghai"}
    departments = [{"id": "dep_1", "names": {"en": "Surgery"}, "seats": 3}]
    loaded = SITE_SHAPE.state(document | {"coordinators": [], "departments": departments})
    assert (loaded.hours, loaded.holidays, loaded.departments[0].closed) == ((), (), ())


def test_a_closed_period_touches_the_days_from_its_first_to_its_last() -> None:
    closed = site.Closure(date(2026, 4, 6), date(2026, 4, 8), "Painting")
    department = site.Department("dep_1", {"en": "Surgery"}, 3, closed=(closed,))
    for first, last, touches in ((5, 5, False), (1, 6, True), (7, 7, True), (8, 20, True), (9, 9, False)):
        found = department.closure_within(date(2026, 4, first), date(2026, 4, last))
        assert (found is not None) is touches
