"""Agreements from a file: drafted or amended as by hand, never in effect by it; the same file again changes nothing."""

import base64
import csv
import io
import os
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.commands import parsed
from chassis.kernel.actor import COORDINATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.decision import Decision
from chassis.kernel.errors import NotAllowed
from services.exchange.application import queries
from services.exchange.domain.agreement import DRAFT, IN_EFFECT, Agreement
from services.exchange.domain.agreement_text import Condition
from services.exchange.domain.visit import Expectation
from tests.alliance import ADMIN
from tests.amending import approve, put_in_force, shown, terminate, texts
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange.test_imports import checked, confirm, preview, problems, started, work

TEXT = {
    "name_en": "Annex", "name_zh": "附件", "partners": "Gilgit; Kashgar [CN]", "fields": "imaging; AI",
    "in_effect_from": "2026-06-01", "in_effect_until": "2028-05-31", "note": "=Drafted in May",
}  # fmt: skip
TRAINING = TEXT | {
    "kind": "training", "field": "imaging", "sending_site": "Gilgit", "host_site": "Kashgar",
    "visits_per_year": "6", "visitor_days_per_year": "180", "outcomes_per_year": "1", "acceptance": "host-department",
    "reply_within_days": "14", "expects_outcome": "publication", "outcome_due_days": "90",
    "rules": "minimum-gap: warn; weekend: forbid", "minimum_gap_days": "30",
    "cost_sharing": "travel: sending-site; stay: host-site",
}  # fmt: skip
OUTCOME = TEXT | {
    "kind": "joint-outcome", "field": "AI", "sending_site": "Kashgar", "host_site": "Gilgit", "visits_per_year": "0",
    "visitor_days_per_year": "0", "outcomes_per_year": "2", "acceptance": "host-department; international-office",
    "reply_within_days": "30", "expects_outcome": "", "outcome_due_days": "", "rules": "", "minimum_gap_days": "",
    "cost_sharing": "",
}  # fmt: skip


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


def by_manager(alliance: AllianceInMemory, *rows: dict[str, str], **sheets: Any) -> dict[str, Any]:
    return checked(alliance, alliance.manager, Agreements=rows, **sheets)


def entered(alliance: AllianceInMemory, *rows: dict[str, str], **sheets: Any) -> dict[str, Any]:
    view = by_manager(alliance, *rows, **sheets)
    assert view["problems"] == []
    confirm(alliance, view, alliance.manager)
    work(alliance, view["id"])
    return preview(alliance, view["id"])


def annex(alliance: AllianceInMemory) -> Agreement:
    (found,) = (each.state for each in alliance.memory.fake_agreements.all() if each.id != alliance.agreement)
    return found


def standing_rows(alliance: AllianceInMemory) -> list[dict[str, str]]:
    """What an export says of the alliance's agreement, with columns that a test may change."""
    answer = alliance.exchange.export_csv(parsed(queries.ExportCsv, {"sheet": "Agreements"}), alliance.manager)
    return list(csv.DictReader(io.StringIO(base64.b64decode(answer["content"]).decode("utf-8-sig"))))


def changes(view: dict[str, Any]) -> list[tuple[int, str, str, str]]:
    return [
        (row["row"], each["column"], each["from"], each["to"])
        for row in view["rows_planned"]
        for each in row["changes"]
    ]


def test_a_new_agreement_is_drafted_with_all_that_its_conditions_say(alliance: AllianceInMemory) -> None:
    assert entered(alliance, TRAINING, OUTCOME)["counts"] == {"Agreements": {"new": 2}}
    agreement = annex(alliance)
    training, outcome = agreement.conditions
    assert (agreement.names, agreement.note) == ({"en": "Annex", "zh": "附件"}, "=Drafted in May")
    assert (agreement.partners, agreement.fields) == ((alliance.sending, alliance.host), ("imaging", "AI"))
    assert (training.visits_per_year, training.visitor_days_per_year, training.minimum_gap_days) == (6, 180, 30)
    assert training.expects_outcome == Expectation("publication", 90)
    assert training.rules == {"minimum-gap": "warn", "weekend": "forbid"}
    assert training.cost_sharing == {"travel": "sending-site", "stay": "host-site"}
    assert (outcome.sending_site, outcome.acceptance) == (alliance.host, ("host-department", "international-office"))


def test_no_agreement_is_in_effect_by_an_import_and_its_partners_approve_it(alliance: AllianceInMemory) -> None:
    entered(alliance, TRAINING)
    agreement = annex(alliance)
    assert (agreement.state, agreement.approvals, agreement.unapproved) == (DRAFT, {}, agreement.partners)
    assert alliance.memory.fake_ledgers.of_agreement(agreement.id) == []
    assert alliance.memory.fake_agreements.load(agreement.id).state.text_made.by == alliance.manager.person  # type: ignore[union-attr]


@pytest.mark.parametrize("rows", [(TRAINING, OUTCOME), (OUTCOME, TRAINING), (TRAINING, OUTCOME, TRAINING)])
def test_the_same_file_again_changes_nothing_in_whatever_order(
    alliance: AllianceInMemory, rows: tuple[dict[str, str], ...]
) -> None:
    entered(alliance, TRAINING, OUTCOME)
    before = dict(alliance.memory.fake_agreements.kept)
    turned = [row | {"partners": "Kashgar; Gilgit [PK]", "fields": "AI ;imaging", "reason": "Again"} for row in rows]
    assert entered(alliance, *turned)["counts"] == {"Agreements": {"unchanged": len(rows)}}
    assert alliance.memory.fake_agreements.kept == before


def test_what_differs_from_the_text_in_force_becomes_an_amendment(alliance: AllianceInMemory) -> None:
    (row,) = standing_rows(alliance)
    amended = row | {"visits_per_year": "120", "in_effect_until": "2027-12-31", "reason": "Demand"}
    view = entered(alliance, amended)
    assert view["counts"] == {"Agreements": {"changed": 1}}
    seen = shown(alliance)
    assert (seen["state"], seen["in_effect_until"]) == ("in-effect", "2026-12-31")
    assert (len(texts(alliance)), texts(alliance)[-1]["reason"]) == (2, "Demand")
    assert alliance.balance()["visits"]["promised"] == 100
    for who in (alliance.manager, alliance.host_manager):
        approve(alliance, who)
    assert alliance.balance()["visits"]["promised"] == 120


def test_the_preview_says_what_becomes_of_each_cell(alliance: AllianceInMemory) -> None:
    entered(alliance, TRAINING, OUTCOME)
    note = {"note": "Signed in June"}
    further = OUTCOME | note | {"kind": "teaching", "visits_per_year": "1"}
    view = by_manager(alliance, TRAINING | note | {"visits_per_year": "8"}, further)
    assert [each["action"] for each in view["rows_planned"]] == ["changed", "new"]
    assert changes(view) == [
        (3, "note", "=Drafted in May", "Signed in June"),
        (3, "condition", "joint-outcome, AI, Kashgar [CN] > Gilgit [PK]", ""),
        (3, "visits_per_year", "6", "8"),
    ]


def test_conditions_that_stay_keep_their_ids_and_their_order(alliance: AllianceInMemory) -> None:
    entered(alliance, TRAINING, OUTCOME)
    before = annex(alliance)
    entered(alliance, OUTCOME | {"outcomes_per_year": "3"}, TRAINING)
    after = annex(alliance)
    assert [each.id for each in after.conditions] == [each.id for each in before.conditions]
    assert [each.outcomes_per_year for each in after.conditions] == [1, 3]


def test_columns_that_are_not_there_leave_the_text_as_it_is(alliance: AllianceInMemory) -> None:
    entered(alliance, TRAINING)
    left_out = ("rules", "cost_sharing", "expects_outcome", "outcome_due_days", "minimum_gap_days", "note", "name_zh")
    short = {name: cell for name, cell in TRAINING.items() if name not in left_out}
    assert entered(alliance, short)["counts"] == {"Agreements": {"unchanged": 1}}
    entered(alliance, short | {"visits_per_year": "7"})
    condition = annex(alliance).conditions[0]
    assert replace(condition, visits_per_year=6) == alliance_text(alliance, 1).conditions[0]
    assert annex(alliance).note == "=Drafted in May"


def alliance_text(alliance: AllianceInMemory, number: int) -> Any:
    return annex(alliance).version(number).text


def test_an_import_goes_on_from_the_amendment_that_waits(alliance: AllianceInMemory) -> None:
    (row,) = standing_rows(alliance)
    entered(alliance, row | {"visits_per_year": "120"})
    assert entered(alliance, row | {"visits_per_year": "120"})["counts"] == {"Agreements": {"unchanged": 1}}
    assert entered(alliance, row)["counts"] == {"Agreements": {"unchanged": 1}}, "it is the text in force"
    without = {name: cell for name, cell in row.items() if name not in ("note",)}
    entered(alliance, without | {"visits_per_year": "130"})
    assert [each["text"]["conditions"][0]["visits_per_year"] for each in texts(alliance)] == [100, 120, 130]


def test_the_text_in_force_in_another_order_takes_nothing_back_that_waits(alliance: AllianceInMemory) -> None:
    put_in_force(alliance, {"acceptance": ["host-department", "international-office"]}, fields=["AI", "imaging"])
    (row,) = standing_rows(alliance)
    turned = row | {"partners": "Kashgar; Gilgit", "fields": "imaging; AI"}
    waiting = {"visits_per_year": "120", "fields": "imaging; AI; trade"}
    entered(alliance, turned | waiting)
    assert entered(alliance, turned)["counts"] == {"Agreements": {"unchanged": 1}}


def test_a_name_and_a_first_day_change_where_the_row_says_which_agreement_it_means(alliance: AllianceInMemory) -> None:
    (row,) = standing_rows(alliance)
    assert row["agreement"] == "Memorandum [2026-01-01]"
    renamed = row | {"name_en": "Memorandum II", "in_effect_from": "2026-02-01"}
    assert entered(alliance, renamed)["counts"] == {"Agreements": {"changed": 1}}
    assert len(alliance.memory.fake_agreements.kept) == 1
    for who in (alliance.manager, alliance.host_manager):
        approve(alliance, who)
    assert shown(alliance)["names"] == {"en": "Memorandum II"}
    assert entered(alliance, renamed)["counts"] == {"Agreements": {"unchanged": 1}}, "under its former name, too"


def test_partners_of_the_same_file_are_there_before_their_agreement(alliance: AllianceInMemory) -> None:
    hotan = {"name_en": "Hotan", "country": "CN", "zone": "Asia/Shanghai"}
    row = TRAINING | {"partners": "Gilgit; Hotan", "host_site": "Hotan [CN]"}
    both = Actor("per_x", frozenset({PROGRAMME_MANAGER, "administrator"}), frozenset({alliance.sending}))
    view = checked(alliance, both, Sites=[hotan], Agreements=[row])
    assert view["problems"] == []
    confirm(alliance, view, both)
    work(alliance, view["id"])
    hotan_id = next(each.id for each in alliance.memory.fake_sites.all() if each.state.names["en"] == "Hotan")
    assert annex(alliance).partners == (alliance.sending, hotan_id)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"partners": "Gilgit; Lhasa"}, ("Agreements!C4", "Unknown")),
        ({"in_effect_from": "1/6/2026"}, ("Agreements!E4", "NotADay")),
        ({"in_effect_until": "2026-05-31"}, ("Agreements!F4", "DatesReversed")),
        ({"in_effect_until": "2090-05-31"}, ("Agreements!F4", "TooManyYears")),
    ],
)
def test_what_is_wrong_with_the_text_is_named_by_the_cell_of_its_first_row(
    alliance: AllianceInMemory, wrong: dict[str, str], problem: tuple[str, str]
) -> None:
    found = problems(by_manager(alliance, OTHER, TRAINING | wrong, OUTCOME | wrong))
    assert found == [problem]


OTHER = TRAINING | {"name_en": "Another", "fields": ""}


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"kind": "tourism"}, ("H", "InvalidCommand")),
        ({"field": ""}, ("I", "InvalidCommand")),
        ({"sending_site": "Lhasa"}, ("J", "Unknown")),
        ({"host_site": "Kashgar"}, ("K", "SameSite")),
        ({"visits_per_year": "1"}, ("L", "NotPromisedByKind")),
        ({"visitor_days_per_year": "1"}, ("M", "NotPromisedByKind")),
        ({"outcomes_per_year": "many"}, ("N", "InvalidCommand")),
        ({"outcomes_per_year": "２"}, ("N", "InvalidCommand")),
        ({"acceptance": "everybody"}, ("O", "InvalidCommand")),
        ({"reply_within_days": "0"}, ("P", "InvalidCommand")),
        ({"expects_outcome": "fame", "outcome_due_days": "3"}, ("Q", "InvalidCommand")),
        ({"outcome_due_days": "90"}, ("Q", "InvalidCommand")),
        ({"rules": "gravity: forbid"}, ("S", "UnknownRule")),
        ({"rules": "capacity: warn"}, ("S", "UnknownRuleLevel")),
        ({"rules": "weekend"}, ("S", "NotAPair")),
        ({"minimum_gap_days": "-1"}, ("T", "InvalidCommand")),
        ({"cost_sharing": "beer: host-site"}, ("U", "UnknownLineKind")),
        ({"cost_sharing": "stay: nobody"}, ("U", "UnknownPayer")),
        ({"kind": "joint-\u200boutcome"}, ("H", "InvisibleCharacter")),
    ],
)
def test_what_is_wrong_with_a_condition_is_named_by_its_own_cell(
    alliance: AllianceInMemory, wrong: dict[str, str], problem: tuple[str, str]
) -> None:
    view = by_manager(alliance, TRAINING, OUTCOME | wrong)
    assert problems(view) == [(f"Agreements!{problem[0]}4", problem[1])]
    assert view["counts"] == {"Agreements": {"wrong": 2}}, "an agreement is right or wrong as a whole"


@pytest.mark.parametrize(("column", "letter"), [("note", "G"), ("partners", "C"), ("name_zh", "B")])
def test_rows_that_contradict_each_other_about_their_agreement_are_refused(
    alliance: AllianceInMemory, column: str, letter: str
) -> None:
    view = by_manager(alliance, TRAINING, OUTCOME | {column: "Gilgit"})
    assert problems(view) == [(f"Agreements!{letter}4", "RowsDisagree")]


def test_rows_that_contradict_each_other_about_a_condition_are_refused(alliance: AllianceInMemory) -> None:
    view = by_manager(alliance, TRAINING, TRAINING | {"visits_per_year": "7"})
    assert problems(view) == [("Agreements!A4", "NamedTwice")]


def test_less_than_is_booked_already_is_refused_at_its_cell(alliance: AllianceInMemory) -> None:
    alliance.accept(alliance.propose())
    (row,) = standing_rows(alliance)
    assert problems(by_manager(alliance, row | {"visits_per_year": "0"})) == [("Agreements!O3", "PromiseBelowBooked")]


def test_an_agreement_that_is_to_end_is_not_amended(alliance: AllianceInMemory) -> None:
    (row,) = standing_rows(alliance)
    terminate(alliance, alliance.clock.now().date().replace(month=6))
    assert [name for _, name in problems(by_manager(alliance, row | {"note": "x"}))] == ["TerminationStands"]
    assert problems(by_manager(alliance, row)) == []


def test_only_a_manager_of_a_partner_writes_an_agreement(alliance: AllianceInMemory) -> None:
    (row,) = standing_rows(alliance)
    elsewhere = Actor("per_x", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_elsewhere"}))
    for who in (ADMIN, elsewhere):
        assert [name for _, name in problems(checked(alliance, who, Agreements=[TRAINING]))] == ["NotAllowed"]
        amended = checked(alliance, who, Agreements=[row | {"note": "x"}])
        assert [name for _, name in problems(amended)] == ["NotAllowed"]


def test_an_agreement_amended_meanwhile_is_named_and_not_written_over(alliance: AllianceInMemory) -> None:
    (row,) = standing_rows(alliance)
    view = by_manager(alliance, row | {"note": "ours"})
    confirm(alliance, view, alliance.manager)
    put_in_force(alliance, {"visits_per_year": 90})
    work(alliance, view["id"])
    found = preview(alliance, view["id"])
    assert (found["state"], len(texts(alliance))) == ("ready", 2)
    assert [each["name"] for each in found["conflicts"]] == ["ChangedMeanwhile"]


def test_two_conditions_that_look_alike_are_told_apart_by_their_ids(alliance: AllianceInMemory) -> None:
    agreement = alike(alliance)
    first, second = standing_rows(alliance)[:2]
    assert {first["condition"], second["condition"]} == {"cnd_1", "cnd_2"}
    assert entered(alliance, first, second)["counts"] == {"Agreements": {"unchanged": 2}}
    unnamed = [row | {"condition": ""} for row in (first, second)]
    assert {name for _, name in problems(by_manager(alliance, *unnamed))} == {"Ambiguous"}
    entered(alliance, first | {"reply_within_days": "5"}, second)
    changed = alliance.memory.fake_agreements.load(agreement.id).state
    assert {each.id: each.reply_within_days for each in changed.conditions} == {
        first["condition"]: 5, second["condition"]: 14,
    }  # fmt: skip
    assert [name for _, name in problems(by_manager(alliance, first, second | {"condition": "cnd_3"}))] == [
        "NoSuchCondition"
    ]


def alike(alliance: AllianceInMemory) -> Agreement:
    standing = alliance.memory.fake_agreements.load(alliance.agreement).state
    one, two = (replace(standing.conditions[0], id=each) for each in ("cnd_1", "cnd_2"))
    agreement = replace(standing, id="agr_alike", state=DRAFT, names={"en": "Alike"}, conditions=(one, two))
    alliance.memory.fake_agreements.add(agreement.id, Decision(agreement, what="kept"), alliance.context(ADMIN))
    return agreement


WORDS = st.text(alphabet=st.sampled_from("=+-@'\"\t\r\n\x0b\ufffe_x00D#;:\\,[PK] \u202eش张"), min_size=1, max_size=6)
CONDITIONS = st.builds(
    Condition,
    id=st.sampled_from(["cnd_1", "cnd_2", "cnd_3"]),
    kind=st.sampled_from(["training", "teaching"]),
    field=WORDS,
    sending_site=st.sampled_from(["sit_a", "sit_gone"]),
    host_site=st.just("sit_b"),
    visits_per_year=st.integers(0, 100_000),
    visitor_days_per_year=st.integers(0, 100_000),
    outcomes_per_year=st.integers(0, 9),
    acceptance=st.lists(st.sampled_from(["authority", "host-department"]), min_size=1, max_size=2).map(tuple),
    reply_within_days=st.integers(1, 730),
    expects_outcome=st.none() | st.builds(Expectation, st.just("dataset-or-model"), st.integers(1, 730)),
    rules=st.dictionaries(st.sampled_from(["weekend", "minimum-gap"]), st.sampled_from(["warn", "forbid"])),
    minimum_gap_days=st.integers(0, 9),
    cost_sharing=st.dictionaries(st.sampled_from(["stay", "visa"]), st.sampled_from(["visitor", "alliance"])),
)
AGREEMENTS = st.builds(
    Agreement,
    id=st.sampled_from(["agr_1", "agr_2", "agr_3"]),
    state=st.sampled_from([DRAFT, IN_EFFECT]),
    names=st.fixed_dictionaries({"en": WORDS | st.just("A")}, optional={"zh": WORDS, "ur": WORDS}),
    partners=st.just(("sit_b", "sit_a")),
    fields=st.lists(WORDS, max_size=2).map(tuple),
    in_effect_from=st.dates(date(1970, 1, 1), date(2200, 12, 31)),
    in_effect_until=st.dates(date(1970, 1, 1), date(2200, 12, 31)),
    conditions=st.lists(CONDITIONS, min_size=1, max_size=3, unique_by=lambda each: each.id).map(tuple),
    note=WORDS | st.just(""),
)


@settings(max_examples=int(os.environ.get("EXPORT_EXAMPLES", "60")))
@given(st.lists(AGREEMENTS, max_size=3, unique_by=lambda each: each.id))
def test_importing_an_export_changes_nothing_whatever_it_says(agreements: list[Agreement]) -> None:
    alliance = alliance_in_memory()
    for each in agreements:
        alliance.memory.fake_agreements.add(each.id, Decision(each, what="kept"), alliance.context(ADMIN))
    before = dict(alliance.memory.fake_agreements.kept)
    xlsx = alliance.exchange.export_xlsx(parsed(queries.ExportXlsx, {"sheets": ["Agreements"]}), alliance.manager)
    text = alliance.exchange.export_csv(parsed(queries.ExportCsv, {"sheet": "Agreements"}), alliance.manager)
    for answer, sheet in ((xlsx, None), (text, "Agreements")):
        receipt = started(alliance, base64.b64decode(answer["content"]), alliance.manager, sheet=sheet)
        work(alliance, receipt.id)
        view = preview(alliance, receipt.id)
        assert (view["problems"], list(view["counts"]["Agreements"])) == ([], ["unchanged"])
    assert alliance.memory.fake_agreements.kept == before


def test_a_coordinator_exports_no_agreements(alliance: AllianceInMemory) -> None:
    coordinator = Actor("per_x", frozenset({COORDINATOR}), frozenset({alliance.host}))
    with pytest.raises(NotAllowed):
        alliance.exchange.export_csv(parsed(queries.ExportCsv, {"sheet": "Agreements"}), coordinator)
