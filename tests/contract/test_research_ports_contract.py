"""What research needs of its shelves beyond keeping documents: in memory and in the database alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from chassis.kernel.actor import ADMINISTRATOR, OBSERVER, SYSTEM, VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.errors import Unknown, WriteConflict
from chassis.kernel.ids import derived
from chassis.kernel.importer import Importer
from chassis.store import database_at
from contracts.envelope import CloudEvent, sequence
from contracts.exchange.v1 import PersonChanged, VisitEnteredInError
from services.research.adapters.currencies import IsoCurrencies
from services.research.adapters.delegations import DELEGATION_SHAPE, DelegationStore
from services.research.adapters.import_store import ImportStore
from services.research.adapters.occurrences import OccurrenceCopies
from services.research.adapters.repositories import MistakeCopies, OutcomeStore, PeopleCopies
from services.research.adapters.shapes import IMPORT_SHAPE, OUTCOME_SHAPE
from services.research.application.ports.copies import Mistakes, People
from services.research.application.ports.delegations import Delegations
from services.research.application.ports.imports import Imports
from services.research.application.ports.occurrences import Occurrences
from services.research.application.ports.outcomes import Come, Currencies, Outcomes, Owing, Sought
from services.research.bootstrap import Research
from services.research.domain.contributors import Contributor
from services.research.domain.delegation import Delegation
from services.research.domain.duplicates.commonness import COMMON
from services.research.domain.duplicates.keys import keys_of
from services.research.domain.duplicates.scoring import Described
from services.research.domain.expecting import expect
from services.research.domain.importing.importing import APPLIED, APPLYING, Import
from services.research.domain.occurrence import Named
from services.research.domain.outcome import Outcome
from services.research.manifest import MANIFEST
from tests.alliance import StandingClock
from tests.event_factory import make_event
from tests.fakes.memory import Memory
from tests.fakes.research import (
    MINOR_UNITS,
    FakeCurrencies,
    FakeMistakes,
    FakeOutcomes,
    FakePeople,
)
from tests.fakes.research_attribution import FakeDelegations, FakeOccurrences
from tests.fakes.research_imports import FakeImports
from tests.unit.research import given

RESEARCH_ALONE = replace(MANIFEST, subscribes_to=())
ANY = Sought()


@dataclass(frozen=True)
class Shelves:
    outcomes: Outcomes
    people: People
    mistakes: Mistakes
    imports: Imports
    occurrences: Occurrences
    delegations: Delegations
    count_keys: Callable[[], object] = lambda: None
    """Which keys are common. In memory that is known at any time."""


def in_the_database(request: pytest.FixtureRequest) -> Shelves:
    installation = request.getfixturevalue("make_installation")([RESEARCH_ALONE])
    database = database_at(installation.mongo_url("research"))
    return Shelves(
        OutcomeStore(database["outcomes"], OUTCOME_SHAPE, StandingClock()),
        PeopleCopies(database["people"]),
        MistakeCopies(database["mistakes"]),
        ImportStore(database["imports"], IMPORT_SHAPE),
        OccurrenceCopies(database["occurrences"]),
        DelegationStore(database["delegations"], DELEGATION_SHAPE),
        partial(count_keys, Research(database, StandingClock())),
    )


def count_keys(research: Research) -> None:
    """As a worker does."""
    while research.keys_anew.run_once():
        pass
    research.common_keys.run_once()


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Shelves:
    if request.param == "in memory":
        memory = Memory()
        outcomes, occurrences, delegations = FakeOutcomes(memory), FakeOccurrences(memory), FakeDelegations(memory)
        return Shelves(outcomes, FakePeople(), FakeMistakes(), FakeImports(memory), occurrences, delegations)
    return in_the_database(request)


def keep(shelves: Shelves, outcome_id: str, *, hour: int = 0, **different: Any) -> Outcome:
    """An outcome that was expected so many hours later."""
    outcome = given.outcome(id=outcome_id, **different)
    context = Context(derived("keep", outcome_id), SYSTEM, given.NOW + timedelta(hours=hour))
    shelves.outcomes.add(outcome_id, expect(outcome, now=given.TOO_LATE), context)
    return outcome


def listed(shelves: Shelves, actor: Actor, sought: Sought = ANY, after: str | None = None, limit: int = 9) -> list[str]:
    return [outcome.id for outcome in shelves.outcomes.page(actor, sought, after=after, limit=limit)]


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (SYSTEM, ["out_2", "out_1"]),
        (Actor("per_x", frozenset({ADMINISTRATOR})), ["out_2", "out_1"]),
        (Actor("per_x", frozenset({OBSERVER}), frozenset({given.KASHGAR})), ["out_2", "out_1"]),
        (Actor("per_x", frozenset({OBSERVER}), frozenset({given.GILGIT})), ["out_1"]),
        (Actor("per_karim", frozenset({VISITOR})), ["out_2"]),
        (Actor("per_li", frozenset({VISITOR})), ["out_2"]),
        (Actor("per_x", frozenset({VISITOR})), []),
    ],
    ids=["the system", "an administrator", "one end", "the other end", "who owes it", "who follows it", "a stranger"],
)
def test_each_sees_the_outcomes_of_their_sites_and_those_that_concern_them(
    shelves: Shelves, actor: Actor, seen: list[str]
) -> None:
    keep(shelves, "out_1")
    hotan = {given.KASHGAR: "Asia/Shanghai", "sit_hotan": "Asia/Shanghai"}
    keep(shelves, "out_2", hour=1, sites=tuple(hotan), zones=hotan, responsible="per_karim", followers=("per_li",))
    assert listed(shelves, actor) == seen


def test_the_newest_comes_first_whatever_the_ids_and_pages_join_without_a_gap(shelves: Shelves) -> None:
    for outcome_id, hour in (("out_b", 1), ("out_c", 3), ("out_a", 2), ("out_e", 2), ("out_d", 2)):
        keep(shelves, outcome_id, hour=hour)
    whole = ["out_c", "out_e", "out_d", "out_a", "out_b"]
    assert listed(shelves, SYSTEM) == whole
    for size in (1, 2, 3):
        pages: list[str] = []
        while page := listed(shelves, SYSTEM, after=pages[-1] if pages else None, limit=size):
            pages += page
        assert pages == whole


def test_a_list_is_of_one_visit_one_consultation_or_one_stage(shelves: Shelves) -> None:
    keep(shelves, "out_1")
    keep(shelves, "out_2", origin=replace(given.OF_VISIT, id="vis_2"), state="reported", stage="pilot")
    keep(shelves, "out_3", origin=given.OF_CONSULTATION)
    keep(shelves, "out_4", hour=1, origin=replace(given.OF_CONSULTATION, slot=given.NOW))
    keep(shelves, "out_5", hour=2, origin=replace(given.OF_VISIT, id="vis_5"), also_of=(given.OF_CONSULTATION,))
    assert listed(shelves, SYSTEM, Sought(origin="vis_1")) == ["out_1"]
    assert listed(shelves, SYSTEM, Sought(origin="con_1")) == ["out_5", "out_4", "out_3"], "of all its sessions"
    assert listed(shelves, SYSTEM, Sought(stage="pilot")) == ["out_2"]
    assert listed(shelves, SYSTEM, Sought(origin="vis_1", stage="pilot")) == []


def test_a_list_is_of_one_state_one_type_or_of_what_one_person_answers_for(shelves: Shelves) -> None:
    keep(shelves, "out_1")
    keep(shelves, "out_2", hour=1, state="reported", responsible="per_karim", followers=("per_li",))
    keep(shelves, "out_3", hour=2, type="software", responsible="per_karim", sites=("sit_hotan",), followers=())
    assert listed(shelves, SYSTEM, Sought(state="expected")) == ["out_3", "out_1"]
    assert listed(shelves, SYSTEM, Sought(type="publication")) == ["out_2", "out_1"]
    assert listed(shelves, given.MANAGER, Sought(type="publication")) == ["out_2", "out_1"]
    assert listed(shelves, SYSTEM, Sought(responsible="per_karim", state="expected")) == ["out_3"]
    of_others = Sought(responsible="per_karim")
    assert listed(shelves, given.MANAGER, of_others) == ["out_2"], "at other sites one sees nothing"
    assert listed(shelves, Actor("per_bano"), of_others) == [], "and what is one's own is no other's"
    assert listed(shelves, Actor("per_karim"), of_others) == ["out_3", "out_2"]
    assert listed(shelves, Actor("per_li"), of_others) == ["out_2"]


def held(version: int = 5) -> CloudEvent:
    envelope = {"subject": "consultation/con_1", "sequence": sequence(version, 0)}
    return CloudEvent.model_validate(make_event("exchange.consultation.session-held.v1", envelope=envelope))


SESSION = given.visit_of_may(kind="consultation", id="con_1", slot=given.SLOT)
NEXT_SESSION = replace(SESSION, slot=given.SLOT + timedelta(days=7))


def test_what_took_place_is_found_again_by_what_names_it(shelves: Shelves) -> None:
    visit = given.visit_of_may()
    for each in (visit, SESSION, NEXT_SESSION):
        shelves.occurrences.keep(held(), each)
    nowhere = Named("consultation", "con_1", given.NOW)
    found = shelves.occurrences.of([visit.named, NEXT_SESSION.named, nowhere])
    assert found == {visit.named: visit, NEXT_SESSION.named: NEXT_SESSION}


def test_the_newest_that_is_told_of_something_stands_and_a_mistake_stays_one(shelves: Shelves) -> None:
    shelves.occurrences.keep(held(5), SESSION)
    shelves.occurrences.mark("con_1", reason="Entered twice.")
    shelves.occurrences.keep(held(4), replace(SESSION, title="Older"))
    shelves.occurrences.keep(held(6), replace(SESSION, title="Newer"))
    (found,) = shelves.occurrences.of([SESSION.named]).values()
    assert (found.title, found.mistake) == ("Newer", "Entered twice.")


def test_a_mistake_is_every_session_of_its_consultation_and_nothing_else(shelves: Shelves) -> None:
    visit, other = given.visit_of_may(), replace(SESSION, id="con_2")
    for each in (visit, SESSION, NEXT_SESSION, other):
        shelves.occurrences.keep(held(), each)
    shelves.occurrences.mark("con_1", reason="Entered twice.")
    found = shelves.occurrences.of([each.named for each in (visit, SESSION, NEXT_SESSION, other)])
    assert [each.id for each in found.values() if each.mistake] == ["con_1", "con_1"]


def test_nobody_relies_on_a_mistake_and_nothing_is_written_beside_it(shelves: Shelves) -> None:
    for each in (SESSION, NEXT_SESSION):
        shelves.occurrences.keep(held(), each)
    shelves.occurrences.keep(held(), replace(SESSION, id="con_2"))
    shelves.occurrences.mark("con_2", reason="Entered twice.")

    def relying(named: Named) -> Callable[[Any], None]:
        def both(within: Any) -> None:
            decision = Decision(given.outcome(id=f"out_{named.id[-1]}"), what="kept")
            shelves.outcomes.add(decision.state.id, decision, Context(derived(named.id), SYSTEM, given.NOW), within)
            shelves.occurrences.rely_on([NEXT_SESSION.named, named], within)

        return both

    shelves.outcomes.atomically(relying(SESSION.named))
    for named in (replace(SESSION.named, id="con_2"), replace(SESSION.named, id="con_9")):
        with pytest.raises(WriteConflict):
            shelves.outcomes.atomically(relying(named))
    assert listed(shelves, SYSTEM) == ["out_1"]


TODAY = given.NOW.date()


def delegation(number: int, person: str, delegate: str, until: date = TODAY) -> Delegation:
    return Delegation(f"dlg_{number}", "named", person, delegate, (), until)


def test_delegations_are_found_by_either_of_the_two_the_longest_first(shelves: Shelves) -> None:
    later = TODAY + timedelta(days=9)
    for each in (
        delegation(1, "per_bano", "per_karim"),
        delegation(2, "per_ali", "per_bano", later),
        delegation(3, "per_ali", "per_karim"),
    ):
        kept = Decision(each, what="named")
        shelves.delegations.add(each.id, kept, Context(derived(each.id), SYSTEM, given.NOW))
    found = shelves.delegations.with_person("per_bano", limit=9)
    assert [each.id for each in found] == ["dlg_2", "dlg_1"]
    assert found[0].state == delegation(2, "per_ali", "per_bano", later)
    assert [each.id for each in shelves.delegations.with_person("per_karim", limit=1)] == ["dlg_3"]


def due(shelves: Shelves, actor: Actor, after: str | None = None, limit: int = 9, **owing: Any) -> list[str]:
    return [outcome.id for outcome in shelves.outcomes.owed(actor, Owing(**owing), after=after, limit=limit)]


def test_what_is_owed_comes_by_the_day_until_which_it_is_due_and_pages_join(shelves: Shelves) -> None:
    for outcome_id, day in (("out_d", 9), ("out_a", 20), ("out_c", 9), ("out_b", 3), ("out_e", 28)):
        keep(shelves, outcome_id, due_on=date(2026, 8, day), responsible=f"per_{day}")
    keep(shelves, "out_f", state="reported", stage="disclosure", due_on=date(2026, 8, 1))
    whole = ["out_b", "out_c", "out_d", "out_a", "out_e"]
    assert due(shelves, SYSTEM) == whole
    for size in (1, 2, 3):
        pages: list[str] = []
        while page := due(shelves, SYSTEM, after=pages[-1] if pages else None, limit=size):
            pages += page
        assert pages == whole
    assert due(shelves, SYSTEM, since=date(2026, 8, 9), until=date(2026, 8, 20)) == ["out_c", "out_d", "out_a"]
    assert due(shelves, SYSTEM, after="out_c", until=date(2026, 8, 20)) == ["out_d", "out_a"]
    assert due(shelves, SYSTEM, responsible="per_9") == ["out_c", "out_d"]
    with pytest.raises(Unknown):
        due(shelves, SYSTEM, after="out_nowhere")


def test_each_sees_what_is_owed_at_their_sites_by_them_and_to_them(shelves: Shelves) -> None:
    keep(shelves, "out_1")
    hotan = {given.KASHGAR: "Asia/Shanghai", "sit_hotan": "Asia/Shanghai"}
    keep(shelves, "out_2", sites=tuple(hotan), zones=hotan, responsible="per_karim", followers=("per_li",))
    assert due(shelves, Actor("per_x", frozenset({OBSERVER}), frozenset({given.KASHGAR}))) == ["out_1", "out_2"]
    assert due(shelves, Actor("per_x", frozenset({OBSERVER}), frozenset({given.GILGIT}))) == ["out_1"]
    karim = Actor("per_karim", frozenset({VISITOR}))
    assert due(shelves, karim) == due(shelves, karim, responsible="per_karim") == ["out_2"]
    assert due(shelves, karim, responsible="per_bano") == [], "of what another owes they see no more by asking for it"
    assert due(shelves, Actor("per_li", frozenset({VISITOR})), responsible="per_karim") == ["out_2"]


def test_a_page_behind_what_nobody_knows_is_refused(shelves: Shelves) -> None:
    with pytest.raises(Unknown) as refused:
        listed(shelves, SYSTEM, after="out_nowhere")
    assert refused.value.facts == {"kind": "outcome", "id": "out_nowhere"}


@pytest.mark.parametrize(
    "outcome",
    [*given.EVERY_KIND, given.outcome(origin=given.OF_CONSULTATION), given.at("pilot", **given.IN_FULL)],
    ids=lambda outcome: f"{outcome.stage or outcome.state} of a {outcome.origin and outcome.origin.kind}",
)
def test_an_outcome_is_loaded_as_it_was_kept(shelves: Shelves, outcome: Outcome) -> None:
    kept = Decision(outcome, what="kept")
    shelves.outcomes.add(outcome.id, kept, Context(derived("keep", outcome.id), SYSTEM, given.NOW))
    assert shelves.outcomes.load(outcome.id).state == outcome


def named(version: int) -> CloudEvent:
    envelope = {"subject": "person/per_bano", "sequence": sequence(version, 0)}
    return CloudEvent.model_validate(make_event(PersonChanged.type, envelope=envelope))


def test_the_newest_name_of_a_person_stands(shelves: Shelves) -> None:
    assert shelves.people.sites("per_bano") is None
    assert shelves.people.keep(named(2), passport_name="Shahida Bano", sites=[given.GILGIT])
    assert shelves.people.sites("per_bano") == frozenset({given.GILGIT})
    assert not shelves.people.keep(named(1), passport_name="S. Bano")
    assert not shelves.people.keep(named(2), passport_name="Shahida Bano")
    assert shelves.people.names(["per_bano", "per_nobody"]) == {"per_bano": "Shahida Bano"}
    assert shelves.people.keep(named(10), passport_name="Shahida Karim")
    assert shelves.people.names(["per_bano"]) == {"per_bano": "Shahida Karim"}


def test_a_mistake_is_known_from_when_it_is_noted_however_often(shelves: Shelves) -> None:
    event = CloudEvent.model_validate(
        make_event(VisitEnteredInError.type, envelope={"subject": "visit/vis_1", "sequence": sequence(3, 0)})
    )
    assert shelves.mistakes.reason("vis_1") is None
    for _ in range(2):
        shelves.mistakes.note(event, reason="Entered twice.")
    assert (shelves.mistakes.reason("vis_1"), shelves.mistakes.reason("vis_2")) == ("Entered twice.", None)


@pytest.mark.parametrize("currencies", [FakeCurrencies(), IsoCurrencies()], ids=["in memory", "the standard's list"])
def test_a_currency_has_the_standards_decimals_and_what_is_none_has_none(currencies: Currencies) -> None:
    assert {code: currencies.decimals(code) for code in MINOR_UNITS} == MINOR_UNITS
    for none in ("XAU", "XTS", "cny", "RMB", "", "$ne"):
        assert currencies.decimals(none) is None


def found_by(shelves: Shelves, keys: Iterable[str]) -> dict[str, Described]:
    (found,) = shelves.outcomes.described_by_each([list(keys)], limit=9)
    return found


def test_what_is_compared_is_found_by_any_of_its_keys(shelves: Shelves) -> None:
    told: dict[str, Any] = {
        "state": "reported",
        "details": {"year": 2026},
        "contributors": (Contributor("Bano", "author"),),
    }
    keep(shelves, "out_1", title="Doppler of cysts", doi="10.1/Ä", **told)
    keep(shelves, "out_2", title="Telemedicine", **told)
    keep(shelves, "out_3", title="Doppler of cysts")
    sought = Described("Of Doppler, cysts", doi="10.1/Ä")
    found = found_by(shelves, keys_of(sought))
    assert found == {"out_1": Described("Doppler of cysts", 2026, ("Bano",), "10.1/Ä")}
    assert found_by(shelves, ["doi:10.1/Ä"]).keys() == {"out_1"}
    assert found_by(shelves, keys_of(Described("", doi="10.1/b"))) == {}


def test_each_is_compared_by_its_own_keys(shelves: Shelves) -> None:
    keep(shelves, "out_1", title="Doppler of cysts", doi="10.1/a", state="reported")
    keep(shelves, "out_2", title="Telemedicine", doi="10.1/b", state="reported")
    found = shelves.outcomes.described_by_each([["doi:10.1/b"], [], ["doi:10.1/a", "doi:10.1/c"]], limit=9)
    assert [list(each) for each in found] == [["out_2"], [], ["out_1"]]


def read(shelves: Shelves, *outcomes: Outcome, at: datetime = given.NOW) -> None:
    """Added as an import adds what it has read."""
    several = [(Decision(each, what="imported"), Context(derived(each.id), SYSTEM, at)) for each in outcomes]
    shelves.outcomes.atomically(lambda within: shelves.outcomes.add_read(several, within))


def test_what_was_read_is_kept_as_any_outcome_and_all_of_it_or_nothing(shelves: Shelves) -> None:
    one, two = (given.outcome(id=each, state="unclaimed", title="Doppler of cysts") for each in ("out_1", "out_2"))
    read(shelves, one)
    assert shelves.outcomes.load("out_1").state == one
    with pytest.raises(WriteConflict):
        read(shelves, two, one)
    assert list(shelves.outcomes.named(["out_1", "out_2"])) == ["out_1"]


def test_what_has_come_since_a_moment_is_what_people_did_and_what_other_imports_wrote(shelves: Shelves) -> None:
    def at(hours: int) -> datetime:
        return given.NOW + timedelta(hours=hours)

    keep(shelves, "out_before", title="A", state="unclaimed")
    keep(shelves, "out_after", hour=3, title="Doppler of cysts", state="unclaimed", doi="10.1/a")
    keep(shelves, "out_changed", title="B", state="unclaimed")
    read(shelves, given.outcome(id="out_other", state="unclaimed", read_by="imp_2"), at=at(2))
    read(shelves, given.outcome(id="out_earlier", state="unclaimed", read_by="imp_3"), at=at(0))
    read(shelves, given.outcome(id="out_own", state="unclaimed", read_by="imp_1"), at=at(5))
    loaded = shelves.outcomes.load("out_changed")
    shelves.outcomes.save(loaded, Decision(loaded.state, what="changed"), Context(derived("c"), SYSTEM, at(3)))
    come = shelves.outcomes.come_since(at(1), brought_until=at(4))
    assert sorted(come) == ["out_after", "out_changed", "out_other"]
    told = Described("Doppler of cysts", doi="10.1/a")
    assert come["out_after"] == Come(told, frozenset(keys_of(told)))
    running = Import("imp_2", APPLYING, "a.bib", "per_1", (), Importer("per_1", (), ()), given.NOW)
    shelves.imports.add("imp_2", Decision(running, what="kept"), Context(derived("import"), SYSTEM, given.NOW))
    assert "out_other" not in shelves.outcomes.come_since(at(1), brought_until=at(4))
    assert shelves.imports.being_applied() == [running]


def test_common_keys_are_those_that_many_share_when_they_are_counted(shelves: Shelves) -> None:
    told: dict[str, Any] = {"title": "Doppler", "state": "reported", "doi": "10.1/a"}
    for number in range(COMMON - 1):
        keep(shelves, f"out_{number}", **told)
    keep(shelves, "out_rare", title="Telemedicine", state="reported")
    keep(shelves, "out_expected", title="Doppler")
    keys = keys_of(Described("Doppler", doi="10.1/a")) + keys_of(Described("Telemedicine"))
    shelves.count_keys()
    assert shelves.outcomes.common(keys) == {}
    keep(shelves, "out_last", **told)
    for number in range(3):
        keep(shelves, f"out_more{number}", title="Radiomics", state="reported")
    shelves.count_keys()
    assert shelves.outcomes.common(keys) == dict.fromkeys(keys_of(Described("Doppler")), COMMON)
    assert shelves.outcomes.common([]) == {}


def test_nothing_of_an_import_shows_before_all_of_it_is_there(shelves: Shelves) -> None:
    importing = Import("imp_1", APPLYING, "a.bib", "per_1", (), Importer("per_1", (), ()), given.NOW)
    context = Context(derived("import"), SYSTEM, given.NOW)
    shelves.imports.add("imp_1", Decision(importing, what="kept"), context)
    keep(shelves, "out_1", title="Doppler of cysts", state="unclaimed", read_by="imp_1")
    keep(shelves, "out_2", title="Doppler of cysts", state="unclaimed", read_by="imp_2")
    keys = keys_of(Described("Doppler of cysts"))
    assert (listed(shelves, SYSTEM), list(found_by(shelves, keys))) == (["out_2"], ["out_2"])
    loaded, over = shelves.imports.load("imp_1"), Decision(replace(importing, state=APPLIED), what="applied")
    shelves.imports.save(loaded, over, replace(context, command_id=derived("over")))
    assert sorted(listed(shelves, SYSTEM)) == sorted(found_by(shelves, keys)) == ["out_1", "out_2"]
