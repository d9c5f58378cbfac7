"""The partners agree, and a spreadsheet brings whoever joins them."""

import base64
from pathlib import Path
from typing import Any

from khunjerab.demo.stage import Stage, once

SPREADSHEET = Path(__file__).parents[3] / "samples" / "directory.xlsx"


def approve(stage: Stage, who: str) -> None:
    browser, page = stage.opened(who, f"/agreements/{stage.memorandum.agreement}")
    browser.send(page, "/approve", {})


def bring_spreadsheet(stage: Stage, who: str) -> None:
    """Checked whole by a worker, looked at, confirmed, and written all at once."""
    content = base64.b64encode(SPREADSHEET.read_bytes()).decode()
    stage.ids["import"] = stage.call(who, "start_import", file=SPREADSHEET.name, content=content)["id"]
    checked = _once_it_is(stage, who, "ready")
    stage.call(who, "confirm_import", import_id=stage.ids["import"], expected_version=checked["version"])
    _once_it_is(stage, who, "applied")


def _once_it_is(stage: Stage, who: str, state: str) -> dict[str, Any]:
    def progress() -> dict[str, Any]:
        return stage.call(who, "import_progress", import_id=stage.ids["import"])

    return once(progress, lambda imported: imported["state"] in (state, "refused"), f"an import that is {state}")
