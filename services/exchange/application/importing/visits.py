"""Rows of the sheet of past visits."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import cast

from chassis.kernel.cells import joined, writable
from chassis.kernel.errors import Refusal
from services.exchange.application.commands.enter_past_visit import EnterPastVisit, enter_past_visit
from services.exchange.application.importing.agreed import Agreed
from services.exchange.application.importing.deciding import Rows
from services.exchange.application.importing.knowing import Known, says_the_same
from services.exchange.application.importing.reading import Reading
from services.exchange.application.importing.refusing import Differs
from services.exchange.application.importing.visit_fields import fields_of
from services.exchange.application.importing.work import Work, differing, planned
from services.exchange.application.ports.agreements import Ledgers
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.importing_rows import NEW, UNCHANGED, Planned, Row
from services.exchange.domain.visit import FULFILLED, Visit

COLUMN_OF = {
    "condition_id": "field",
    "actual_arrival": "arrival",
    "actual_departure": "departure",
    "DatesReversed": "departure",
    "VisitTooLong": "departure",
    "DateInTheFuture": "departure",
    "NotOfTheSendingSite": "visitors",
    "NoLedger": "arrival",
}
"""Refusal or field -> column, where they are called differently."""


def key(row: Row, known: Known) -> str:
    """What makes two rows the same visit, however they name them: who led it, where to and when."""
    leader, host = row.cells["leader"].strip().casefold(), row.cells["host_site"]
    with suppress(Refusal):
        leader = known.person_text(known.person_id(row.cells["leader"].strip())).casefold()
    with suppress(Refusal):
        host = known.site_text(known.site(host).id)
    return f"{leader} at {host} on {row.cells['arrival']}"


def cells(visit: Visit, known: Known, agreed: Agreed) -> dict[str, str]:
    """A visit that took place as a row."""
    return {
        "agreement": agreed.text_of(visit.agreement),
        "kind": visit.kind,
        "field": visit.field,
        "sending_site": known.site_text(visit.sending_site),
        "host_site": known.site_text(visit.host_site),
        "host_department": _department_text(visit, known),
        "leader": known.person_text(visit.leader),
        "visitors": joined([known.person_text(each.person) for each in visit.going]),
        "arrival": visit.actual_arrival.isoformat() if visit.actual_arrival else "",
        "departure": visit.actual_departure.isoformat() if visit.actual_departure else "",
        "purpose": visit.purpose,
        "report": visit.report,
    }


def stands(row: Row, known: Known, work: Work) -> bool:
    """Whether a stored visit is exactly this. Why a visit was entered is no part of it."""
    told = Row(row.sheet, row.number, {name: cell for name, cell in row.cells.items() if name != "reason"}, row.places)
    return any(says_the_same(told, cells(each, known, work.agreed)) for each in _there(row, known, work))


def plan(row: Row, named: str, known: Known, work: Work, reading: Reading) -> Planned:
    """Enters the visit. Raises `Unsound` and whatever the command refuses."""
    command = reading.command(EnterPastVisit, fields_of(row, known, work, reading))
    there = [each for each in _there(row, known, work) if each.actual_arrival == command.actual_arrival]
    if any(_says(command, each) for each in there):
        return planned(row, named, UNCHANGED)
    if there:
        raise Differs(columns=list(differing(row, cells(there[0], known, work.agreed))))
    shelves = work.shelves
    context = work.context(row.sheet, named)
    entered = enter_past_visit(
        command,
        context,
        cast("Visits", work.visits),
        shelves.agreements,
        work.sites,
        work.people,
        cast("Ledgers", work.ledgers),
        work.booking,
    )
    return replace(planned(row, named, NEW), flags=work.visits.load(entered.id).state.flags)


def _there(row: Row, known: Known, work: Work) -> Iterator[Visit]:
    """The leader's visits to the host that took place."""
    try:
        leader, host = known.person_id(row.cells["leader"].strip()), known.site(row.cells["host_site"]).id
    except Refusal:
        return iter(())
    took_place = (each for each in work.visits.stored_of(leader) if each.state == FULFILLED)
    return (each for each in took_place if each.leader == leader and each.host_site == host)


def _says(command: EnterPastVisit, visit: Visit) -> bool:
    """Whether the command would enter just this visit."""
    return (
        (command.agreement_id, command.condition_id) == (visit.agreement, visit.condition)
        and (command.host_department, command.actual_departure) == (visit.host_department, visit.actual_departure)
        and set(command.visitors) == {each.person for each in visit.going}
        and (command.purpose, command.report) == (visit.purpose, visit.report)
    )


def _department_text(visit: Visit, known: Known) -> str:
    site = known.site_by_id(visit.host_site)
    names = {each.id: writable(each.names["en"]) for each in site.departments} if site else {}
    name = names.get(visit.host_department)
    return name if name is not None and list(names.values()).count(name) == 1 else visit.host_department


def stand_ins(row: Row, _: Known) -> dict[str, str]:
    """What the cells that have to be there might say; for somebody or something that nobody knows nothing does."""
    return {"departure": row.cells["arrival"], "purpose": "-"}


ROWS = Rows(key, stands, plan, COLUMN_OF, stand_ins)
