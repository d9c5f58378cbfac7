"""People who are there already: a file changes what it speaks of, shows it first, and gives no secret away."""

from base64 import b64decode
from datetime import date
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from services.exchange.application import commands, queries
from services.exchange.domain.events import PersonChanged, PersonRegistered
from services.exchange.domain.person import Person
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange.test_imports import BANO, checked, confirm, imported, preview, problems, work

MORE = {"fields": "liver echinococcosis; imaging", "languages": "ur; scl", "home_department": "Surgery",
        "birth_date": "1988-05-01", "sex": "female"}  # fmt: skip


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


def bano(alliance: AllianceInMemory) -> Person:
    (person,) = (each.state for each in alliance.memory.fake_people.kept.values())
    return person


def changes(view: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(each["column"], each["from"], each["to"]) for row in view["rows_planned"] for each in row["changes"]]


def test_everything_that_is_known_of_a_person_has_a_column(alliance: AllianceInMemory) -> None:
    imported(alliance, People=[BANO | MORE])
    person = bano(alliance)
    assert (person.fields, person.languages) == (("liver echinococcosis", "imaging"), ("ur", "scl"))
    assert (person.birth_date, person.sex) == (date(1988, 5, 1), "female")
    sending = alliance.memory.fake_sites.load(alliance.sending).state
    assert person.home_department == sending.departments[0].id
    assert imported(alliance, People=[BANO | MORE])["counts"] == {"People": {"unchanged": 1}}


def test_a_row_that_says_otherwise_changes_the_person_and_everybody_is_told(alliance: AllianceInMemory) -> None:
    imported(alliance, People=[BANO | MORE])
    view = checked(alliance, People=[{"email": "bano@gilgit.example", "zone": "Asia/Shanghai", "sites": "Gilgit"}])
    assert changes(view) == [("zone", "Asia/Karachi", "Asia/Shanghai")]
    assert (view["rows_planned"][0]["action"], view["rows_planned"][0]["what"]) == ("changed", ["zone"])
    confirm(alliance, view)
    work(alliance, view["id"])
    person = bano(alliance)
    assert (person.zone, person.local_name, person.sex) == ("Asia/Shanghai", "شاہدہ بانو", "female")
    assert [type(event) for event in alliance.memory.fake_people.told] == [PersonRegistered, PersonChanged]


def test_an_empty_cell_empties_what_may_be_empty_and_a_missing_column_says_nothing(alliance: AllianceInMemory) -> None:
    imported(alliance, People=[BANO | MORE])
    imported(alliance, People=[{"email": BANO["email"], "languages": "", "birth_date": "", "home_department": ""}])
    person = bano(alliance)
    assert (person.languages, person.birth_date, person.home_department) == ((), None, None)
    assert (person.fields, person.sex) == (("liver echinococcosis", "imaging"), "female")


def test_what_cells_said_is_forgotten_when_the_import_is_over(alliance: AllianceInMemory) -> None:
    imported(alliance, People=[BANO])
    view = imported(alliance, People=[BANO | {"zone": "Asia/Shanghai"}])
    assert (view["rows_planned"][0]["what"], changes(view)) == (["zone"], [])


def test_somebody_new_needs_what_a_single_registration_needs(alliance: AllianceInMemory) -> None:
    view = checked(alliance, People=[{"email": "bano@gilgit.example"}])
    assert {name for _, name in problems(view)} == {"InvalidCommand"}
    assert len(view["problems"]) == 5


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"birth_date": "01.05.1988"}, ("People!J3", "NotADay")),
        ({"birth_date": "２０００-０１-０１"}, ("People!J3", "NotADay")),
        ({"birth_date": "32143"}, ("People!J3", "NotADay")),
        ({"birth_date": "2100-01-01"}, ("People!J3", "BirthDateImpossible")),
        ({"sex": "F"}, ("People!K3", "InvalidCommand")),
        ({"languages": "Urdu"}, ("People!H3", "InvalidCommand")),
        ({"home_department": "Poetry"}, ("People!I3", "Unknown")),
    ],
)
def test_what_is_wrong_is_named_by_its_cell(
    alliance: AllianceInMemory, wrong: dict[str, str], problem: tuple[str, str]
) -> None:
    assert problems(checked(alliance, People=[BANO | MORE | wrong])) == [problem]


def test_a_manager_changes_the_people_of_their_own_sites_alone(alliance: AllianceInMemory) -> None:
    imported(alliance, People=[BANO])
    there = checked(alliance, alliance.manager, People=[BANO | {"zone": "Asia/Shanghai"}])
    assert (there["state"], there["counts"]) == ("ready", {"People": {"changed": 1}})
    elsewhere = checked(alliance, alliance.host_manager, People=[BANO | {"zone": "Asia/Shanghai"}])
    assert problems(elsewhere) == [("People!A3", "NotAllowed")]


def test_nobody_finds_out_a_birth_date_by_guessing(alliance: AllianceInMemory) -> None:
    imported(alliance, People=[BANO | MORE])
    for birth_date in ("1988-05-01", "1990-01-01"):
        view = checked(alliance, alliance.host_manager, People=[{"email": BANO["email"], "birth_date": birth_date}])
        assert (problems(view), changes(view)) == ([("People!A3", "NotAllowed")], [])


def test_a_person_changed_meanwhile_is_named_and_not_written_over(alliance: AllianceInMemory) -> None:
    imported(alliance, People=[BANO])
    view = checked(alliance, People=[BANO | {"zone": "Asia/Shanghai"}])
    confirm(alliance, view)
    person = alliance.memory.fake_people.load(bano(alliance).id)
    fields = {"person_id": person.id, "expected_version": 1, **BANO, "sites": [alliance.sending], "language": "en"}
    alliance.exchange.change_person(parsed(commands.ChangePerson, fields), alliance.context(ADMIN, 1))
    work(alliance, view["id"])
    found = preview(alliance, view["id"])
    assert (found["state"], bano(alliance).zone, bano(alliance).language) == ("ready", "Asia/Karachi", "en")
    assert found["conflicts"] == [
        {
            "cell": "People!3",
            "value": "bano@gilgit.example",
            "name": "ChangedMeanwhile",
            "reason": "confirmed: changed (zone), of version 1; now: changed (language, zone), of version 2",
        }
    ]
    assert (found["history"][-1]["what"], found["history"][-1]["why"]) == ("found changed", "People!3")
    confirm(alliance, found)
    work(alliance, view["id"])
    assert (bano(alliance).zone, bano(alliance).language) == ("Asia/Shanghai", "ur")


def test_a_manager_of_one_site_gets_no_birth_dates_in_an_export(alliance: AllianceInMemory) -> None:
    imported(alliance, People=[BANO | MORE])
    told = {who: exported(alliance, who) for who in (ADMIN, alliance.manager, alliance.host_manager)}
    assert ["1988-05-01" in text for text in told.values()] == [True, True, False]
    assert "birth_date" not in told[alliance.host_manager].splitlines()[0]


def exported(alliance: AllianceInMemory, who: Actor) -> str:
    answer = alliance.exchange.export_csv(parsed(queries.ExportCsv, {"sheet": "People"}), who)
    return b64decode(answer["content"]).decode()


def test_two_rows_of_one_person_that_contradict_each_other_are_refused(alliance: AllianceInMemory) -> None:
    rows = [BANO, BANO | {"email": "BANO@gilgit.example", "zone": "Asia/Shanghai"}]
    assert problems(checked(alliance, People=rows)) == [("People!A4", "NamedTwice")]


def test_two_names_of_one_site_do_not_make_two_departments(alliance: AllianceInMemory) -> None:
    rows = [
        {"site": "Kashgar", "name_en": "Labs", "seats": "2"},
        {"site": "Kashgar [CN]", "name_en": "Labs", "seats": "3"},
    ]
    assert problems(checked(alliance, Departments=rows)) == [("Departments!A4", "NamedTwice")]


@pytest.mark.parametrize(("column", "place"), [("email", "A"), ("passport_name", "B"), ("zone", "E"), ("sites", "F")])
@pytest.mark.parametrize("mark", ["\u200f", "\u202e", "\u200b", "\ufeff"])
def test_a_mark_that_nobody_sees_is_refused_where_it_would_name_something_else(
    alliance: AllianceInMemory, column: str, place: str, mark: str
) -> None:
    view = checked(alliance, People=[BANO | {column: BANO[column][:3] + mark + BANO[column][3:]}])
    assert (f"People!{place}3", "InvisibleCharacter") in problems(view)
    assert view["problems"][0]["reason"].startswith("character: U+")


def test_joiners_and_marks_of_direction_stay_in_names_that_need_them(alliance: AllianceInMemory) -> None:
    imported(alliance, People=[BANO | {"local_name": "شاہدہ\u200cبانو\u200f"}])
    assert bano(alliance).local_name == "شاہدہ\u200cبانو\u200f"
