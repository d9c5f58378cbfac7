"""Exports: importing one changes nothing, whatever the directory says."""

import base64
import json
import os
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.commands import parsed
from chassis.kernel.actor import COORDINATOR, SYSTEM, Actor
from chassis.kernel.decision import Decision
from chassis.kernel.errors import NotAllowed
from services.exchange.application import commands, queries
from services.exchange.application.importing.sheets import SHEETS
from services.exchange.domain.passport import Passport
from services.exchange.domain.person import Person
from services.exchange.domain.site import Department, Site
from tests.alliance import ADMIN, StandingClock
from tests.architecture.tree import ROOT
from tests.fakes.exchange import AllianceInMemory, ExchangeInMemory, alliance_in_memory

NASTY = st.text(alphabet=st.sampled_from("=+-@'\"\t\r\n\x0b\x00\ufffe_x00D#;\\,[PK] \u202eش张"), min_size=1, max_size=8)
TEXTS = st.one_of(
    st.sampled_from(["Gilgit", "Gilgit [PK]", "sit_0", "=1+1", "# note"]), NASTY, st.text(min_size=1, max_size=8)
)
WORDS = TEXTS.filter(lambda text: not any(0xD800 <= ord(character) < 0xE000 for character in text))
NAMES = st.fixed_dictionaries({"en": WORDS}, optional={"zh": WORDS, "ur": WORDS})
SITE_IDS = st.sampled_from(["sit_0", "sit_1", "sit_2"])
PERSON_IDS = st.sampled_from(["per_0", "per_1", "per_2", "per_gone"])
SITES = st.lists(
    st.tuples(NAMES, st.sampled_from(["PK", "CN"]), st.lists(PERSON_IDS, max_size=3),
              st.lists(st.tuples(NAMES, st.integers(1, 500)), max_size=3)), max_size=3
)  # fmt: skip
MORE = st.fixed_dictionaries(
    {},
    optional={
        "fields": st.lists(WORDS, max_size=2).map(tuple),
        "languages": st.lists(WORDS, max_size=2).map(tuple),
        "home_department": st.sampled_from(["dep_00", "dep_01", "dep_10", "dep_gone"]),
        "birth_date": st.dates(date(1930, 1, 1), date(2020, 1, 1)),
        "sex": st.sampled_from(["female", "male", "unspecified"]),
    },
)
PEOPLE = st.lists(
    st.tuples(WORDS, WORDS, st.sampled_from(["a@b.example", "A@b.example", "c@d.example", "=@d.example"]),
              st.lists(SITE_IDS, max_size=3), MORE), max_size=3
)  # fmt: skip


def keep(shelf: Any, document: Any) -> None:
    context = alliance_in_memory().context(ADMIN)
    shelf.add(document.id, Decision(document, what="kept"), context)


def exchange_of(sites: list[Any], people: list[Any]) -> ExchangeInMemory:
    exchange = ExchangeInMemory(StandingClock())
    for number, (names, country, coordinators, departments) in enumerate(sites):
        has = tuple(Department(f"dep_{number}{each}", *known) for each, known in enumerate(departments))
        keep(exchange.fake_sites, Site(f"sit_{number}", names, country, "Asia/Karachi", tuple(coordinators), has))
    for number, (passport_name, local_name, email, of, more) in enumerate(people):
        person = Person(f"per_{number}", passport_name, local_name, "ur", "Asia/Karachi", email, tuple(of), **more)
        keep(exchange.fake_people, person)
    return exchange


def xlsx(exchange: ExchangeInMemory, who: Actor = ADMIN) -> str:
    content: str = exchange.export_xlsx(parsed(queries.ExportXlsx, {}), who)["content"]
    return content


def csv(exchange: ExchangeInMemory, sheet: str) -> str:
    content: str = exchange.export_csv(parsed(queries.ExportCsv, {"sheet": sheet}), ADMIN)["content"]
    return content


def imported(alliance: AllianceInMemory, exchange: ExchangeInMemory, **fields: Any) -> dict[str, Any]:
    """What became of the file, imported whole."""
    start = parsed(commands.StartImport, {"file": "export", **fields})
    import_id = exchange.start_import(start, alliance.context(ADMIN)).id
    exchange.check_import(import_id, alliance.context(SYSTEM))
    view: dict[str, Any] = exchange.import_preview(parsed(queries.AskPreview, {"import_id": import_id}), ADMIN)
    assert view["problems"] == []
    seen = {"import_id": import_id, "expected_version": view["version"]}
    exchange.confirm_import(parsed(commands.ConfirmImport, seen), alliance.context(ADMIN, view["version"]))
    exchange.apply_import(import_id, alliance.context(SYSTEM))
    asked = parsed(queries.AskPreview, {"import_id": import_id})
    return exchange.import_preview(asked, ADMIN)


ALLIANCE = alliance_in_memory()


@settings(max_examples=int(os.environ.get("EXPORT_EXAMPLES", "100")))
@given(SITES, PEOPLE)
def test_importing_an_export_changes_nothing(sites: list[Any], people: list[Any]) -> None:
    exchange = exchange_of(sites, people)
    before = dict(exchange.fake_sites.kept), dict(exchange.fake_people.kept)
    files = [{"content": xlsx(exchange)}] if sites or people else []
    files += [{"content": csv(exchange, "Sites"), "sheet": "Sites"}] if sites else []
    files += [{"content": csv(exchange, "People"), "sheet": "People"}] if people else []
    for file in files:
        view = imported(ALLIANCE, exchange, **file)
        assert view["state"] == "applied"
        assert {action for actions in view["counts"].values() for action in actions} == {"unchanged"}
    assert (exchange.fake_sites.kept, exchange.fake_people.kept) == before


def test_an_export_imported_into_an_empty_exchange_makes_the_same_directory() -> None:
    exchange = exchange_of(
        [({"en": "Gilgit; the old one"}, "PK", ["per_0"], [])], [("A", "B", "a@b.example", ["sit_0"], {})]
    )
    empty = ExchangeInMemory(StandingClock())
    imported(ALLIANCE, empty, content=xlsx(exchange))
    assert xlsx(empty) != ""
    for sheet in SHEETS:
        assert csv(empty, sheet) == csv(exchange, sheet)


def test_no_passport_is_ever_exported() -> None:
    exchange = ExchangeInMemory(StandingClock())
    passport = Passport("sealed-secret", "7788", ALLIANCE.clock.now().date())
    person = Person("per_1", "A", "B", "ur", "Asia/Karachi", "a@b.example", (), passport=passport)
    keep(exchange.fake_people, person)
    text = base64.b64decode(csv(exchange, "People")).decode()
    assert "a@b.example" in text
    assert not any(part in text for part in ("sealed-secret", "7788", passport.expires_on.isoformat()))
    assert not any("passport" in column and column != "passport_name" for column in SHEETS["People"].columns)


def test_the_directory_leaves_the_house_only_with_administrators_and_programme_managers() -> None:
    exchange = exchange_of([], [])
    assert xlsx(exchange, ALLIANCE.manager)
    with pytest.raises(NotAllowed):
        xlsx(exchange, Actor("per_x", frozenset({COORDINATOR}), frozenset({"sit_0"})))


def test_the_sample_is_imported_into_the_memorandums_alliance_and_again_changes_nothing() -> None:
    memorandum = json.loads((ROOT / "samples" / "memorandum.json").read_text("utf-8"))
    sites: list[Any] = [(each["names"], each["country"], [], []) for each in memorandum["sites"].values()]
    exchange = exchange_of(sites, [])
    content = base64.b64encode((ROOT / "samples" / "directory.xlsx").read_bytes()).decode()
    first, again = (imported(ALLIANCE, exchange, content=content) for _ in range(2))
    assert first["counts"] == {"Sites": {"new": 1}, "Departments": {"new": 2}, "People": {"new": 6}}
    assert again["counts"] == {"Sites": {"unchanged": 1}, "Departments": {"unchanged": 2}, "People": {"unchanged": 6}}
