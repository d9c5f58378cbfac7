"""What is known of people, who changes it, and who is told."""

from datetime import date
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import OBSERVER, Actor
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import InvalidCommand, NotAllowed, StaleVersion
from services.exchange.application import commands, queries
from services.exchange.domain.directory_refusals import BirthDateImpossible, NotADepartmentOfTheirs
from services.exchange.domain.events import PersonChanged
from services.exchange.domain.refusals import UnknownZone
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


@pytest.fixture
def bano(alliance: AllianceInMemory) -> str:
    return alliance.person()


def particulars(alliance: AllianceInMemory, **different: Any) -> dict[str, Any]:
    whole = {
        "passport_name": "BANO SHAHIDA", "local_name": "شاہدہ بانو", "language": "ur", "zone": "Asia/Karachi",
        "email": "bano@gilgit.example", "sites": [alliance.sending], "fields": ["medical imaging"],
        "languages": ["scl", "ur", "en"], "birth_date": "1958-02-28", "sex": "female",
    }  # fmt: skip
    return {**whole, **different}


def change(alliance: AllianceInMemory, person: str, actor: Actor = ADMIN, seen: int = 1, **different: Any) -> Receipt:
    fields = {"person_id": person, "expected_version": seen, **particulars(alliance, **different)}
    return alliance.exchange.change_person(parsed(commands.ChangePerson, fields), alliance.context(actor, seen))


def shown(alliance: AllianceInMemory, person: str, actor: Actor = ADMIN) -> dict[str, Any]:
    return alliance.exchange.person(parsed(queries.AskPerson, {"person_id": person}), actor)


def home(alliance: AllianceInMemory, site: str) -> str:
    found: str = alliance.memory.fake_sites.load(site).state.departments[0].id
    return found


def test_a_change_replaces_everything_and_is_told_with_the_full_state(alliance: AllianceInMemory, bano: str) -> None:
    department = home(alliance, alliance.sending)
    assert change(alliance, bano, home_department=department).version == 2
    person = shown(alliance, bano)
    given = particulars(alliance, home_department=department)
    assert {name: person[name] for name in given.keys() & person.keys()}.items() <= given.items()
    assert person["home_department"] == department
    assert person["particulars"] == {"birth_date": "1958-02-28", "sex": "female", "passport": None}
    told = alliance.memory.fake_people.told[-1]
    assert told == PersonChanged(alliance.memory.fake_people.load(bano).state)
    change(alliance, bano, seen=2, fields=[], birth_date=None)
    assert shown(alliance, bano)["fields"] == []


def test_the_people_of_their_site_change_them_and_those_of_others_do_not(alliance: AllianceInMemory, bano: str) -> None:
    with pytest.raises(NotAllowed):
        change(alliance, bano, alliance.coordinator)
    with pytest.raises(NotAllowed):
        change(alliance, bano, alliance.manager, sites=[alliance.sending, alliance.host])
    assert change(alliance, bano, alliance.manager).version == 2
    with pytest.raises(StaleVersion):
        change(alliance, bano, alliance.manager, seen=1)


@pytest.mark.parametrize(
    ("different", "refusal"),
    [
        ({"zone": "Asia/Gilgit"}, UnknownZone),
        ({"birth_date": "2026-03-03"}, BirthDateImpossible),
        ({"birth_date": "1890-01-01"}, BirthDateImpossible),
        ({"home_department": "dep_nowhere"}, NotADepartmentOfTheirs),
        ({"birth_date": 0}, InvalidCommand),
        ({"birth_date": "1958-02-29"}, InvalidCommand),
        ({"sex": "F"}, InvalidCommand),
        ({"languages": ["Urdu"]}, InvalidCommand),
        ({"passport": {"number": "AB1234567"}}, InvalidCommand),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    alliance: AllianceInMemory, bano: str, different: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        change(alliance, bano, **different)
    assert shown(alliance, bano)["version"] == 1


def test_a_department_of_another_site_is_no_home(alliance: AllianceInMemory, bano: str) -> None:
    with pytest.raises(NotADepartmentOfTheirs) as refused:
        change(alliance, bano, home_department=home(alliance, alliance.host))
    assert refused.value.facts["sites"] == [alliance.sending]


def test_birth_date_sex_and_history_are_shown_to_their_own_and_to_nobody_else(
    alliance: AllianceInMemory, bano: str
) -> None:
    change(alliance, bano)
    observer = Actor("per_x", frozenset({OBSERVER}), frozenset({alliance.sending}))
    for actor in (observer, alliance.coordinator):
        assert (shown(alliance, bano, actor)["particulars"], shown(alliance, bano, actor)["history"]) == (None, None)
    assert shown(alliance, bano, alliance.manager)["particulars"]["birth_date"] == "1958-02-28"
    assert [line["what"] for line in shown(alliance, bano, alliance.manager)["history"]] == ["registered", "changed"]


def test_the_host_of_an_open_visit_sees_the_particulars_until_it_is_over(alliance: AllianceInMemory, bano: str) -> None:
    visit = alliance.accept(alliance.propose(bano))
    assert shown(alliance, bano, alliance.coordinator)["particulars"]["birth_date"] is None
    fields = {"visit_id": visit.id, "reason": "Ill", "expected_version": visit.version}
    alliance.exchange.cancel_visit(
        parsed(commands.CancelVisit, fields), alliance.context(alliance.manager, visit.version)
    )
    assert shown(alliance, bano, alliance.coordinator)["particulars"] is None


def test_a_leap_day_is_a_birthday_in_leap_years(alliance: AllianceInMemory, bano: str) -> None:
    change(alliance, bano, birth_date="1960-02-29")
    assert alliance.memory.fake_people.load(bano).state.birth_date == date(1960, 2, 29)
