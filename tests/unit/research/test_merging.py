"""Two outcomes that are one are made one, at once, with all that both tell."""

from dataclasses import replace
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.errors import NotAllowed, Refusal, StaleVersion, WriteConflict
from chassis.kernel.ids import derived
from contracts.research import v2
from services.research.adapters.published_events import published
from services.research.application import commands, queries
from services.research.domain import events
from services.research.domain.attachments import Attachment
from services.research.domain.attribution_refusals import AttributedToTooMany
from services.research.domain.contributors import Contributor
from services.research.domain.merging import merge
from services.research.domain.merging_refusals import DifferentTypes, KeepTheOther, MergedAlready, MergedWithItself
from services.research.domain.organisations import Organisation
from services.research.domain.outcome import Outcome
from services.research.domain.refusals import WrongState
from services.research.domain.settling import withdraw_questioned
from tests.alliance import StandingClock
from tests.fakes.research import FakeCurrencies, ResearchInMemory
from tests.unit.research import given

DECIMALS = FakeCurrencies().decimals
REASON = "Both visits led to it."
THERE = {given.GILGIT: "Asia/Karachi", "sit_urumqi": "Asia/Shanghai"}
OF_ANOTHER = replace(given.OF_VISIT, id="vis_2", title="Reading images", sites=tuple(THERE))
KEPT = given.at("evaluation", id="out_1")
OTHER = given.at("disclosure", id="out_2", origin=OF_ANOTHER, sites=tuple(THERE), zones=THERE, responsible="per_chen")
RECORD = given.outcome(
    id="out_3", state="unclaimed", origin=None, agreement="", condition="", label="bano2026", zones={}
)


def merged(kept: Outcome = KEPT, other: Outcome = OTHER, take: tuple[str, ...] = ()) -> tuple[Outcome, Outcome]:
    of_both, gone = merge(kept, other, take=take, decimals=DECIMALS, reason=REASON, by="per_ali")
    return of_both.state, gone.state


def test_what_the_kept_one_lacks_is_taken_from_the_other_and_what_it_says_stays() -> None:
    kept = replace(KEPT, doi="", details={"kind": "journal-article", "published_in": "Acta", "year": 2026})
    other = replace(OTHER, title="Otherwise", doi="10.1000/9", details={"kind": "journal-article", "volume": "2"})
    of_both, gone = merged(kept, other)
    assert (of_both.title, of_both.doi) == (kept.title, "10.1000/9")
    assert of_both.details == {"kind": "journal-article", "published_in": "Acta", "year": 2026, "volume": "2"}
    assert gone == replace(other, state="merged", merged_into="out_1")


@pytest.mark.parametrize(
    ("take", "told"),
    [
        (("title", "doi"), ("Otherwise", "10.1000/182", {"volume": "1"})),
        (("details",), (RECORD.title, "10.1000/182", {"volume": "2"})),
    ],
)
def test_what_the_other_says_better_is_taken_where_that_is_asked_for(take: tuple[str, ...], told: Any) -> None:
    kept = replace(RECORD, id="out_1", doi="10.1000/182", details={"volume": "1"})
    of_both, _ = merged(kept, replace(RECORD, title="Otherwise", details={"volume": "2"}), take)
    assert (of_both.title, of_both.doi, of_both.details) == told


@pytest.mark.timeout(10)
def test_thousands_of_people_are_united_as_fast_as_they_are_read() -> None:
    one = tuple(Contributor(f"Author{number}, Shahida", "author") for number in range(20_000))
    other = tuple(Contributor(f"S. Author{number}", "author") for number in range(10_000, 30_000))
    of_both, _ = merged(replace(KEPT, contributors=one), replace(OTHER, contributors=other))
    assert len(of_both.contributors) == 30_000


def test_details_of_what_was_reported_never_become_such_as_lack_something() -> None:
    of_both, _ = merged(KEPT, replace(RECORD, details={"volume": "2"}))
    assert of_both.details is None


def test_people_organisations_and_files_of_both_stand_once_each() -> None:
    bano, of_both_names = Contributor("Shahida Bano", "author", "per_bano"), Contributor("Bano, S.", "author")
    orcid = "https://orcid.org/0000-0002-1825-0097"
    kept = replace(
        KEPT,
        contributors=(bano, Contributor("Wang Li", "author"), Contributor("Chen Yong", "author", "per_chen")),
        organisations=(Organisation("California Digital Library"),),
        attachments=(Attachment("A", "https://a.example/a", "a" * 64, "text/plain", 1),),
    )
    other = replace(
        OTHER,
        contributors=(
            replace(of_both_names, orcid=orcid),
            Contributor("Wang Lei", "author"),
            Contributor("Chen Yong", "author", "per_other"),
        ),
        organisations=(Organisation("california digital library", "https://ror.org/03yrm5c26"), Organisation("Else")),
        attachments=(
            Attachment("B", "https://a.example/a", "a" * 64, "text/plain", 1),
            Attachment("C", "https://a.example/c", "a" * 64, "text/plain", 1),
        ),
    )
    of_both, _ = merged(kept, other)
    assert of_both.contributors[0] == replace(bano, orcid=orcid)
    assert [each.name for each in of_both.contributors[1:]] == ["Wang Li", "Chen Yong", "Wang Lei", "Chen Yong"]
    assert of_both.organisations == (
        replace(kept.organisations[0], ror="https://ror.org/03yrm5c26"),
        Organisation("Else"),
    )
    assert [each.title for each in of_both.attachments] == ["A", "C"]


def test_of_two_whose_names_fit_one_name_the_second_is_somebody_else() -> None:
    author, two = (
        Contributor("Bano, S.", "author"),
        (Contributor("Shahida Bano", "author"), Contributor("Sana Bano", "author")),
    )
    of_both, _ = merged(replace(KEPT, contributors=(author,)), replace(OTHER, contributors=two))
    assert of_both.contributors == (author, two[1])


def test_it_came_of_all_that_both_came_of_but_of_nothing_that_was_entered_in_error() -> None:
    also = replace(given.OF_VISIT, id="vis_3")
    of_both, _ = merged(KEPT, replace(OTHER, also_of=(also, given.OF_VISIT)))
    assert (of_both.origin, of_both.also_of) == (given.OF_VISIT, (OF_ANOTHER, also))
    assert of_both.sites == (given.GILGIT, given.KASHGAR, "sit_urumqi")
    assert of_both.zones.keys() >= {given.GILGIT, given.KASHGAR}
    assert set(of_both.followers) == {*KEPT.followers, "per_chen"}
    of_both, _ = merged(KEPT, replace(OTHER, also_of=(also,), questioned="It never took place."))
    assert of_both.also_of == (also,)


def test_where_a_record_was_read_is_no_site_of_what_it_is_merged_into() -> None:
    kept = given.at("pilot")
    of_both, _ = merged(kept, given.unclaimed(id="out_2", sites=("sit_hotan",)))
    assert (of_both.sites, of_both.zones) == (kept.sites, kept.zones)


def test_one_that_is_questioned_takes_what_counts_for_nothing_either() -> None:
    questioned = replace(KEPT, questioned="Entered twice.")
    for other in (RECORD, replace(OTHER, questioned="It never took place.")):
        assert merged(questioned, other)[0].questioned


def test_no_gate_waits_for_a_decision_on_what_is_no_outcome_any_more() -> None:
    assert not merged(KEPT, replace(OTHER, gate_due=True))[1].gate_due
    due_and_questioned = given.at("pilot", gate_due=True, questioned="Entered twice.")
    assert not withdraw_questioned(due_and_questioned, reason=REASON).state.gate_due


def test_nothing_comes_of_more_than_its_events_can_tell() -> None:
    many = tuple(replace(given.OF_VISIT, id=f"vis_{number}") for number in range(10, 109))
    assert len(merged(replace(KEPT, also_of=many[:98]), OTHER)[0].also_of) == 99
    with pytest.raises(AttributedToTooMany):
        merged(replace(KEPT, also_of=many), OTHER)


def test_of_what_was_reported_it_is_told_that_it_counts_no_more_and_of_a_record_nothing() -> None:
    of_both, gone = merge(KEPT, OTHER, take=("title",), decimals=DECIMALS, reason=REASON, by="per_ali")
    assert gone.events == (events.OutcomeMerged(gone.state, "out_1", REASON, "per_ali"),)
    told = published(gone.events[0])
    assert isinstance(told, v2.OutcomeMerged)
    assert (told.outcome, told.merged_into, told.by) == ("out_2", "out_1", "per_ali")
    assert (of_both.events, of_both.why, gone.why) == ((), f"+ out_2 (title): {REASON}", f"into out_1: {REASON}")
    assert merge(KEPT, RECORD, take=(), decimals=DECIMALS, reason=REASON, by=None)[1].events == ()


@pytest.mark.parametrize(
    ("kept", "other", "refusal", "facts"),
    [
        (KEPT, KEPT, MergedWithItself, {"outcome": "out_1"}),
        (
            KEPT,
            replace(OTHER, state="merged", merged_into="out_9"),
            MergedAlready,
            {"outcome": "out_2", "into": "out_9"},
        ),
        (
            replace(KEPT, state="merged", merged_into="out_2"),
            OTHER,
            MergedAlready,
            {"outcome": "out_1", "into": "out_2"},
        ),
        (KEPT, replace(OTHER, type="software"), DifferentTypes, {"keep": "publication", "merge": "software"}),
        (KEPT, given.at("pilot", id="out_2"), KeepTheOther, {"keep": "out_2"}),
        (RECORD, OTHER, KeepTheOther, {"keep": "out_2"}),
        (replace(KEPT, questioned="Entered twice."), OTHER, WrongState, {"state": "questioned"}),
        (given.outcome(), OTHER, WrongState, {"state": "expected"}),
        (KEPT, given.outcome(id="out_2"), WrongState, {"state": "expected"}),
        (KEPT, replace(given.adopted(), id="out_2"), WrongState, {"state": "adopted"}),
        (KEPT, replace(RECORD, state="rejected"), WrongState, {"state": "rejected"}),
    ],
)
def test_what_is_no_two_outcomes_that_are_one_is_refused(
    kept: Outcome, other: Outcome, refusal: type[Refusal], facts: dict[str, Any]
) -> None:
    with pytest.raises(refusal) as refused:
        merged(kept, other)
    assert facts.items() <= refused.value.facts.items()


@pytest.fixture
def research() -> ResearchInMemory:
    research = ResearchInMemory(StandingClock(given.NOW))
    for each in (KEPT, OTHER, RECORD, replace(KEPT, id="out_4")):
        context = Context(derived("keep", each.id), given.MANAGER, given.NOW)
        research.fake_outcomes.add(each.id, Decision(each, what="kept"), context)
    return research


def merges(research: ResearchInMemory, keep: str, other: str, who: Actor = given.MANAGER, **more: Any) -> Receipt:
    seen = more.pop("seen", 1)
    fields = {"keep": keep, "merge": other, "merge_version": 1, "reason": REASON, "expected_version": seen}
    context = Context(derived("merge", keep, other, who.person or ""), who, given.NOW, seen)
    return research.merge_outcomes(parsed(commands.MergeOutcomes, {**fields, **more}), context)


def view(research: ResearchInMemory, outcome_id: str) -> dict[str, Any]:
    return research.outcome(parsed(queries.AskOutcome, {"outcome_id": outcome_id}), given.MANAGER)


def test_given_again_it_answers_as_the_first_time_and_both_histories_tell_of_it(research: ResearchInMemory) -> None:
    receipt = merges(research, "out_1", "out_2")
    assert receipt == merges(research, "out_1", "out_2") == Receipt("out_1", 2, "reported")
    assert (view(research, "out_2")["state"], view(research, "out_2")["merged_into"]) == ("merged", "out_1")
    assert view(research, "out_2")["may"] == []
    for each in ("out_1", "out_2"):
        assert [line["what"] for line in view(research, each)["history"]] == ["kept", "merged"]


def test_asked_for_one_that_was_merged_on_it_is_told_where_it_is_now(research: ResearchInMemory) -> None:
    merges(research, "out_1", "out_2")
    merges(research, "out_4", "out_1", merge_version=2)
    assert view(research, "out_2")["merged_into"] == view(research, "out_1")["merged_into"] == "out_4"
    with pytest.raises(MergedAlready):
        merges(research, "out_2", "out_4", seen=2, merge_version=2)
    assert view(research, "out_4")["merged_into"] is None


@pytest.mark.parametrize("person", ["per_bano", "per_chen"])
def test_whoever_may_not_correct_both_makes_them_not_one(research: ResearchInMemory, person: str) -> None:
    of_one = Actor(person, frozenset({VISITOR}))
    for merge_version in (1, 7):  # nor do they learn in which version the other stands
        with pytest.raises(NotAllowed):
            merges(research, "out_1", "out_2", of_one, merge_version=merge_version)
    assert view(research, "out_1")["version"] == 1


def test_one_that_was_seen_in_another_version_is_stale(research: ResearchInMemory) -> None:
    with pytest.raises(StaleVersion):
        merges(research, "out_1", "out_2", merge_version=2)
    with pytest.raises(StaleVersion):
        merges(research, "out_1", "out_2", seen=2)


def test_nothing_half_done_is_left_where_the_second_write_fails(
    research: ResearchInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = research.fake_outcomes.save

    def failing(loaded: Any, *more: Any, **others: Any) -> Receipt:
        if loaded.id == "out_1":
            raise WriteConflict(id="out_1")
        return save(loaded, *more, **others)

    monkeypatch.setattr(research.fake_outcomes, "save", failing)
    with pytest.raises(WriteConflict):
        merges(research, "out_1", "out_2")
    assert (view(research, "out_1")["version"], view(research, "out_2")["version"]) == (1, 1)
