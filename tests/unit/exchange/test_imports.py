"""Imports: checked whole, shown, confirmed, and then there all at once; the same file again changes nothing."""

import base64
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import Workbook

from chassis.commands import parsed
from chassis.kernel.actor import COORDINATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import NotAllowed, StaleVersion, Unknown, WriteConflict
from chassis.kernel.ids import derived
from services.exchange.application import commands, queries
from services.exchange.application.importing.gathering import Gathered
from services.exchange.application.importing.gathering_sites import GatheredSites
from services.exchange.application.importing.ports import Page
from services.exchange.domain.events import PersonRegistered
from services.exchange.domain.importing_refusals import ImportRunning, NothingToImport
from services.exchange.domain.refusals import WrongState
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory

Rows = Sequence[Mapping[str, str]]
MANAGER = Actor("per_ali", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_1"}))

BANO = {"email": "bano@gilgit.example", "passport_name": "Shahida Bano", "local_name": "شاہدہ بانو",
        "language": "ur", "zone": "Asia/Karachi", "sites": "Gilgit [PK]"}  # fmt: skip
LI = {"email": "li@hotan.example", "passport_name": "Li Wei", "local_name": "李伟",
      "language": "zh", "zone": "Asia/Shanghai", "sites": "Hotan [CN]; Kashgar"}  # fmt: skip
HOTAN = {"name_en": "Hotan", "name_zh": "和田", "country": "CN", "zone": "Asia/Shanghai",
         "coordinators": "li@hotan.example"}  # fmt: skip


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


def xlsx(alliance: AllianceInMemory, **sheets: Rows) -> bytes:
    pages = [Page(name, "a note", dict.fromkeys(rows[0], "text"), rows) for name, rows in sheets.items()]
    return alliance.exchange.stores.spreadsheets.write_xlsx(pages)


def started(alliance: AllianceInMemory, content: bytes, who: Actor = ADMIN, **more: Any) -> Receipt:
    fields = {"file": "people.xlsx", "content": base64.b64encode(content).decode(), **more}
    return alliance.exchange.start_import(parsed(commands.StartImport, fields), alliance.context(who))


def work(alliance: AllianceInMemory, import_id: str) -> None:
    """What a worker's timers do about it."""
    context = replace(alliance.context(ADMIN), actor=Actor(None))
    alliance.exchange.check_import(import_id, context)
    alliance.exchange.apply_import(import_id, replace(context, command_id=derived(context.command_id)))


def preview(alliance: AllianceInMemory, import_id: str, who: Actor = ADMIN, **page: int) -> dict[str, Any]:
    view: dict[str, Any] = alliance.exchange.import_preview(
        parsed(queries.AskPreview, {"import_id": import_id, **page}), who
    )
    return view


def checked(alliance: AllianceInMemory, /, *who: Actor, **sheets: Rows) -> dict[str, Any]:
    receipt = started(alliance, xlsx(alliance, **sheets), *who)
    work(alliance, receipt.id)
    return preview(alliance, receipt.id, *who)


def confirm(alliance: AllianceInMemory, view: dict[str, Any], who: Actor = ADMIN) -> Receipt:
    fields = {"import_id": view["id"], "expected_version": view["version"]}
    return alliance.exchange.confirm_import(
        parsed(commands.ConfirmImport, fields), alliance.context(who, view["version"])
    )


def imported(alliance: AllianceInMemory, **sheets: Rows) -> dict[str, Any]:
    view = checked(alliance, **sheets)
    confirm(alliance, view)
    work(alliance, view["id"])
    return preview(alliance, view["id"])


def problems(view: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["cell"], each["name"]) for each in view["problems"]]


def directory(alliance: AllianceInMemory) -> tuple[dict[str, Any], dict[str, Any]]:
    return dict(alliance.memory.fake_sites.kept), dict(alliance.memory.fake_people.kept)


def test_a_file_of_sites_and_people_that_refer_to_each_other_is_imported(alliance: AllianceInMemory) -> None:
    run = HOTAN | {"managers": "bano@gilgit.example; li@hotan.example"}
    view = imported(alliance, People=[BANO, LI], Sites=[run])
    assert (view["state"], view["counts"]) == ("applied", {"Sites": {"new": 1}, "People": {"new": 2}})
    people = {each["email"]: each for each in alliance.exchange.people(ADMIN)["items"]}
    hotan = next(each for each in alliance.exchange.sites(ADMIN)["items"] if each["names"]["en"] == "Hotan")
    assert hotan["coordinators"] == [people["li@hotan.example"]["id"]]
    assert hotan["managers"] == [people[each]["id"] for each in ("bano@gilgit.example", "li@hotan.example")]
    assert people["li@hotan.example"]["sites"] == [hotan["id"], alliance.host]
    assert people["bano@gilgit.example"]["local_name"] == "شاہدہ بانو"


def test_what_is_imported_sorts_by_when_it_was(alliance: AllianceInMemory) -> None:
    before = alliance.person()
    alliance.clock.advance(timedelta(seconds=1))
    imported(alliance, People=[BANO, LI | {"sites": "Kashgar"}])
    alliance.clock.advance(timedelta(seconds=1))
    after = alliance.person()
    ids = list(alliance.memory.fake_people.kept)
    assert (len(ids), sorted(ids)[0], sorted(ids)[-1]) == (4, before, after)


def test_everybody_imported_is_told_of_like_everybody_registered(alliance: AllianceInMemory) -> None:
    imported(alliance, People=[BANO])
    assert [type(event) for event in alliance.memory.fake_people.told] == [PersonRegistered]


def test_nothing_shows_before_it_is_confirmed_and_applied(alliance: AllianceInMemory) -> None:
    before = directory(alliance)
    view = checked(alliance, People=[BANO], Sites=[HOTAN | {"coordinators": ""}])
    assert (view["state"], directory(alliance)) == ("ready", before)
    confirm(alliance, view)
    assert directory(alliance) == before


def test_a_file_with_one_wrong_row_writes_none(alliance: AllianceInMemory) -> None:
    before = directory(alliance)
    view = checked(alliance, People=[BANO, LI | {"sites": "Kashgar", "language": "fr"}])
    assert (view["state"], problems(view)) == ("refused", [("People!D4", "InvalidCommand")])
    assert view["counts"] == {"People": {"new": 1, "wrong": 1}}
    with pytest.raises(WrongState):
        confirm(alliance, view)
    assert directory(alliance) == before


def test_every_problem_names_its_cell_the_value_and_the_reason(alliance: AllianceInMemory) -> None:
    rows = [
        BANO | {"zone": "Asia/Shangri-La"},
        LI | {"sites": "Kashgar; Lhasa [CN]"},
        BANO | {"email": "nobody" * 30, "passport_name": ""},
        BANO | {"sites": ""},
    ]
    view = checked(alliance, People=rows)
    found = {each["cell"]: (each["name"], each["value"], each["reason"]) for each in view["problems"]}
    assert found["People!E3"] == ("UnknownZone", "Asia/Shangri-La", "zone: Asia/Shangri-La")
    assert found["People!F4"] == ("Unknown", "Kashgar; Lhasa [CN]", "kind: site; id: Lhasa [CN]")
    assert found["People!A5"][1] == ("nobody" * 30)[:59] + "…"
    assert found["People!B5"][2] == "String should have at least 1 character"
    assert found["People!A6"][0] == "NamedTwice"
    assert found["People!F6"][0] == "InvalidCommand"
    assert view["problem_count"] == 6


def test_the_same_file_again_changes_nothing(alliance: AllianceInMemory) -> None:
    sheets: dict[str, Rows] = {"People": [BANO | {"passport_name": " Shahida Bano "}, LI], "Sites": [HOTAN]}
    imported(alliance, **sheets)
    before = directory(alliance)
    view = imported(alliance, **sheets)
    assert view["counts"] == {"Sites": {"unchanged": 1}, "People": {"unchanged": 2}}
    assert directory(alliance) == before


def test_a_row_written_twice_in_one_file_is_one_person(alliance: AllianceInMemory) -> None:
    view = imported(alliance, People=[BANO, BANO])
    assert view["counts"] == {"People": {"new": 1, "unchanged": 1}}
    assert len(alliance.memory.fake_people.kept) == 1


def test_a_step_that_a_worker_does_again_does_nothing_more(alliance: AllianceInMemory) -> None:
    view = imported(alliance, People=[BANO])
    before = directory(alliance)
    work(alliance, view["id"])
    assert (preview(alliance, view["id"]), directory(alliance)) == (view, before)


def test_what_fails_on_the_way_leaves_nothing_and_is_done_again(
    alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = checked(alliance, People=[BANO], Sites=[HOTAN | {"coordinators": ""}])
    before = directory(alliance)
    confirm(alliance, view)
    with monkeypatch.context() as away:
        away.setattr(alliance.memory.fake_people, "add", lambda *_: (_ for _ in ()).throw(WriteConflict()))
        with pytest.raises(WriteConflict):
            work(alliance, view["id"])
    assert directory(alliance) == before
    work(alliance, view["id"])
    assert len(alliance.memory.fake_people.kept) == 1


def test_what_would_do_anything_else_than_was_confirmed_is_shown_again(alliance: AllianceInMemory) -> None:
    first, second = checked(alliance, People=[BANO]), checked(alliance, People=[BANO])
    confirm(alliance, first)
    work(alliance, first["id"])
    confirm(alliance, second)
    work(alliance, second["id"])
    found = preview(alliance, second["id"])
    assert (found["state"], found["counts"]) == ("ready", {"People": {"unchanged": 1}})
    assert len(alliance.memory.fake_people.kept) == 1


def test_one_import_is_applied_at_a_time(alliance: AllianceInMemory) -> None:
    first, second = checked(alliance, People=[BANO]), checked(alliance, People=[BANO])
    confirm(alliance, first)
    with pytest.raises(ImportRunning):
        confirm(alliance, second)
    work(alliance, first["id"])
    assert confirm(alliance, second).state == "applying"


def test_an_import_is_given_up_until_it_is_applied_and_its_rows_are_forgotten(alliance: AllianceInMemory) -> None:
    view = checked(alliance, People=[BANO])
    receipt = confirm(alliance, view)
    fields = {"import_id": view["id"], "expected_version": receipt.version, "reason": "The wrong file"}
    given_up = parsed(commands.CancelImport, fields)
    alliance.exchange.cancel_import(given_up, alliance.context(ADMIN, receipt.version))
    work(alliance, view["id"])
    assert (preview(alliance, view["id"])["state"], alliance.memory.fake_people.kept) == ("cancelled", {})
    assert alliance.exchange.stores.import_rows.of(view["id"]) == []


def test_rows_that_have_been_applied_are_forgotten(alliance: AllianceInMemory) -> None:
    view = imported(alliance, People=[BANO])
    assert alliance.exchange.stores.import_rows.of(view["id"]) == []


def test_the_call_repeated_starts_one_import(alliance: AllianceInMemory) -> None:
    content = base64.b64encode(xlsx(alliance, People=[BANO])).decode()
    command = parsed(commands.StartImport, {"file": "a.xlsx", "content": content})
    context = alliance.context(ADMIN)
    assert alliance.exchange.start_import(command, context) == alliance.exchange.start_import(command, context)
    assert len(alliance.memory.fake_imports.kept) == 1


def test_a_preview_comes_in_pages(alliance: AllianceInMemory) -> None:
    people = [BANO | {"email": f"{number}@gilgit.example"} for number in range(5)]
    view = checked(alliance, People=people)
    pages = [preview(alliance, view["id"], after=after, limit=2) for after in (0, 2, 4)]
    assert [len(page["rows_planned"]) for page in pages] == [2, 2, 1]
    assert [page["next"] for page in pages] == [2, 4, None]
    assert pages[0]["rows_planned"][0] == {
        "sheet": "People", "row": 3, "key": "0@gilgit.example", "action": "new", "what": [],
        "changes": [], "flags": [],
    }  # fmt: skip


def test_a_version_other_than_the_one_seen_is_not_confirmed(alliance: AllianceInMemory) -> None:
    view = checked(alliance, People=[BANO])
    with pytest.raises(StaleVersion):
        confirm(alliance, view | {"version": 1})


def test_a_file_without_rows_is_refused(alliance: AllianceInMemory) -> None:
    page = Page("People", "", dict.fromkeys(BANO, "text"), [])
    with pytest.raises(NothingToImport):
        started(alliance, alliance.exchange.stores.spreadsheets.write_xlsx([page]))


def test_administrators_and_programme_managers_import(alliance: AllianceInMemory) -> None:
    coordinator = Actor("per_x", frozenset({COORDINATOR}), frozenset({alliance.host}))
    with pytest.raises(NotAllowed):
        started(alliance, xlsx(alliance, People=[BANO]), coordinator)
    view = checked(alliance, MANAGER, People=[BANO])
    assert problems(view) == [("People!A3", "NotAllowed")]  # registering people is an administrator's


def test_an_import_is_shown_to_administrators_and_to_who_brought_it(alliance: AllianceInMemory) -> None:
    view = checked(alliance, MANAGER, People=[BANO])
    assert preview(alliance, view["id"])["by"] == "per_ali"
    other = replace(MANAGER, person="per_other")
    for ask in (lambda: preview(alliance, view["id"], other), lambda: confirm(alliance, view, other)):
        with pytest.raises(Unknown):
            ask()
    assert alliance.exchange.imports(other) == {"items": []}
    assert [each["id"] for each in alliance.exchange.imports(ADMIN)["items"]] == [view["id"]]


def test_who_confirms_is_who_writes(alliance: AllianceInMemory) -> None:
    imported(alliance, People=[BANO])
    (person,) = alliance.memory.fake_people.kept.values()
    assert [line.by for line in person.history] == [ADMIN.person]


SURGERY = {"site": "Kashgar [CN]", "name_en": "Surgery", "seats": "5"}
IMAGING = {"site": "Hotan", "name_en": "Imaging", "name_ur": "امیجنگ", "seats": "2", "fields": "imaging; AI"}


def departments(alliance: AllianceInMemory, site: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = alliance.exchange.sites(ADMIN)["items"]
    return next(each["departments"] for each in items if each["names"]["en"] == site)


def test_departments_come_with_their_new_site(alliance: AllianceInMemory) -> None:
    view = imported(
        alliance, Departments=[IMAGING, IMAGING | {"name_en": "Labs"}], Sites=[HOTAN | {"coordinators": ""}]
    )
    assert view["counts"] == {"Sites": {"new": 1}, "Departments": {"new": 2}}
    assert [(each["names"]["en"], each["seats"]) for each in departments(alliance, "Hotan")] == [
        ("Imaging", 2), ("Labs", 2),
    ]  # fmt: skip


def test_what_differs_is_changed_and_named_and_what_has_no_column_stays(alliance: AllianceInMemory) -> None:
    run = {"coordinators": "", "managers": "bano@gilgit.example", "languages": "ug; zh"}
    imported(alliance, Sites=[HOTAN | run], People=[BANO])
    shorter = {"name_en": "Hotan", "country": "CN", "zone": "Asia/Urumqi"}
    view = imported(alliance, Sites=[shorter], Departments=[SURGERY])
    assert view["counts"] == {"Sites": {"changed": 1}, "Departments": {"changed": 1}}
    assert [each["what"] for each in view["rows_planned"]] == [["zone"], ["seats"]]
    hotan = next(each.state for each in alliance.memory.fake_sites.all() if each.state.names["en"] == "Hotan")
    assert (hotan.zone, hotan.names["zh"], hotan.languages) == ("Asia/Urumqi", "和田", ("ug", "zh"))
    assert len(hotan.managers) == 1
    assert departments(alliance, "Kashgar")[0]["seats"] == 5
    assert imported(alliance, Sites=[shorter], Departments=[SURGERY])["counts"] == {
        "Sites": {"unchanged": 1}, "Departments": {"unchanged": 1},
    }  # fmt: skip


def test_a_change_that_somebody_else_made_meanwhile_is_not_written_over(alliance: AllianceInMemory) -> None:
    view = checked(alliance, Departments=[SURGERY])
    confirm(alliance, view)
    site = next(each for each in alliance.exchange.sites(ADMIN)["items"] if each["id"] == alliance.host)
    fields = {"site_id": alliance.host, "expected_version": site["version"], "department_id": alliance.department,
              "department": {"names": {"en": "Surgery", "zh": "外科"}, "seats": 9}}  # fmt: skip
    command = parsed(commands.ChangeDepartment, fields)
    alliance.exchange.change_department(command, alliance.context(ADMIN, site["version"]))
    work(alliance, view["id"])
    assert departments(alliance, "Kashgar")[0]["seats"] == 9
    assert preview(alliance, view["id"])["state"] == "ready"


def seats_booked_before_the_write(alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next import has decided that two seats are enough, and then all three are booked before it is written."""
    imports, not_yet = alliance.memory.fake_imports, iter([alliance.propose(*(alliance.person() for _ in range(3)))])
    atomically = imports.atomically

    def booked_first(body: Any) -> Any:
        for visit in not_yet:
            alliance.accept(visit)
        return atomically(body)

    monkeypatch.setattr(imports, "atomically", booked_first)


def test_a_seat_that_was_booked_since_the_rows_were_decided_does_not_go(
    alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = checked(alliance, Departments=[SURGERY | {"seats": "2"}])
    confirm(alliance, view)
    seats_booked_before_the_write(alliance, monkeypatch)
    work(alliance, view["id"])
    after = preview(alliance, view["id"])
    assert (after["state"], problems(after)) == ("refused", [("Departments!C3", "SeatsHeld")])
    assert departments(alliance, "Kashgar")[0]["seats"] == 3


def test_without_the_second_look_it_would(alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    view = checked(alliance, Departments=[SURGERY | {"seats": "2"}])
    confirm(alliance, view)
    seats_booked_before_the_write(alliance, monkeypatch)
    monkeypatch.setattr(GatheredSites, "write", Gathered.write)
    work(alliance, view["id"])
    assert departments(alliance, "Kashgar")[0]["seats"] == 2


def test_seats_that_are_no_number_are_refused_at_their_cell(alliance: AllianceInMemory) -> None:
    view = checked(alliance, Departments=[SURGERY | {"seats": "many"}, SURGERY | {"site": "Nowhere"}])
    assert problems(view) == [("Departments!C3", "InvalidCommand"), ("Departments!A4", "Unknown")]


def test_a_cell_that_computes_is_refused_by_name_with_its_text(alliance: AllianceInMemory) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "People"
    sheet.append(list(BANO))
    sheet.append([*list(BANO.values())[:1], "=CONCAT(A1)", *list(BANO.values())[2:]])
    made = io.BytesIO()
    book.save(made)
    receipt = started(alliance, made.getvalue())
    work(alliance, receipt.id)
    found = preview(alliance, receipt.id)["problems"]
    assert [(each["cell"], each["name"], each["value"]) for each in found] == [
        ("People!B2", "FormulaInCell", "=CONCAT(A1)"),
    ]
