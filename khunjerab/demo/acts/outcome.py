"""What the visitors brought home, carried into practice."""

from typing import Any

from khunjerab.demo.pages import Page
from khunjerab.demo.stage import Stage, once

GATES = {
    "evaluation": "evaluation-report",
    "protection": "decision-to-publish",
    "terms": "open-licence",
    "pilot": "pilot-protocol",
    "adoption": "pilot-report",
}
"""Each gate, and the kind of evidence on which it is passed."""


def report(stage: Stage, who: str) -> None:
    stage.ids["outcome"] = _expected(stage)
    _on_outcome(stage, who, "/report", dict(stage.memorandum.sample["outcome"]))


def pass_gate(stage: Stage, who: str, gate: str) -> None:
    evidence = {"evidence_kind": GATES[gate], "evidence": f"Minutes of the {gate} meeting"}
    typed: dict[str, Any] = {"decision": "accepted", "reference": f"GPH research office, {gate}", **evidence}
    _on_outcome(stage, who, "/gate", typed)


def adopt(stage: Stage, who: str) -> None:
    site = stage.memorandum.site("gilgit")
    _on_outcome(stage, who, "/adoption", {"adopting_site": site, "adopted_on": stage.today().isoformat()})


def _on_outcome(stage: Stage, who: str, action: str, typed: dict[str, Any]) -> Page:
    browser, page = stage.opened(who, f"/outcomes/{stage.ids['outcome']}")
    return browser.send(page, action, typed)


def _expected(stage: Stage) -> str:
    """The outcome that research opened for the visit, as soon as it has."""
    actor, asked = stage.memorandum.actor("ali"), {"visit_id": stage.ids["visit"]}

    def opened() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = stage.rpc.call("research", "outcomes", asked, actor=actor)["items"]
        return found

    return str(once(opened, bool, "the outcome that the visit leads to")[0]["id"])
