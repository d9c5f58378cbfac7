"""Questions that take the exchange some computing, on an alliance in memory."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from chassis.commands import parsed
from services.exchange.application import commands, queries
from services.exchange.application.importing.limits import MOST_ROWS
from services.exchange.application.importing.sheets import SHEETS
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory


def importing(alliance: AllianceInMemory) -> Callable[[], Any]:
    """A file with as many rows as may be."""
    row = {
        "passport_name": "A" * 90,
        "local_name": "玉" * 60,
        "language": "zh",
        "zone": "Asia/Shanghai",
        "sites": "Kashgar",
    }
    rows = [dict.fromkeys(SHEETS["People"].columns, "") | row | {"email": f"{n}@x.example"} for n in range(MOST_ROWS)]
    content = base64.b64encode(alliance.exchange.stores.spreadsheets.write_xlsx([SHEETS["People"].page(rows)])).decode()
    command = parsed(commands.StartImport, {"file": "people.xlsx", "content": content})
    return lambda: alliance.exchange.start_import(command, alliance.context(ADMIN))


def exporting(alliance: AllianceInMemory) -> Callable[[], Any]:
    """Hundreds of people."""
    for _ in range(400):
        alliance.person()
    asked = parsed(queries.ExportXlsx, {})
    return lambda: alliance.exchange.export_xlsx(asked, ADMIN)


def looking_for_alternatives(alliance: AllianceInMemory) -> Callable[[], Any]:
    """A department that is full for as long as anybody looks ahead."""
    person = alliance.person()
    first = alliance.proposal(person).planned_arrival
    for number in range(7):
        alliance.accept(alliance.propose(alliance.person(), arrival=first + timedelta(days=30 * number), days=30))
    request = alliance.proposal(person).model_dump(mode="json")
    asked = parsed(queries.AskWhyNot, {"request": request})
    return lambda: [alliance.exchange.why_not(asked, alliance.manager) for _ in range(20)]


WHAT: dict[str, Callable[[AllianceInMemory], Callable[[], Any]]] = {
    "import": importing,
    "export": exporting,
    "why_not": looking_for_alternatives,
}


def alliance() -> AllianceInMemory:
    return alliance_in_memory(seats=1)
