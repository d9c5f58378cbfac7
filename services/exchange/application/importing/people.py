"""Rows of the sheet of people."""

from chassis.commands import parsed
from services.exchange.application.commands.register_person import RegisterPerson, register_person
from services.exchange.application.importing.knowing import Ambiguous, Known, says_the_same
from services.exchange.application.importing.refusing import Differs
from services.exchange.application.importing.work import Work, differing, in_column, planned
from services.exchange.domain.importing import NEW, UNCHANGED, Planned, Row
from services.exchange.domain.importing_text import joined, separated
from services.exchange.domain.person import Person

COLUMN_OF = {"UnknownZone": "zone"}
"""Refusal or field -> column, where they are called differently."""


def key(row: Row) -> str:
    """What makes two rows the same person."""
    return row.cells["email"].strip().casefold()


def cells(person: Person, known: Known) -> dict[str, str]:
    """A person as a row. No passport."""
    return {
        "email": person.email,
        "passport_name": person.passport_name,
        "local_name": person.local_name,
        "language": person.language,
        "zone": person.zone,
        "sites": joined([known.site_text(site) for site in person.sites]),
    }


def stands(row: Row, known: Known, _: Work) -> bool:
    """Whether somebody stored is exactly this."""
    return any(says_the_same(row, cells(each.state, known)) for each in known.people_at(key(row)))


def plan(row: Row, known: Known, work: Work) -> Planned:
    """Registers who is not there. Raises `CellRefused` and whatever the command refuses."""
    there = known.people_at(key(row))
    with in_column("sites"):
        sites = [known.site(text).id for text in separated(row.cells["sites"])]
    command = parsed(RegisterPerson, {**row.cells, "sites": sites})
    if not there:
        register_person(command, work.context(row.sheet, key(row)), work.people, work.sites)
        return planned(row, key(row), NEW)
    if len(there) > 1:
        raise Ambiguous(kind="person", id=key(row))
    if all(getattr(there[0].state, name) == value for name, value in command.model_dump().items()):
        return planned(row, key(row), UNCHANGED)
    raise Differs(columns=list(differing(row, cells(there[0].state, known))))
