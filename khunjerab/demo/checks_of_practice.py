"""What has to be true of the outcome when it has come into practice."""

from collections.abc import Iterator
from typing import Any

from khunjerab.demo.acts import agreement_track, measuring, publishing, references, using
from khunjerab.demo.acts.gates import DEFERRED_DAYS
from khunjerab.demo.acts.outcome import shown
from khunjerab.demo.check import Check
from khunjerab.demo.into_practice import TRIED_DAYS
from khunjerab.demo.stage import Stage

ORCID = "https://orcid.org/0000-0002-1825-0097"
_DECIDED = [
    ("evaluation", "accepted"),
    ("protection", "deferred"),
    ("protection", "accepted"),
    ("terms", "accepted"),
    ("pilot", "accepted"),
    ("adoption", "accepted"),
]
_AGREED = [
    ("draft", "zhang"),
    ("review", "hussain"),
    ("provider-legal-review", "zhang"),
    ("recipient-legal-review", "hussain"),
    ("recipient-signature", "ali"),
    ("provider-signature", "gulnar"),
]
_WARNED = [("far-ahead", "technology", ["clinical", "regulatory", "business"])]
_NEW_PAPERS = ["Echinococcosis:", "Global", "Worldwide"]
"""How their titles begin. Of the file's five, one is a copy of another and one is broken."""
_USED = [(using.AT_FIRST | {"guideline": using.GUIDELINE}, using.SINCE | {"in_use": True})]


def checks_of_practice(stage: Stage) -> Iterator[Check]:
    """In the order in which it comes about."""
    written = stage.memorandum.sample["outcome"]
    told = (written["doi"], written["details"], [ORCID, "", ""])
    yield Check("the outcome tells its DOI, details and contributors", lambda: _told(stage), told)
    yield from _gates(stage)
    yield Check("each side took its steps of the agreement, and both signed", lambda: _agreed(stage), _AGREED)
    yield Check("the hospital said for how many it uses it, then and since", lambda: _used(stage), _USED)
    yield from _measures(stage)
    yield Check("what was harvested tells title, DOI and who contributed", lambda: _harvested(stage), True)
    yield Check("of the file's papers those wait for a claim that were new", lambda: _unclaimed(stage), _NEW_PAPERS)


def _gates(stage: Stage) -> Iterator[Check]:
    wanted = {"evaluation": "this gate needs evidence", "terms": "Law asks for a clearance"}
    for gate, words in wanted.items():
        yield Check(f"the gate before {gate} was refused: {words}", lambda g=gate, w=words: w in stage.refused[g], True)  # type: ignore[misc]
    yield Check("what was deferred came back, and every gate let it through", lambda: _decided(stage), _DECIDED)
    cleared = {"data-export": "in-force", "material-transfer": "in-force"}
    yield Check("what law asks is cleared: by an authority, and by the agreement", lambda: _cleared(stage), cleared)
    yield Check("the gate before the pilot warned that technology runs ahead", lambda: _warned(stage), _WARNED)


def _measures(stage: Stage) -> Iterator[Check]:
    days = {"protection": float(DEFERRED_DAYS), "adoption": float(TRIED_DAYS)}
    yield Check("the measures tell how long it took", lambda: measuring.median_days(stage, "gulnar"), days)
    yield Check("the agreement promised six of the field, and one is delivered", lambda: _promised(stage), [(6, 1)])


def _told(stage: Stage) -> tuple[Any, ...]:
    outcome = shown(stage, "ali")
    return outcome["doi"], outcome["details"], [each["orcid"] for each in outcome["contributors"]]


def _decided(stage: Stage) -> list[tuple[str, str]]:
    return [(each["gate"], each["decision"]) for each in shown(stage, "ali")["gates"]]


def _cleared(stage: Stage) -> dict[str, str]:
    return {each["kind"]: each["state"] for each in shown(stage, "gulnar")["clearances"]}


def _warned(stage: Stage) -> list[tuple[str, str, list[str]]]:
    pilot = next(each for each in shown(stage, "ali")["gates"] if each["gate"] == "pilot")
    return [(each["why"], each["domain"], each["behind"]) for each in pilot["warned"]]


def _agreed(stage: Stage) -> list[tuple[str, str]]:
    """Who took which step."""
    who = {stage.memorandum.person(key): key for key in stage.memorandum.sample["people"]}
    return [(each["step"], who[each["taken_by"]]) for each in agreement_track.shown(stage, "hussain")["steps"]]


def _used(stage: Stage) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [
        (
            {name: each[name] for name in _USED[0][0]},
            {name: each["follow_ups"][0]["said"][name] for name in _USED[0][1]},
        )
        for each in shown(stage, "ali")["adoptions"]
    ]


def _promised(stage: Stage) -> list[tuple[int, int]]:
    return [(each["promised"], each["delivered"]) for each in measuring.promised(stage, "gulnar")]


def _harvested(stage: Stage) -> bool:
    record = (stage.printed / publishing.HARVESTED).read_text("utf-8")
    written = stage.memorandum.sample["outcome"]
    names = [stage.memorandum.name(each["person"]) for each in written["contributors"]]
    return all(each in record for each in (written["title"], written["doi"], *names))


def _unclaimed(stage: Stage) -> list[str]:
    return [title.split()[0] for title in references.unclaimed(stage, "bano")]
