"""A hospital uses the outcome, and says half a year later whether it still does."""

from datetime import date
from typing import Any

from khunjerab.demo.acts.outcome import give, shown
from khunjerab.demo.stage import Stage, once

GUIDELINE = "Staging of hepatic cysts, 3rd edition"
AT_FIRST = {"patients": 12, "procedures": 14}
SINCE = {"patients": 41, "procedures": 44}


def adopt(stage: Stage, who: str) -> None:
    since = {"adopting_site": _site(stage), "adopted_on": stage.today().isoformat()}
    give(stage, who, "confirm_adoption", **since, **AT_FIRST, guideline=GUIDELINE)


def follow_up_due(stage: Stage) -> date:
    return date.fromisoformat(_follow_up(stage)["due_on"])


def wait_until_it_is_asked(stage: Stage) -> None:
    once(lambda: _follow_up(stage)["awaited"], bool, "the question after six months")


def follow_up(stage: Stage, who: str) -> None:
    asked = {"adopting_site": _site(stage), "months": _follow_up(stage)["months"]}
    give(stage, who, "record_follow_up", **asked, still_in_use=True, **SINCE)


def _follow_up(stage: Stage) -> dict[str, Any]:
    """The first that the hospital is asked for."""
    asked: dict[str, Any] = shown(stage, "hussain")["adoptions"][0]["follow_ups"][0]
    return asked


def _site(stage: Stage) -> str:
    return stage.memorandum.site("gilgit")
