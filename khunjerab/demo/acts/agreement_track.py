"""A material transfer agreement: one side drafts it, both review and sign it, each seeing what it waits for."""

from collections.abc import Callable
from typing import Any

from khunjerab.demo.stage import Stage

TEXT = {"address": "https://files.kashgar.example/mta.pdf", "sha256": "22c4a1b7d3e5f607" * 4}
IN_FORCE_DAYS = 730


def open_track(stage: Stage, who: str) -> None:
    sites = {"provider_site": stage.memorandum.site("kashgar"), "recipient_site": stage.memorandum.site("gilgit")}
    about = {"kind": "material-transfer", "title": "Cyst fluid for training", "outcome_ids": [stage.ids["outcome"]]}
    stage.ids["track"] = stage.research(who, "open_track", **about, **sites)["id"]
    _say_what_it_waits_for(stage, who)


def draft(stage: Stage, who: str) -> None:
    text = TEXT | {"expires_on": stage.days_from_now(IN_FORCE_DAYS).isoformat()}
    _give(stage, who, "take_step", step="draft", text=text)


def take(step: str) -> Callable[[Stage, str], None]:
    return lambda stage, who: _give(stage, who, "take_step", step=step)


def take_what_is_awaited(stage: Stage, who: str) -> None:
    _give(stage, who, "take_step", step=shown(stage, who)["waiting_for"]["step"])


def sign(stage: Stage, who: str) -> None:
    _give(stage, who, "sign_track", sha256=TEXT["sha256"])


def shown(stage: Stage, who: str) -> dict[str, Any]:
    return stage.research(who, "track", track_id=stage.ids["track"])


def _give(stage: Stage, who: str, method: str, **fields: Any) -> None:
    """The command on the agreement as it stands; then what it waits for, as the other side sees it."""
    version = shown(stage, who)["version"]
    stage.research(who, method, track_id=stage.ids["track"], expected_version=version, **fields)
    _say_what_it_waits_for(stage, who)


def _say_what_it_waits_for(stage: Stage, who: str) -> None:
    if waiting := shown(stage, who)["waiting_for"]:
        stage.said.append(f"waits for the {waiting['side']}: {waiting['step']}, until {waiting['due_on']}")
