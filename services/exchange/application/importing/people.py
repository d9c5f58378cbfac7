"""Rows of the sheet of people."""

from typing import Any

from chassis.kernel.actor import Actor
from chassis.kernel.cells import joined, separated, writable
from chassis.kernel.errors import NotAllowed, Unknown
from services.exchange.application.commands.change_person import ChangePerson, change_person
from services.exchange.application.commands.person_parts import Particulars
from services.exchange.application.commands.register_person import RegisterPerson, register_person
from services.exchange.application.importing.cells import day
from services.exchange.application.importing.deciding import Rows
from services.exchange.application.importing.knowing import Ambiguous, Known, says_the_same
from services.exchange.application.importing.reading import Reading
from services.exchange.application.importing.work import Work, changing, planned
from services.exchange.domain.importing_rows import NEW, UNCHANGED, Planned, Row
from services.exchange.domain.permissions.directory import sees_particulars
from services.exchange.domain.person import Person
from services.exchange.domain.site import Department

COLUMN_OF = {
    "UnknownZone": "zone",
    "BirthDateImpossible": "birth_date",
    "NotADepartmentOfTheirs": "home_department",
}
"""Refusal or field -> column, where they are called differently."""
SEEN_BY_SOME = ("birth_date", "sex")
"""Columns that only those may see, and compare with, who may see a person's particulars."""


def key(row: Row, _: Known | None = None) -> str:
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
        "fields": joined(person.fields),
        "languages": joined(person.languages),
        "home_department": _home_text(person, known),
        "birth_date": person.birth_date.isoformat() if person.birth_date else "",
        "sex": person.sex or "",
    }


def stands(row: Row, known: Known, work: Work) -> bool:
    """Whether somebody stored is exactly this."""
    there = [each.state for each in known.people_at(key(row)) if _may_compare(row, each.state, work.actor)]
    return any(says_the_same(row, cells(each, known)) for each in there)


def plan(row: Row, named: str, known: Known, work: Work, reading: Reading) -> Planned:
    """Registers or changes the person. Raises `Unsound` and whatever the commands refuse."""
    there = known.people_at(named)
    if len(there) > 1:
        raise Ambiguous(kind="person", id=named)
    if not there:
        command = reading.command(RegisterPerson, _fields(row, known, reading))
        register_person(command, work.context(row.sheet, named), work.people, work.sites)
        return planned(row, named, NEW)
    person = there[0]
    seen = {"person_id": person.id, "expected_version": person.version}
    fields = _standing(person.state) | _fields(row, known, reading, person.state) | seen
    with reading.row():
        _must_be_comparable(row, person.state, work.actor)
    change = reading.command(ChangePerson, fields)
    if change.state() == _standing(person.state):
        return planned(row, named, UNCHANGED)
    change_person(change, work.context(row.sheet, named, person.version), work.people, work.sites)
    after = work.people.load(person.id).state
    return changing(row, named, cells(person.state, known), cells(after, known), person.version)


def _may_compare(row: Row, person: Person, actor: Actor) -> bool:
    """Whoever may not see a birth date may not find it out by guessing either."""
    return sees_particulars(actor, person, ()) or not any(column in row.cells for column in SEEN_BY_SOME)


def _must_be_comparable(row: Row, person: Person, actor: Actor) -> None:
    """Raises `NotAllowed`."""
    if not _may_compare(row, person, actor):
        raise NotAllowed(action="change_person", needs="who may see birth date and sex")


def _standing(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in Particulars.model_fields}


def _fields(row: Row, known: Known, reading: Reading, before: Person | None = None) -> dict[str, Any]:
    """The command's fields that the row speaks of: a column that is not there says nothing."""
    fields: dict[str, Any] = dict(row.cells)
    for column in ("fields", "languages"):
        if column in fields:
            fields[column] = separated(fields[column])
    if "sites" in fields:
        with reading.column("sites"):
            fields["sites"] = tuple(known.site(text).id for text in separated(fields["sites"]))
    home = fields.pop("home_department", None)
    # Of sites that nobody knows it is not known either which departments they have.
    if home is not None and "sites" not in reading.refused:
        with reading.column("home_department"):
            fields["home_department"] = _home(home.strip(), fields.get("sites", before.sites if before else ()), known)
    if "birth_date" in fields:
        with reading.column("birth_date"):
            fields["birth_date"] = day(fields["birth_date"]) if fields["birth_date"] else None
    if "sex" in fields:
        fields["sex"] = fields["sex"] or None
    return fields


def _home(text: str, sites: tuple[str, ...], known: Known) -> str | None:
    """The id of the department of these sites that a cell names. Raises `Unknown`, `Ambiguous`."""
    if not text:
        return None
    found = [each.id for each in _departments(sites, known) if text in (writable(each.names["en"]), each.id)]
    if len(found) != 1:
        raise (Ambiguous if found else Unknown)(kind="department", id=text)
    return found[0]


def _home_text(person: Person, known: Known) -> str:
    departments = _departments(person.sites, known)
    names = {each.id: writable(each.names["en"]) for each in departments}
    name = names.get(person.home_department or "")
    return name if name and list(names.values()).count(name) == 1 else person.home_department or ""


def _departments(sites: tuple[str, ...], known: Known) -> list[Department]:
    # A site that stands twice among a person's is one.
    there = [site for each in dict.fromkeys(sites) if (site := known.site_by_id(each))]
    return [department for site in there for department in site.departments]


def stand_ins(row: Row, known: Known) -> dict[str, str]:
    """What is needed of somebody new; of who is there, what stands does."""
    if known.people_at(key(row)):
        return {"email": row.cells["email"]}
    site = known.sites[0].id if known.sites else ""
    return {"email": "-@-", "passport_name": "-", "local_name": "-", "language": "en", "zone": "Etc/UTC", "sites": site}


ROWS = Rows(key, stands, plan, COLUMN_OF, stand_ins, {"sites": ("home_department",)})
