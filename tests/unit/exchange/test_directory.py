"""Sites and people: zones are zones, days are days at the site, and whoever keeps copies of people is told."""

from datetime import UTC, date, datetime

import pytest

from services.exchange.domain import person, site
from services.exchange.domain.events import PersonRegistered
from services.exchange.domain.refusals import NoSuchDepartment, UnknownZone
from tests.unit.exchange import given


@pytest.mark.parametrize("zone", ["Asia/Nowhere", "", "Asia", "../../etc/passwd", "Asia/Karachi\x00", "+08:00"])
def test_what_is_no_zone_is_refused(zone: str) -> None:
    for register in (
        lambda: site.register(given.site(zone=zone)),
        lambda: person.register(given.person(zone=zone)),
    ):
        with pytest.raises(UnknownZone) as refused:
            register()
        assert refused.value.facts == {"zone": zone}


def test_a_day_is_a_day_at_the_site() -> None:
    late = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
    assert given.site().today(late) == date(2026, 3, 2)
    assert given.site(zone="Asia/Karachi").today(late) == date(2026, 3, 1)


def test_a_registered_person_is_told_and_a_site_is_not() -> None:
    assert person.register(given.person()).events == (PersonRegistered(given.person()),)
    assert site.register(given.site()).events == ()


def test_a_department_is_found_by_its_id() -> None:
    assert given.site().department("dep_surgery").seats == 3
    with pytest.raises(NoSuchDepartment):
        given.site().department("dep_other")
