"""What the visitors brought home: the outcome that research expects of the visit, as it is reported."""

from typing import Any

from khunjerab.demo.pages import Page
from khunjerab.demo.stage import Stage, once


def report(stage: Stage, who: str) -> None:
    stage.ids["outcome"] = _expected(stage)
    on_page(stage, who, "/report", {key: _written(stage)[key] for key in ("title", "summary", "doi")})


def add_details(stage: Stage, who: str) -> None:
    """What the page does not ask for."""
    contributors = [_contributor(stage, each) for each in _written(stage)["contributors"]]
    told = {"details": _written(stage)["details"], "contributors": contributors}
    give(stage, who, "correct_outcome", **told, reason="The hospital has put it into effect.")


def on_page(stage: Stage, who: str, action: str, typed: dict[str, Any]) -> Page:
    """Sends a form of the outcome's page."""
    browser, page = stage.opened(who, f"/outcomes/{stage.ids['outcome']}")
    return browser.send(page, action, typed)


def give(stage: Stage, who: str, method: str, **fields: Any) -> dict[str, Any]:
    """What its page has no form for: a command on the outcome as it stands."""
    version = shown(stage, who)["version"]
    return stage.research(who, method, outcome_id=stage.ids["outcome"], expected_version=version, **fields)


def shown(stage: Stage, who: str) -> dict[str, Any]:
    return stage.research(who, "outcome", outcome_id=stage.ids["outcome"])


def _written(stage: Stage) -> dict[str, Any]:
    written: dict[str, Any] = stage.memorandum.sample["outcome"]
    return written


def _contributor(stage: Stage, written: dict[str, str]) -> dict[str, str]:
    who = written["person"]
    known = {"name": stage.memorandum.name(who), "person_id": stage.memorandum.person(who)}
    return known | {"role": written["role"], "orcid": written["orcid"]}


def _expected(stage: Stage) -> str:
    """The outcome that research opened for the visit, as soon as it has."""

    def opened() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = stage.research("ali", "outcomes", visit_id=stage.ids["visit"])["items"]
        return found

    return str(once(opened, bool, "the outcome that the visit leads to")[0]["id"])
