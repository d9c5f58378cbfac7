"""A file of references is looked at, record by record, and brought in for whoever is to claim what is theirs."""

import base64
from pathlib import Path
from typing import Any

from khunjerab.demo.stage import Stage, once

PAPERS = Path(__file__).parents[3] / "samples" / "papers.bib"


def preview(stage: Stage, who: str) -> None:
    """Read and compared by a worker; nothing of it shows yet."""
    content = base64.b64encode(PAPERS.read_bytes()).decode()
    file = {"file": PAPERS.name, "content": content, "responsible": stage.memorandum.person("bano")}
    stage.ids["references"] = stage.research(who, "start_import", **file)["id"]
    _once_it_is(stage, who, "ready")
    shown = stage.research(who, "import_preview", import_id=stage.ids["references"])
    for each in shown["items"]:
        stage.said.append(f"{each['number']}. {each['label']}: {each['found']}, {each['choice']}")


def confirm(stage: Stage, who: str) -> None:
    version = _progress(stage, who)["version"]
    stage.research(who, "confirm_import", import_id=stage.ids["references"], expected_version=version)
    _once_it_is(stage, who, "applied")


def unclaimed(stage: Stage, who: str) -> list[str]:
    """Titles of what waits for somebody's claim."""
    waiting = {"state": "unclaimed", "responsible": stage.memorandum.person(who)}
    return sorted(each["title"] for each in stage.research(who, "outcomes", **waiting)["items"])


def _once_it_is(stage: Stage, who: str, state: str) -> None:
    once(lambda: _progress(stage, who), lambda found: found["state"] in (state, "refused"), f"a file that is {state}")


def _progress(stage: Stage, who: str) -> dict[str, Any]:
    return stage.research(who, "import_progress", import_id=stage.ids["references"])
