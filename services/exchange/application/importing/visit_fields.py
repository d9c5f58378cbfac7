"""What a row of the sheet of past visits says, as the fields of the command that enters one."""

from contextlib import suppress
from datetime import date
from typing import Any

from chassis.kernel.cells import separated
from chassis.kernel.errors import Unknown
from services.exchange.application.importing.cells import day
from services.exchange.application.importing.knowing import Ambiguous, Known, department_called
from services.exchange.application.importing.reading import Reading
from services.exchange.application.importing.work import Work
from services.exchange.domain.dates import must_be_a_stay
from services.exchange.domain.importing_rows import Row
from services.exchange.domain.site import Site
from services.exchange.domain.standing import must_have_happened


def fields_of(row: Row, known: Known, work: Work, reading: Reading) -> dict[str, Any]:
    """All that could be read; `reading` says what could not."""
    referred, going = _referred(row, known, work, reading), _going(row, known, reading)
    return {**_told(row), **referred, **going, **_days(row, known, work, reading)}


def _referred(row: Row, known: Known, work: Work, reading: Reading) -> dict[str, Any]:
    """Agreement, condition and department. What is unknown leaves out what can be found by it alone."""
    agreement = sending = host = None
    fields: dict[str, Any] = {}
    with reading.column("agreement"):
        agreement = work.agreed.called(row.cells["agreement"])
        fields["agreement_id"] = agreement.id
    with reading.column("sending_site"):
        sending = known.site(row.cells["sending_site"])
    with reading.column("host_site"):
        host = known.site(row.cells["host_site"])
    if agreement and sending and host:
        between = (sending.id, host.id)
        with reading.column("field"):
            found = work.agreed.condition(agreement, row.cells["kind"], row.cells["field"], *between)
            fields["condition_id"] = found
    if host:
        with reading.column("host_department"):
            # Of the stored site: the visit's event names the department, and is made before the file's own are there.
            stored = work.shelves.sites.load(host.id).state
            fields["host_department"] = _department(stored, row.cells["host_department"])
    return fields


def _going(row: Row, known: Known, reading: Reading) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    with reading.column("leader"):
        fields["leader"] = known.person_id(row.cells["leader"].strip())
        fields["visitors"] = [fields["leader"]]
    with reading.column("visitors"):
        if visitors := [known.person_id(text) for text in separated(row.cells.get("visitors", ""))]:
            fields["visitors"] = visitors
    return fields


def _told(row: Row) -> dict[str, Any]:
    """Words, as they stand in the row."""
    return {
        "purpose": row.cells["purpose"],
        "report": row.cells.get("report", ""),
        "reason": row.cells.get("reason", "").strip() or "Imported from a file",
    }


def _days(row: Row, known: Known, work: Work, reading: Reading) -> dict[str, str]:
    """Looked at here, before the command does: so that it shows beside somebody or something that is unknown."""
    fields: dict[str, str] = {}
    with reading.column("arrival"):
        fields["actual_arrival"] = day(row.cells["arrival"])
    with reading.column("departure"):
        fields["actual_departure"] = day(row.cells["departure"])
        departure = date.fromisoformat(fields["actual_departure"])
        if "actual_arrival" in fields:
            must_be_a_stay(date.fromisoformat(fields["actual_arrival"]), departure)
        with suppress(Unknown, Ambiguous):
            must_have_happened(departure, known.site(row.cells["host_site"]).state.today(work.now))
    return fields


def _department(host: Site, text: str) -> str:
    found = department_called(host, text)
    if found is None:
        raise Unknown(kind="department", id=text)
    return found.id
