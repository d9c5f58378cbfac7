"""A file of references is read, looked through, decided on record by record, and becomes outcomes."""

import json
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, SYSTEM, VISITOR, Actor
from chassis.kernel.decision import Decision
from chassis.kernel.errors import InvalidCommand, NotAllowed, Refusal, Unknown, WriteConflict
from services.research.adapters.published_imports import published_import
from services.research.application import commands, queries
from services.research.application.importing import progress
from services.research.application.ports.references import MOST_BYTES, Read
from services.research.domain.importing import importing
from services.research.domain.importing.importing import BATCH, due
from services.research.domain.importing.refusals import (
    ImportRunning,
    NoSuchRecord,
    NotBase64,
    NothingToMergeInto,
    NotMergeable,
    RecordNotReadable,
    TooManyToMerge,
)
from services.research.domain.outcome import Outcome
from services.research.domain.references_refusals import FileTooLarge
from services.research.domain.refusals import WrongState
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.attributing import person
from tests.unit.research.importing import (
    applied,
    bring,
    confirm,
    decide,
    listed,
    of,
    paper,
    preview,
    work,
)
from tests.unit.research.mistakes import told

DOPPLER = paper("bano2026", "Doppler of liver cysts: forty cases", doi="10.1000/182")
TELEMEDICINE = paper("chen2025", "Telemedicine across a mountain range", 2025, author="Chen, Yong")
BROKEN = "@article{lost2020,\n  title = {Never closed\n\n"


@pytest.fixture
def research() -> ResearchInMemory:
    research = ResearchInMemory(StandingClock(given.NOW))
    told(research, person("per_bano", given.GILGIT), person("per_li", given.GILGIT))
    return research


def kept(research: ResearchInMemory, **different: Any) -> Outcome:
    """An outcome that stands before the file comes."""
    outcome = given.at("evaluation", id="out_here", **{"title": "Doppler of liver cysts", "doi": "", **different})
    research.fake_outcomes.add("out_here", Decision(outcome, what="kept"), of(research, SYSTEM, "keep"))
    return outcome


def standing(research: ResearchInMemory, outcome_id: str = "out_here") -> Outcome:
    return research.fake_outcomes.load(outcome_id).state


def ready(research: ResearchInMemory, text: str, who: Actor = given.MANAGER, **more: Any) -> str:
    import_id = bring(research, text, who, **more)
    assert work(research, import_id) == "ready"
    return import_id


def test_records_become_outcomes_that_wait_to_be_claimed(research: ResearchInMemory) -> None:
    import_id = ready(research, DOPPLER + TELEMEDICINE)
    assert listed(research) == []
    shown = preview(research, import_id)
    assert [(each["number"], each["label"], each["found"], each["choice"]) for each in shown["items"]] == [
        (1, "bano2026", "new", "import"),
        (2, "chen2025", "new", "import"),
    ]
    assert (shown["records"], shown["done"], shown["found"], shown["format"]) == (2, 2, {"new": 2}, "bibtex")
    confirm(research, import_id)
    assert work(research, import_id) == "applied"
    titles = {each["title"]: each["state"] for each in listed(research)}
    assert titles == {
        "Doppler of liver cysts: forty cases": "unclaimed",
        "Telemedicine across a mountain range": "unclaimed",
    }
    one = standing(research, listed(research)[0]["id"])
    assert (one.read_by, one.responsible, one.sites, one.origin) == (import_id, "per_ali", (given.GILGIT,), None)
    over = preview(research, import_id)
    assert (over["became"], over["items"], over["done"]) == ({"imported": 2}, [], 2)
    assert [line["what"] for line in over["history"]] == ["started", "read", "checked", "confirmed", "applied"]
    assert research.fake_outcomes.told == []


def test_that_it_waits_for_somebody_and_that_it_is_over_are_told_once_each_whoever_confirms(
    research: ResearchInMemory,
) -> None:
    import_id = ready(research, DOPPLER + MANY + BROKEN, responsible="per_bano")
    found = preview(research, import_id)["found"]
    decide(research, import_id, choice="skip", found="new")
    confirm(research, import_id, Actor("per_admin", frozenset({ADMINISTRATOR})))
    work(research, import_id)
    waits, over = (each.model_dump() for each in map(published_import, research.fake_imports.told))
    which = {
        "import_id": import_id, "file": "papers.bib", "importer": "per_ali", "responsible": "per_bano",
        "sites": (given.GILGIT,), "records": sum(found.values()),
    }  # fmt: skip
    assert waits == which | {"found": {"new": 0, "possible": 0, "likely": 0, "same": 0, "unfit": 0} | found}
    became = preview(research, import_id)["became"]
    wanted = {"imported": 0, "merged": 0, "skipped": 0, "failed": 0} | became
    assert over == which | {"became": wanted, "confirmed_by": "per_admin"}


def test_nothing_that_a_file_said_is_kept_when_it_is_over(research: ResearchInMemory) -> None:
    applied(research, DOPPLER)
    cancelled = ready(research, TELEMEDICINE)
    command = parsed(commands.CancelImport, {"import_id": cancelled, "reason": "The wrong file."})
    assert research.cancel_import(command, of(research, given.MANAGER, "cancel")).state == "cancelled"
    memory = research.fake_outcomes.memory
    assert (dict(memory.shelf("import files")), dict(memory.shelf("import records"))) == ({}, {})


def test_bad_records_keep_the_good_ones_and_say_what_is_wrong(research: ResearchInMemory) -> None:
    import_id = ready(research, DOPPLER + BROKEN + TELEMEDICINE)
    shown = preview(research, import_id, found="unfit")["items"]
    assert shown
    assert all(each["problem"]["name"] and each["choice"] == "skip" for each in shown)
    with pytest.raises(RecordNotReadable):
        decide(research, import_id, choice="import", records=[shown[0]["number"]])
    confirm(research, import_id)
    assert work(research, import_id) == "applied"
    assert "Doppler of liver cysts: forty cases" in {each["title"] for each in listed(research)}


def test_a_page_of_the_preview_can_be_sent_however_much_the_records_say(research: ResearchInMemory) -> None:
    long = "x" * 150_000
    shown = preview(research, ready(research, paper("key", long) + f"@misc{{{long}, title = {{{long}}}}}"))
    told = [(each["problem"]["name"], len(each["title"])) for each in shown["items"]]
    assert told == [("RecordUnfit", 500), ("TooLong", 0)]
    assert len(json.dumps(shown)) < 10_000


def test_a_file_that_is_none_is_refused_as_a_whole_and_told_so(research: ResearchInMemory) -> None:
    import_id = bring(research, "nothing of the kind", file="papers.pdf")
    assert work(research, import_id) == "refused"
    shown = preview(research, import_id)
    assert shown["refused"]["name"] == "UnknownFormat"
    (refused,) = map(published_import, research.fake_imports.told)
    assert (refused.type, refused.model_dump()["why"]) == ("research.import.refused.v1", "UnknownFormat")
    with pytest.raises(WrongState):
        confirm(research, import_id)


def test_what_an_earlier_record_says_is_left_out_unless_somebody_wants_it(research: ResearchInMemory) -> None:
    again = paper("other", "Doppler of liver cysts: 40 cases", doi="10.1000/182")
    import_id = ready(research, DOPPLER + TELEMEDICINE + again)
    (shown,) = preview(research, import_id, found="same")["items"]
    assert (shown["number"], shown["choice"], shown["alike"][0]["record"]) == (3, "skip", 1)
    with pytest.raises(NothingToMergeInto):
        decide(research, import_id, choice="merge", records=[3])


@pytest.mark.parametrize(
    ("doi", "title", "found", "choice"),
    [
        ("10.1000/182", "Otherwise", "same", "skip"),
        ("", "Doppler of liver cysts", "likely", "skip"),
        ("10.1000/9", "Doppler of liver cysts: forty cases", "possible", "import"),
    ],
)
def test_what_stands_already_is_shown_with_its_score(
    research: ResearchInMemory, doi: str, title: str, found: str, choice: str
) -> None:
    kept(research, doi=doi, title=title)
    (shown,) = preview(research, ready(research, DOPPLER))["items"]
    assert (shown["found"], shown["choice"]) == (found, choice)
    (alike,) = shown["alike"]
    assert (alike["outcome"], alike["verdict"]) == ("out_here", found)


def test_of_two_that_read_the_same_the_one_with_its_doi_is_the_likeliest(research: ResearchInMemory) -> None:
    again = paper("again", "Doppler of liver cysts: forty cases")
    import_id = ready(research, again + DOPPLER)
    decide(research, import_id, choice="import", records=[1, 2])
    confirm(research, import_id)
    work(research, import_id)
    (shown,) = preview(research, ready(research, DOPPLER.replace("bano2026", "third")))["items"]
    assert [each["verdict"] for each in shown["alike"]] == ["same", "likely"]
    assert shown["found"] == "same"


def test_what_the_importer_may_not_see_is_not_shown_to_them(research: ResearchInMemory) -> None:
    kept(research)
    stranger = Actor("per_x", frozenset({COORDINATOR}), frozenset({"sit_other"}))
    (shown,) = preview(research, ready(research, DOPPLER, stranger), stranger)["items"]
    assert (shown["found"], shown["alike"]) == ("new", [])


def test_records_are_merged_into_what_stands_and_fill_what_it_lacks(research: ResearchInMemory) -> None:
    before = kept(research)
    second = paper("twice", "Doppler of liver cysts", doi="10.1000/182", author="Wen, Hao")
    import_id = ready(research, DOPPLER + TELEMEDICINE + second)
    decide(research, import_id, choice="merge", found="likely")
    decide(research, import_id, choice="merge", records=[3], into="out_here")
    decide(research, import_id, choice="skip", found="new")
    confirm(research, import_id)
    work(research, import_id)
    after, loaded = standing(research), research.fake_outcomes.load("out_here")
    assert (after.title, after.doi, after.stage) == (before.title, "10.1000/182", before.stage)
    assert [each.name for each in after.contributors] == ["Bano, Shahida", "Wen, Hao"]
    assert loaded.version == 2
    line = research.fake_outcomes.recorded("out_here").history[-1]
    assert (line.what, line.why, line.by) == ("merged", f"+ records 1, 3 of {import_id}", "per_ali")
    assert preview(research, import_id)["became"] == {"merged": 2, "skipped": 1}


def test_one_that_was_merged_on_meanwhile_is_filled_where_it_went(research: ResearchInMemory) -> None:
    first = kept(research)
    research.fake_outcomes.add(
        "out_there", Decision(replace(first, id="out_there"), what="kept"), of(research, SYSTEM, "keep another")
    )
    import_id = ready(research, DOPPLER)
    decide(research, import_id, choice="merge", records=[1], into="out_here")
    fields = {"keep": "out_there", "merge": "out_here", "merge_version": 1, "reason": "One.", "expected_version": 1}
    research.merge_outcomes(parsed(commands.MergeOutcomes, fields), of(research, given.MANAGER, "merge", version=1))
    confirm(research, import_id)
    work(research, import_id)
    assert (standing(research, "out_there").doi, standing(research).doi) == ("10.1000/182", "")


@pytest.mark.parametrize("state", ["expected", "rejected"])
def test_what_cannot_be_merged_is_refused_and_nothing_is_decided(research: ResearchInMemory, state: str) -> None:
    kept(research, state=state)
    import_id = ready(research, TELEMEDICINE + DOPPLER)
    with pytest.raises(NotMergeable) as refused:
        decide(research, import_id, choice="merge", records=[1, 2], into="out_here")
    assert (refused.value.facts["record"], refused.value.facts["why"]) == (1, "WrongState")
    assert [each["into"] for each in preview(research, import_id)["items"]] == [None, None]


OF_OTHERS = {"sites": ("sit_other",), "responsible": "per_other", "followers": ()}


def test_nobody_merges_into_what_they_may_not_correct(research: ResearchInMemory) -> None:
    kept(research, **OF_OTHERS)
    with pytest.raises(NotMergeable) as refused:
        decide(research, ready(research, DOPPLER), choice="merge", records=[1], into="out_here")
    assert refused.value.facts["why"] == "NotAllowed"


def test_a_record_that_says_nothing_more_changes_nothing(research: ResearchInMemory) -> None:
    applied(research, DOPPLER)
    (stands,) = listed(research)
    import_id = ready(research, DOPPLER.replace("bano2026", "again"))
    decide(research, import_id, choice="merge", found="same")
    confirm(research, import_id)
    work(research, import_id)
    assert (preview(research, import_id)["became"], listed(research)[0]["version"]) == (
        {"merged": 1},
        stands["version"],
    )


@pytest.mark.parametrize(
    ("become", "why"), [({"state": "withdrawn"}, "WrongState"), (OF_OTHERS, "NotAllowed")], ids=["withdrawn", "others'"]
)
def test_a_record_that_can_no_longer_be_merged_is_told_and_the_others_are_written(
    research: ResearchInMemory, become: dict[str, Any], why: str
) -> None:
    kept(research)
    import_id = ready(research, DOPPLER + TELEMEDICINE)
    decide(research, import_id, choice="merge", records=[1], into="out_here")
    loaded = research.fake_outcomes.load("out_here")
    gone = Decision(replace(loaded.state, **become), what="changed")
    research.fake_outcomes.save(loaded, gone, of(research, SYSTEM, "withdraw"))
    confirm(research, import_id)
    work(research, import_id)
    shown = preview(research, import_id)
    assert shown["became"] == {"failed": 1, "imported": 1}
    assert [(each["number"], each["problem"]["name"]) for each in shown["not_written"]] == [(1, why)]


@pytest.mark.parametrize("told", [{"doi": "10.1000/182"}, {"title": "Doppler of liver cysts"}])
def test_one_that_has_come_since_the_preview_is_not_written_twice(
    research: ResearchInMemory, told: dict[str, Any]
) -> None:
    import_id = ready(research, DOPPLER + TELEMEDICINE)
    kept(research, **told)
    confirm(research, import_id)
    work(research, import_id)
    shown = preview(research, import_id)
    assert shown["became"] == {"failed": 1, "imported": 1}
    assert shown["not_written"][0]["problem"] == {
        "name": "ImportedMeanwhile", "reason": "outcome: out_here", "place": "",
    }  # fmt: skip


def test_of_one_file_that_two_import_at_the_same_time_each_record_is_written_once(research: ResearchInMemory) -> None:
    another = Actor("per_hussain", frozenset({COORDINATOR}), frozenset({given.GILGIT}))
    first, second = ready(research, DOPPLER + TELEMEDICINE), ready(research, DOPPLER + TELEMEDICINE, another)
    for import_id, who in ((first, given.MANAGER), (second, another)):
        confirm(research, import_id, who)
        work(research, import_id)
    shown = preview(research, second, another)
    assert (shown["became"], len(listed(research))) == ({"failed": 2}, 2)
    assert {each["problem"]["name"] for each in shown["not_written"]} == {"ImportedMeanwhile"}


def test_one_that_somebody_has_changed_into_it_since_the_preview_is_not_written_twice(
    research: ResearchInMemory,
) -> None:
    kept(research, title="Of something else")
    import_id = ready(research, DOPPLER)
    loaded = research.fake_outcomes.load("out_here")
    corrected = Decision(replace(loaded.state, title="Doppler of liver cysts: forty cases"), what="corrected")
    research.fake_outcomes.save(loaded, corrected, of(research, SYSTEM, "correct"))
    confirm(research, import_id)
    work(research, import_id)
    assert preview(research, import_id)["became"] == {"failed": 1}


def test_what_another_import_was_writing_when_it_was_looked_through_is_not_written_twice(
    research: ResearchInMemory,
) -> None:
    clock: Any = research.clock
    first = ready(research, DOPPLER + MANY)
    confirm(research, first)
    research.apply_import(first, of(research, SYSTEM, "work", "first"))
    clock.advance(timedelta(hours=1))
    second = ready(research, DOPPLER.replace("bano2026", "again"))
    work(research, first)
    confirm(research, second)
    work(research, second)
    assert (preview(research, second)["became"], len(research.fake_outcomes.kept)) == ({"failed": 1}, 206)


def test_what_was_decided_before_the_preview_and_stood_after_it_is_not_written_twice(
    research: ResearchInMemory,
) -> None:
    clock: Any = research.clock
    import_id = ready(research, DOPPLER)
    clock.advance(timedelta(minutes=-1))
    kept(research, doi="10.1000/182")
    clock.advance(timedelta(minutes=2))
    confirm(research, import_id)
    work(research, import_id)
    assert preview(research, import_id)["became"] == {"failed": 1}


def test_that_one_with_its_doi_stands_where_the_importer_may_not_see_it_neither_shows_nor_hinders(
    research: ResearchInMemory,
) -> None:
    kept(research, doi="10.1000/182", sites=(given.KASHGAR,), responsible="per_wen", followers=())
    import_id = ready(research, DOPPLER)
    assert preview(research, import_id)["found"] == {"new": 1}
    confirm(research, import_id)
    work(research, import_id)
    shown = preview(research, import_id)
    assert (shown["became"], shown["not_written"]) == ({"imported": 1}, [])


def test_one_that_was_seen_to_be_there_is_written_where_that_was_wanted(research: ResearchInMemory) -> None:
    kept(research, doi="10.1000/182")
    import_id = ready(research, DOPPLER)
    decide(research, import_id, choice="import", found="same")
    confirm(research, import_id)
    work(research, import_id)
    assert preview(research, import_id)["became"] == {"imported": 1}


MANY = "".join(paper(f"key{number}", f"Paper on subject number {number}") for number in range(2 * BATCH + 5))


def test_progress_shows_batch_by_batch_and_nothing_before_the_last_one_is_written(research: ResearchInMemory) -> None:
    import_id = bring(research, MANY)
    progress = parsed(queries.AskImport, {"import_id": import_id})
    seen = []
    for state, step in (("checking", "check_import"), ("applying", "apply_import")):
        work(research, import_id, until=(state,))
        for number in range(4):
            getattr(research, step)(import_id, of(research, SYSTEM, step, str(number)))
            shown = research.import_progress(progress, given.MANAGER)
            seen.append((shown["state"], shown["done"], shown["records"], len(listed(research))))
        if state == "checking":
            confirm(research, import_id)
    assert seen == [
        ("checking", 100, 205, 0),
        ("checking", 200, 205, 0),
        ("ready", 205, 205, 0),
        ("ready", 205, 205, 0),
        ("applying", 100, 205, 0),
        ("applying", 200, 205, 0),
        ("applying", 205, 205, 0),
        ("applied", 205, 205, 200),
    ]
    assert len(research.fake_outcomes.kept) == 205


def test_what_is_merged_shows_together_with_what_is_new(research: ResearchInMemory) -> None:
    kept(research)
    import_id = ready(research, DOPPLER + MANY)
    decide(research, import_id, choice="merge", records=[1], into="out_here")
    confirm(research, import_id)
    seen = []
    for number in range(4):
        research.apply_import(import_id, of(research, SYSTEM, "work", str(number)))
        seen.append((standing(research).doi, len(listed(research))))
    assert seen == [("", 1), ("", 1), ("", 1), ("10.1000/182", 200)]
    assert preview(research, import_id)["became"] == {"imported": 205, "merged": 1}


def test_more_than_one_transaction_holds_is_not_merged_and_nothing_of_it_is_decided(
    research: ResearchInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_MERGED", 1)
    kept(research)
    import_id = ready(research, DOPPLER + TELEMEDICINE + paper("third", "Doppler of liver cysts"))
    decide(research, import_id, choice="merge", records=[1], into="out_here")
    with pytest.raises(TooManyToMerge) as refused:
        decide(research, import_id, choice="merge", records=[2, 3], into="out_here")
    assert refused.value.facts == {"records": 3, "most": 1}
    assert [each["choice"] for each in preview(research, import_id)["items"]] == ["merge", "import", "skip"]
    decide(research, import_id, choice="skip", records=[1])
    decide(research, import_id, choice="merge", records=[3], into="out_here")
    confirm(research, import_id)
    work(research, import_id)
    assert preview(research, import_id)["became"] == {"merged": 1, "imported": 1, "skipped": 1}


def while_read(research: ResearchInMemory, monkeypatch: pytest.MonkeyPatch, at: int, act: Any) -> None:
    """Does something the next time when that record is read, before it is taken over."""
    files = research.stores.reference_files
    read = files.read

    def watched(*args: Any, **options: Any) -> Read:
        file = read(*args, **options)
        monkeypatch.setattr(files, "read", read)
        return replace(file, records=acted(file.records))

    def acted(records: Any) -> Any:
        for number, each in enumerate(records, 1):
            if number == at:
                act()
            yield each

    monkeypatch.setattr(files, "read", watched)


def test_while_a_file_is_read_it_is_told_how_far(research: ResearchInMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "AT_ONCE", 100)
    clock: Any = research.clock
    import_id = bring(research, MANY)
    seen: list[Any] = []

    def look() -> None:
        shown = preview(research, import_id)
        seen.append((shown["state"], shown["done"], shown["records"], shown["items"]))
        seen.append([each.at - clock.now() for each in due(research.fake_imports.load(import_id).state)])
        clock.advance(timedelta(seconds=10))

    for at in (201, 100):
        while_read(research, monkeypatch, at, look)
    research.read_import(import_id, of(research, SYSTEM, "read"))
    assert seen == [
        ("reading", 0, 0, []), [timedelta(0)],
        ("reading", 200, 205, []), [timedelta(minutes=1)],
    ]  # fmt: skip
    shown = preview(research, import_id)
    assert (shown["state"], shown["done"], shown["records"]) == ("checking", 0, 205)
    assert [line["what"] for line in shown["history"]] == ["started", "read"]
    assert work(research, import_id) == "ready"


@pytest.mark.parametrize(("command", "state"), [("cancel_import", "cancelled"), ("resume_import", "reading")])
def test_who_gives_a_file_up_that_is_read_or_has_it_read_again_is_heard_by_the_worker_at_it(
    research: ResearchInMemory, monkeypatch: pytest.MonkeyPatch, command: str, state: str
) -> None:
    monkeypatch.setattr(progress, "AT_ONCE", 100)
    import_id = bring(research, MANY)
    kinds: dict[str, Any] = {"cancel_import": commands.CancelImport, "resume_import": commands.ResumeImport}
    asked = parsed(kinds[command], {"import_id": import_id, "reason": "It takes long."})
    while_read(
        research, monkeypatch, 150, lambda: getattr(research, command)(asked, of(research, given.MANAGER, command))
    )
    research.read_import(import_id, of(research, SYSTEM, "read"))
    shown = preview(research, import_id)
    assert (shown["state"], shown["items"], shown["failing"]) == (state, [], None)
    assert [each.at for each in due(research.fake_imports.load(import_id).state)] == [given.NOW] * (state == "reading")
    if state == "reading":
        assert work(research, import_id) == "ready"
        assert sum(preview(research, import_id)["found"].values()) == 205


def test_what_a_worker_has_written_it_does_not_write_again(research: ResearchInMemory) -> None:
    import_id = applied(research, DOPPLER)
    version = research.fake_imports.load(import_id).version
    for step in ("read_import", "check_import", "apply_import"):
        getattr(research, step)(import_id, of(research, SYSTEM, "again", step))
    assert (research.fake_imports.load(import_id).version, len(research.fake_outcomes.kept)) == (version, 1)


@pytest.mark.parametrize(
    ("step", "shelf", "write"),
    [("check_import", "import_records", "write"), ("apply_import", "outcomes", "add_read")],
)
def test_a_batch_is_written_whole_or_not_at_all(
    research: ResearchInMemory, monkeypatch: pytest.MonkeyPatch, step: str, shelf: str, write: str
) -> None:
    import_id = bring(research, DOPPLER + TELEMEDICINE)
    if step == "apply_import":
        work(research, import_id)
        confirm(research, import_id)
    state = work(research, import_id, until=("checking", "applying"))

    def fails(*_: Any) -> None:
        raise WriteConflict(id=import_id)

    monkeypatch.setattr(getattr(research.stores, shelf), write, fails)
    with pytest.raises(WriteConflict):
        getattr(research, step)(import_id, of(research, SYSTEM, step))
    monkeypatch.undo()
    shown = preview(research, import_id)
    assert (shown["state"], shown["done"], research.fake_outcomes.kept) == (state, 0, {})
    assert shown["failing"]["error"] == "WriteConflict"


def test_where_a_worker_fails_it_is_told_tried_again_later_and_taken_up_when_asked(
    research: ResearchInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = bring(research, DOPPLER)

    def fails(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("10.1000/182")

    monkeypatch.setattr(research.stores.reference_files, "read", fails)
    with pytest.raises(ZeroDivisionError):
        research.read_import(import_id, of(research, SYSTEM, "read"))
    monkeypatch.undo()
    state = research.fake_imports.load(import_id).state
    assert [each.at for each in due(state)] == [given.NOW + timedelta(minutes=1)]
    assert preview(research, import_id)["failing"]["error"] == "ZeroDivisionError"
    command = parsed(commands.ResumeImport, {"import_id": import_id, "reason": "Is anybody at it?"})
    research.resume_import(command, of(research, given.MANAGER, "resume"))
    assert [each.at for each in due(research.fake_imports.load(import_id).state)] == [given.NOW]
    assert work(research, import_id) == "ready"
    assert preview(research, import_id)["failing"] is None


def test_one_import_is_written_at_a_time(research: ResearchInMemory) -> None:
    first, second = ready(research, DOPPLER), ready(research, TELEMEDICINE)
    confirm(research, first)
    with pytest.raises(ImportRunning):
        confirm(research, second)
    work(research, first)
    assert confirm(research, second).state == "applying"


def test_what_is_being_written_is_neither_decided_on_nor_given_up(research: ResearchInMemory) -> None:
    import_id = ready(research, DOPPLER)
    confirm(research, import_id)
    with pytest.raises(WrongState):
        decide(research, import_id, choice="skip", records=[1])
    command = parsed(commands.CancelImport, {"import_id": import_id, "reason": "No."})
    with pytest.raises(WrongState):
        research.cancel_import(command, of(research, given.MANAGER, "cancel"))


@pytest.mark.parametrize(
    ("who", "more", "allowed"),
    [
        (given.RESPONSIBLE, {}, True),
        (given.RESPONSIBLE, {"responsible": "per_other"}, False),
        (given.RESPONSIBLE, {"sites": [given.KASHGAR]}, False),
        (given.MANAGER, {"responsible": "per_bano"}, True),
        (given.COORDINATOR_HERE, {"responsible": "per_li"}, True),
        (given.MANAGER, {"responsible": "per_bano", "sites": [given.KASHGAR]}, False),
        (Actor("per_root", frozenset({ADMINISTRATOR})), {"responsible": "per_bano", "sites": [given.KASHGAR]}, True),
        (Actor("per_root", frozenset({ADMINISTRATOR})), {}, False),
        (Actor("per_nobody", frozenset({VISITOR})), {}, False),
    ],
)
def test_who_may_import_and_for_whom(research: ResearchInMemory, who: Actor, more: Any, allowed: bool) -> None:
    if allowed:
        assert preview(research, bring(research, DOPPLER, who, **more), who)["state"] == "reading"
    else:
        with pytest.raises(NotAllowed):
            bring(research, DOPPLER, who, **more)


def test_nothing_is_brought_for_somebody_whom_nobody_knows(research: ResearchInMemory) -> None:
    with pytest.raises(Unknown) as refused:
        bring(research, DOPPLER, responsible="per_bnao")
    assert refused.value.facts == {"kind": "person", "id": "per_bnao"}
    assert research.imports(given.MANAGER)["items"] == []


def test_who_brought_it_sees_what_becomes_of_it_whoever_confirms(research: ResearchInMemory) -> None:
    import_id = ready(research, DOPPLER)
    confirm(research, import_id, Actor("per_admin", frozenset({ADMINISTRATOR})))
    work(research, import_id)
    shown = preview(research, import_id)
    assert (shown["by"], shown["became"]) == ("per_ali", {"imported": 1})
    (outcome,) = listed(research)
    assert research.fake_outcomes.recorded(outcome["id"]).history[0].by == "per_admin"


def test_an_import_is_nobodys_concern_but_the_importers_and_administrators(research: ResearchInMemory) -> None:
    import_id = ready(research, DOPPLER)
    administrator = Actor("per_root", frozenset({ADMINISTRATOR}))
    assert [each["id"] for each in research.imports(given.MANAGER)["items"]] == [import_id]
    assert [each["id"] for each in research.imports(administrator)["items"]] == [import_id]
    assert research.imports(given.COORDINATOR_THERE)["items"] == []
    for ask in (preview, confirm, partial(decide, choice="skip", records=[1])):
        with pytest.raises(Unknown):
            ask(research, import_id, who=given.COORDINATOR_THERE)
    for name, kind in (("cancel_import", commands.CancelImport), ("resume_import", commands.ResumeImport)):
        command: Any = parsed(kind, {"import_id": import_id, "reason": "No."})
        with pytest.raises(Unknown):
            getattr(research, name)(command, of(research, given.COORDINATOR_THERE, name))


def test_whoever_confirms_has_to_be_allowed_to_import_by_then(research: ResearchInMemory) -> None:
    import_id = ready(research, DOPPLER, responsible="per_bano")
    with pytest.raises(NotAllowed):
        confirm(research, import_id, replace(given.MANAGER, roles=frozenset({VISITOR})))


@pytest.mark.parametrize(
    ("content", "refusal"), [("not base64!", NotBase64), ("A" * (MOST_BYTES // 3 * 4 + 8), FileTooLarge)]
)
def test_what_is_no_file_is_refused_before_anything_is_kept(
    research: ResearchInMemory, content: str, refusal: type[Refusal]
) -> None:
    command = parsed(commands.StartImport, {"file": "papers.bib", "content": content})
    with pytest.raises(refusal):
        research.start_import(command, of(research, given.MANAGER, "start"))
    assert research.fake_imports.kept == {}


@pytest.mark.parametrize(
    "wanted", [{}, {"records": [1], "found": "new"}, {"records": [1], "into": "out_1"}], ids=["none", "both", "into"]
)
def test_one_says_of_which_records_and_of_what_is_merged_into_what(research: ResearchInMemory, wanted: Any) -> None:
    with pytest.raises(InvalidCommand):
        decide(research, ready(research, DOPPLER), choice="skip", **wanted)


def test_a_record_that_is_not_in_the_file_is_refused(research: ResearchInMemory) -> None:
    with pytest.raises(NoSuchRecord):
        decide(research, ready(research, DOPPLER), choice="skip", records=[1, 2])


def test_the_preview_is_turned_over_page_by_page(research: ResearchInMemory) -> None:
    import_id = ready(research, MANY)
    pages, after = [], 0
    while after is not None:
        page = preview(research, import_id, after=after, limit=90)
        pages.append([each["number"] for each in page["items"]])
        after = page["next"]
    assert [len(page) for page in pages] == [90, 90, 25]
    assert [number for page in pages for number in page] == list(range(1, 206))


def test_given_again_each_command_answers_as_the_first_time(research: ResearchInMemory) -> None:
    import_id = bring(research, DOPPLER)
    assert bring(research, DOPPLER) == import_id
    work(research, import_id)
    fields = {"import_id": import_id, "expected_version": research.fake_imports.load(import_id).version}
    for name, kind, more in (
        ("decide_import_records", commands.DecideImportRecords, {"choice": "skip", "records": [1]}),
        ("confirm_import", commands.ConfirmImport, {}),
    ):
        fields["expected_version"] = version = research.fake_imports.load(import_id).version
        context = of(research, given.MANAGER, name, version=version)
        answers = [getattr(research, name)(parsed(kind, {**fields, **more}), context) for _ in range(2)]
        assert answers[0] == answers[1]
