"""A row with mistakes of several kinds shows all of them at once, and none that is only there because of another."""

from typing import Any

import pytest

from services.exchange.application.importing import deciding
from services.exchange.application.importing.reading import Reading
from services.exchange.domain.importing import MOST_PROBLEMS
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange.test_imported_agreements import OUTCOME, TRAINING, by_manager
from tests.unit.exchange.test_imported_people import MORE
from tests.unit.exchange.test_imported_visits import STAY
from tests.unit.exchange.test_imports import BANO, HOTAN, SURGERY, checked, imported, preview, problems

Found = list[tuple[str, str]]


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


SOMEBODY_NEW = BANO | MORE | {
    "passport_name": "Shahida\u200bBano",  # nobody sees it
    "language": "fr",  # not allowed
    "zone": "Asia/Gilgit",  # a rule refuses it
    "sites": "Lhasa",  # unknown
    "home_department": "Poetry",  # of which sites?
    "birth_date": "2100-01-01",  # another rule refuses it
    "sex": "F",
}  # fmt: skip
ALL_OF_THEM = [
    ("People!B3", "InvisibleCharacter"), ("People!D3", "InvalidCommand"), ("People!E3", "UnknownZone"),
    ("People!F3", "Unknown"), ("People!J3", "BirthDateImpossible"), ("People!K3", "InvalidCommand"),
]  # fmt: skip


def test_a_row_about_a_person_shows_what_is_wrong_with_each_of_its_cells(alliance: AllianceInMemory) -> None:
    assert problems(checked(alliance, People=[SOMEBODY_NEW])) == ALL_OF_THEM


def test_a_row_about_somebody_who_is_there_does_so_too(alliance: AllianceInMemory) -> None:
    imported(alliance, People=[BANO | MORE])
    assert problems(checked(alliance, People=[SOMEBODY_NEW])) == ALL_OF_THEM


def test_rows_about_sites_and_departments_do_so_too(alliance: AllianceInMemory) -> None:
    wrong = HOTAN | {"country": "China", "zone": "Asia/Hotan", "coordinators": "nobody@hotan.example"}
    labs = SURGERY | {"site": "Lhasa", "name_en": "", "seats": "many"}
    view = checked(alliance, Sites=[wrong], Departments=[labs])
    assert problems(view) == [
        ("Sites!C3", "InvalidCommand"), ("Sites!D3", "UnknownZone"), ("Sites!E3", "Unknown"),
        ("Departments!A3", "Unknown"), ("Departments!B3", "InvalidCommand"), ("Departments!C3", "InvalidCommand"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"agreement": "Treaty", "leader": "nobody@x.example", "departure": "2026-02-01", "purpose": ""},
         [("A", "Unknown"), ("G", "Unknown"), ("J", "DatesReversed"), ("K", "InvalidCommand")]),
        ({"host_site": "Lhasa", "sending_site": "Nowhere", "visitors": "nobody@x.example", "arrival": "2nd of May"},
         [("D", "Unknown"), ("E", "Unknown"), ("H", "Unknown"), ("I", "NotADay")]),
        ({"host_department": "Poetry", "arrival": "2026-04-01", "departure": "2026-04-02"},
         [("F", "Unknown"), ("J", "DateInTheFuture")]),
        ({"departure": "2026-02-01", "leader": "host@kashgar.example"},
         [("H", "NotOfTheSendingSite"), ("J", "DatesReversed")]),
    ],
)  # fmt: skip
def test_a_row_about_a_visit_does_so_too(alliance: AllianceInMemory, wrong: dict[str, str], found: Found) -> None:
    alliance.person()
    person = BANO | {"email": "host@kashgar.example", "sites": "Kashgar"}
    imported(alliance, People=[person])
    view = checked(alliance, alliance.manager, Visits=[STAY | wrong])
    assert problems(view) == [(f"Visits!{column}3", name) for column, name in found]


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"sending_site": "Lhasa", "visits_per_year": "many", "rules": "gravity: forbid", "cost_sharing": "stay"},
         [("J", "Unknown"), ("L", "InvalidCommand"), ("S", "UnknownRule"), ("U", "NotAPair")]),
        ({"host_site": "Kashgar", "visits_per_year": "1", "visitor_days_per_year": "1", "acceptance": "everybody"},
         [("K", "SameSite"), ("L", "NotPromisedByKind"), ("M", "NotPromisedByKind"), ("O", "InvalidCommand")]),
        ({"kind": "joint-\u200boutcome", "rules": "capacity: warn", "cost_sharing": "beer: host-site"},
         [("H", "InvisibleCharacter"), ("S", "UnknownRuleLevel"), ("U", "UnknownLineKind")]),
        ({"note": "Otherwise", "reply_within_days": "0"}, [("G", "RowsDisagree"), ("P", "InvalidCommand")]),
        ({"agreement": "Treaty", "sending_site": "Lhasa", "rules": "gravity: forbid"},
         [("J", "Unknown"), ("S", "UnknownRule"), ("V", "Unknown")]),
    ],
)  # fmt: skip
def test_a_row_about_a_condition_does_so_too(alliance: AllianceInMemory, wrong: dict[str, str], found: Found) -> None:
    rows = [row | {"agreement": ""} for row in (TRAINING, OUTCOME)]
    view = by_manager(alliance, rows[0], rows[1] | wrong)
    assert problems(view) == [(f"Agreements!{column}4", name) for column, name in found]


def test_the_text_of_an_agreement_does_so_in_its_first_row_beside_what_its_conditions_are_refused_for(
    alliance: AllianceInMemory,
) -> None:
    text = {"partners": "Gilgit; Kashgar; Gilgit", "in_effect_until": "2026-05-31", "name_en": ""}
    view = by_manager(alliance, TRAINING | text, OUTCOME | text | {"acceptance": "everybody"})
    assert problems(view) == [
        ("Agreements!A3", "InvalidCommand"), ("Agreements!C3", "PartnerNamedTwice"),
        ("Agreements!F3", "DatesReversed"), ("Agreements!O4", "InvalidCommand"),
    ]  # fmt: skip


def test_a_row_that_refers_to_a_wrong_one_is_not_wrong_because_of_it(alliance: AllianceInMemory) -> None:
    site = HOTAN | {"zone": "Asia/Hotan", "coordinators": ""}
    view = checked(alliance, Sites=[site], People=[BANO | {"sites": "Hotan [CN]"}])
    assert problems(view) == [("Sites!D3", "UnknownZone")]


def test_of_a_refusal_of_the_row_as_a_whole_its_cells_are_told_beside_it(alliance: AllianceInMemory) -> None:
    other = BANO | {"language": "fr", "birth_date": "1.5.1988"}
    view = checked(alliance, People=[BANO | {"birth_date": ""}, other])
    assert problems(view) == [
        ("People!A4", "NamedTwice"), ("People!D4", "InvalidCommand"), ("People!G4", "NotADay"),
    ]  # fmt: skip


def test_of_a_great_many_problems_so_many_are_kept_and_it_says_how_many_are_not(alliance: AllianceInMemory) -> None:
    rows = [SOMEBODY_NEW | {"email": f"p{number}@gilgit.example"} for number in range(100)]
    view = checked(alliance, People=rows)
    assert (view["problem_count"], view["problems_left_out"]) == (600, 600 - MOST_PROBLEMS)
    shown: list[Any] = []
    after: int | None = 0
    while after is not None:
        page = preview(alliance, view["id"], after=after, limit=200)
        shown, after = shown + page["problems"], page["next"]
    assert len(shown) == MOST_PROBLEMS


def test_without_the_further_rounds_what_rules_refuse_would_not_show(
    alliance: AllianceInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding._Trying, "_note", only_once)
    assert ("People!E3", "UnknownZone") not in problems(checked(alliance, People=[SOMEBODY_NEW]))


def only_once(trying: deciding._Trying, reading: Reading) -> bool:
    trying._problems += reading.problems
    return False
