"""How the diary's entries are called elsewhere: letters, digits, `-` and `.`, at most 64 of them (FHIR R4, `id`).

| what | name |
|---|---|
| a visit, a site, a department | `vis-…`, `sit-…`, `dep-…`: the id, its `_` written `-` |
| a consultation's session | `con-….20261201T0315Z`: with when it was first to begin, which names it for good |
| what somebody said of a meeting, and their time held for it | the meeting, `.`, and who they are in it |
| a person at a site | `per-….` and twelve digits made of the site |
| their free time | the person at the site, `.`, and when it begins |
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from chassis.kernel.errors import Unknown
from chassis.kernel.ids import derived

DIGITS = 12
_FORM = re.compile(r"([a-z]{3})-([0-9a-z-]{1,60})((?:\.[0-9A-Za-z-]+)*)")
_MOMENT = "%Y%m%dT%H%MZ"


@dataclass(frozen=True)
class Name:
    """A name taken apart: the document's id, and what stands behind it."""

    document: str
    rest: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """`vis`, `con`, `per` and so on."""
        return self.document[:3]


def name_of(document_id: str, *rest: str) -> str:
    """The name that `read` takes apart again."""
    return ".".join((document_id.replace("_", "-", 1), *rest))


def read(name: str, *kinds: str, rest: int) -> Name:
    """The parts of a name of one of these kinds, with so many behind the id. Raises `Unknown` for any other."""
    found = _FORM.fullmatch(name)
    parts = tuple(found[3].split(".")[1:]) if found else ()
    if found is None or found[1] not in kinds or len(parts) != rest:
        raise Unknown(kind="entry", id=name[:64])
    return Name(f"{found[1]}_{found[2]}", parts)


def digits_of(document_id: str) -> str:
    """Twelve digits that stand for the id where there is no room for all of it."""
    return derived("diary", document_id)[:DIGITS]


def moment_of(moment: datetime) -> str:
    """The moment as a part of a name, to the minute, UTC."""
    return moment.astimezone(UTC).strftime(_MOMENT)


def moment_in(part: str) -> datetime | None:
    """The moment that a part of a name tells, if it tells one."""
    try:
        return datetime.strptime(part, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


def role_name(person: str, site: str) -> str:
    """What the person at the site is called."""
    return name_of(person, digits_of(site))


def role_in(name: str) -> Name | None:
    """The parts of the name of a person at a site; `None` where it is none."""
    try:
        return read(name, "per", rest=1)
    except Unknown:
        return None
