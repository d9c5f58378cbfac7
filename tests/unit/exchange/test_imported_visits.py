"""Past visits from a file: entered by the command that enters one, with quota counted and nothing twice."""

import base64
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from services.exchange.application import queries
from services.exchange.domain.visit import FULFILLED
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange.test_imports import checked, confirm, preview, problems, started, work

STAY = {
    "agreement": "Memorandum", "kind": "training", "field": "liver echinococcosis", "sending_site": "Gilgit",
    "host_site": "Kashgar [CN]", "host_department": "Surgery", "leader": "someone@gilgit.example", "visitors": "",
    "arrival": "2026-02-02", "departure": "2026-02-05", "purpose": "=Staging; 分期",
    "report": "Went well", "reason": "Found in a folder",
}  # fmt: skip


@pytest.fixture
def alliance() -> AllianceInMemory:
    alliance = alliance_in_memory(visits_per_year=1)
    alliance.person()
    return alliance


def entered(alliance: AllianceInMemory, *rows: dict[str, str]) -> dict[str, Any]:
    view = checked(alliance, alliance.manager, Visits=rows)
    assert view["problems"] == []
    confirm(alliance, view, alliance.manager)
    work(alliance, view["id"])
    return preview(alliance, view["id"])


def test_a_past_visit_is_entered_and_counted(alliance: AllianceInMemory) -> None:
    assert entered(alliance, STAY)["counts"] == {"Visits": {"new": 1}}
    (visit,) = (each.state for each in alliance.memory.fake_visits.kept.values())
    assert (visit.state, visit.purpose, visit.flags) == (FULFILLED, "=Staging; 分期", ("entered-later",))
    assert alliance.balance()["visits"]["used"] == 1
    assert alliance.balance()["visitor_days"]["used"] == 4


def test_the_same_visits_again_change_nothing_whatever_the_reason(alliance: AllianceInMemory) -> None:
    entered(alliance, STAY)
    for row in (STAY, STAY | {"reason": ""}):
        assert entered(alliance, row)["counts"] == {"Visits": {"unchanged": 1}}
    assert alliance.balance()["visits"]["used"] == 1


def test_the_second_visit_of_a_file_sees_the_quota_that_the_first_took(alliance: AllianceInMemory) -> None:
    entered(alliance, STAY, STAY | {"arrival": "2026-01-05", "departure": "2026-01-06"})
    flags = [each.state.flags for each in alliance.memory.fake_visits.kept.values()]
    assert flags == [("entered-later",), ("entered-later", "over-quota")]
    assert alliance.balance()["visits"]["used"] == 2


def test_who_was_on_two_visits_of_a_file_or_on_one_that_is_stored_is_flagged(alliance: AllianceInMemory) -> None:
    entered(alliance, STAY)
    later = STAY | {"arrival": "2026-02-05", "departure": "2026-02-09"}
    assert entered(alliance, later, STAY | {"arrival": "2026-02-09", "departure": "2026-02-10"})["problems"] == []
    one, two, three = (each.state for each in alliance.memory.fake_visits.kept.values())
    assert ["double-booked" in each.flags for each in (one, two, three)] == [False, True, True]
    assert [(each.warnings[0].facts["date"], each.warnings[0].facts["visit"]) for each in (two, three)] == [
        ("2026-02-05", one.id),
        ("2026-02-09", two.id),
    ]


def test_the_preview_tells_the_flags_that_a_visit_is_going_to_have(alliance: AllianceInMemory) -> None:
    rows = (STAY, STAY | {"arrival": "2026-02-05", "departure": "2026-02-09"})
    view = checked(alliance, alliance.manager, Visits=rows)
    assert [each["flags"] for each in view["rows_planned"]] == [
        ["entered-later"],
        ["entered-later", "over-quota", "double-booked"],
    ]
    assert not alliance.memory.fake_visits.kept


def test_a_visit_that_has_become_another_ones_double_since_the_preview_is_shown_again(
    alliance: AllianceInMemory,
) -> None:
    seen = checked(alliance, alliance.manager, Visits=[STAY])
    entered(alliance, STAY | {"arrival": "2026-02-05", "departure": "2026-02-05"})
    confirm(alliance, seen, alliance.manager)
    work(alliance, seen["id"])
    again = preview(alliance, seen["id"])
    assert (again["state"], [each["reason"] for each in again["conflicts"]]) == (
        "ready",
        ["confirmed: new (entered-later); now: new (entered-later, over-quota, double-booked)"],
    )


def test_importing_an_export_of_visits_changes_nothing(alliance: AllianceInMemory) -> None:
    entered(alliance, STAY)
    before = dict(alliance.memory.fake_visits.kept)
    xlsx = alliance.exchange.export_xlsx(parsed(queries.ExportXlsx, {}), alliance.manager)["content"]
    csv = alliance.exchange.export_csv(parsed(queries.ExportCsv, {"sheet": "Visits"}), alliance.manager)["content"]
    for content, sheet in ((xlsx, None), (csv, "Visits")):
        view = started(alliance, base64.b64decode(content), ADMIN, sheet=sheet)
        work(alliance, view.id)
        found = preview(alliance, view.id)
        assert (found["problems"], found["counts"]["Visits"]) == ([], {"unchanged": 1})
    assert alliance.memory.fake_visits.kept == before


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"agreement": "Treaty"}, ("Visits!A3", "Unknown")),
        ({"field": "astrology"}, ("Visits!C3", "Unknown")),
        ({"sending_site": "Nowhere"}, ("Visits!D3", "Unknown")),
        ({"host_department": "Poetry"}, ("Visits!F3", "Unknown")),
        ({"leader": "nobody@gilgit.example"}, ("Visits!G3", "Unknown")),
        ({"arrival": "2nd of May"}, ("Visits!I3", "NotADay")),
        ({"departure": "2026-02-01"}, ("Visits!J3", "DatesReversed")),
        ({"departure": "2026-04-01"}, ("Visits!J3", "DateInTheFuture")),
        ({"purpose": ""}, ("Visits!K3", "InvalidCommand")),
    ],
)
def test_what_is_wrong_is_named_by_its_cell(
    alliance: AllianceInMemory, wrong: dict[str, str], problem: tuple[str, str]
) -> None:
    assert problems(checked(alliance, alliance.manager, Visits=[STAY | wrong])) == [problem]


def test_a_visit_that_is_stored_otherwise_is_not_entered_beside_it(alliance: AllianceInMemory) -> None:
    entered(alliance, STAY)
    view = checked(alliance, alliance.manager, Visits=[STAY | {"report": "Went badly"}])
    assert [each["name"] for each in view["problems"]] == ["Differs"]
    assert "report" in view["problems"][0]["reason"]


def test_managers_enter_visits_of_their_own_sites_alone(alliance: AllianceInMemory) -> None:
    elsewhere = Actor("per_else", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_elsewhere"}))
    assert [name for _, name in problems(checked(alliance, elsewhere, Visits=[STAY]))] == ["NotAllowed"]


def test_a_visit_may_name_people_of_its_own_file_but_no_department_of_it(alliance: AllianceInMemory) -> None:
    both = Actor("per_x", frozenset({PROGRAMME_MANAGER, ADMINISTRATOR}), frozenset({alliance.sending, alliance.host}))
    labs = {"site": "Kashgar", "name_en": "Labs", "seats": "2"}
    bano = {"email": "bano@gilgit.example", "passport_name": "B", "local_name": "B", "language": "ur",
            "zone": "Asia/Karachi", "sites": "Gilgit"}  # fmt: skip
    named = STAY | {"leader": "bano@gilgit.example"}
    assert problems(checked(alliance, both, People=[bano], Visits=[named])) == []
    brought = checked(alliance, both, Departments=[labs], Visits=[STAY | {"host_department": "Labs"}])
    assert problems(brought) == [("Visits!F3", "Unknown")]
