"""Imports on a real database: all of it or nothing shows, whenever the worker dies; and the largest one fits."""

import base64
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.store import database_at
from services.exchange.application import commands, queries
from services.exchange.application.importing.limits import MOST_ROWS
from services.exchange.application.importing.ports import Page
from tests.alliance import ADMIN, EXCHANGE_ALONE, Alliance
from tests.fixtures.installations import MakeInstallation

pytestmark = pytest.mark.broker


@pytest.fixture
def mongo_url(make_installation: MakeInstallation) -> str:
    return make_installation([EXCHANGE_ALONE]).mongo_url("exchange")


def person(number: int) -> dict[str, str]:
    return {"email": f"p{number}@hotan.example", "passport_name": f"Person {number}", "local_name": "玉素甫",
            "language": "zh", "zone": "Asia/Shanghai", "sites": "Hotan"}  # fmt: skip


def confirmed(alliance: Alliance, people: int) -> str:
    """An import of a site and so many people that only waits to be applied."""
    exchange = alliance.exchange
    site = {"name_en": "Hotan", "country": "CN", "zone": "Asia/Shanghai"}
    sheets = {"Sites": [site], "People": [person(number) for number in range(people)]}
    pages = [Page(name, "", dict.fromkeys(rows[0], "text"), rows) for name, rows in sheets.items()]
    content = base64.b64encode(exchange.stores.spreadsheets.write_xlsx(pages)).decode()
    start = parsed(commands.StartImport, {"file": "people.xlsx", "content": content})
    import_id = exchange.start_import(start, alliance.context(ADMIN)).id
    exchange.check_import(import_id, alliance.context(ADMIN))
    seen = exchange.import_progress(parsed(queries.AskImport, {"import_id": import_id}), ADMIN)["version"]
    fields = {"import_id": import_id, "expected_version": seen}
    exchange.confirm_import(parsed(commands.ConfirmImport, fields), alliance.context(ADMIN, seen))
    return import_id


def worker(mongo_url: str, import_id: str, **env: str) -> int:
    """Applies the import in a process of its own; returns how that ended."""
    command = [sys.executable, "-m", "tests.integration.import_worker", mongo_url, import_id, "apply_import"]
    return subprocess.run(command, env={**os.environ, **env}, timeout=100, check=False).returncode


def directory(alliance: Alliance) -> tuple[int, list[str]]:
    """How many sites there are, and the addresses of everybody."""
    people: list[dict[str, Any]] = alliance.exchange.people(ADMIN)["items"]
    return len(alliance.exchange.sites(ADMIN)["items"]), sorted(each["email"] for each in people)


@pytest.mark.timeout(240)  # the database keeps the transaction of a client that died for a minute
@pytest.mark.parametrize("place", ["store.before-write", "import.before-commit"])
def test_a_worker_that_dies_while_applying_leaves_nothing_and_the_next_one_does_all(
    place: str, mongo_url: str, tmp_path: Path
) -> None:
    alliance = Alliance(database_at(mongo_url))
    import_id = confirmed(alliance, 5)
    before = directory(alliance)
    crash = {"KHUNJERAB_CRASH_AT": place, "KHUNJERAB_CRASH_ONCE": str(tmp_path / "died")}
    assert worker(mongo_url, import_id, **crash) == -signal.SIGKILL
    assert directory(alliance) == before
    assert worker(mongo_url, import_id, **crash) == 0
    after = directory(alliance)
    assert after == (before[0] + 1, [f"p{number}@hotan.example" for number in range(5)])


def test_a_worker_that_dies_when_all_is_written_has_nothing_left_to_do(mongo_url: str, tmp_path: Path) -> None:
    alliance = Alliance(database_at(mongo_url))
    import_id = confirmed(alliance, 3)
    crash = {"KHUNJERAB_CRASH_AT": "store.after-write", "KHUNJERAB_CRASH_ONCE": str(tmp_path / "died")}
    assert worker(mongo_url, import_id, **crash) == -signal.SIGKILL
    after = directory(alliance)
    assert len(after[1]) == 3
    assert worker(mongo_url, import_id, **crash) == 0
    assert directory(alliance) == after
    asked = parsed(queries.AskImport, {"import_id": import_id})
    assert alliance.exchange.import_progress(asked, ADMIN)["state"] == "applied"


def test_the_largest_import_is_written_in_one_go(mongo_url: str) -> None:
    alliance = Alliance(database_at(mongo_url))
    import_id = confirmed(alliance, MOST_ROWS - 1)
    assert worker(mongo_url, import_id) == 0
    assert len(directory(alliance)[1]) == MOST_ROWS - 1
