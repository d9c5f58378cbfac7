"""RIS read and written."""

import re
from collections.abc import Iterable, Iterator, Mapping

from services.research.adapters.references.places import PUBLICATION, Record, reference_of, said_of
from services.research.adapters.references.rest import FIELD, rest_of, with_rest
from services.research.adapters.references.ris_lines import END, START, Lines, records_in
from services.research.adapters.references.ris_table import TABLE
from services.research.adapters.references.shown import shown
from services.research.adapters.references.texts import UNREADABLE
from services.research.domain.contributors import Contributor, ContributorRole
from services.research.domain.details.amounts import Decimals
from services.research.domain.references import Reference, Remark, Unreadable

ROLES: Mapping[str, ContributorRole] = {
    "AU": "author",
    "A1": "author",
    "ED": "editor",
    "A2": "editor",
    "A4": "translator",
}
_WRITTEN_ROLES: Mapping[ContributorRole, str] = {"author": "AU", "editor": "A2", "translator": "A4"}
LABEL, REST = "ID", "U5"
"""`U5` is the user's to define: what is ours there begins with our name."""
_TAG = re.compile("[A-Z][A-Z0-9]")
_BREAK = re.compile("\n+")
_DAY = re.compile("([0-9]{4})[/-]([0-9]{2})[/-]([0-9]{2})/?")
_DATED = re.compile("([0-9]{4})((?:[/-].*)?)")
_RANGE = re.compile("([^-\n]+)-([^-\n]+)")


def read_ris(text: str, decimals: Decimals) -> Iterator[Reference | Unreadable]:
    """In the file's order."""
    for lines in records_in(text):
        if lines.tagged:
            yield _read(lines, decimals)
        else:
            yield Unreadable(f"line {lines.number}", "", "OutsideRecord", shown("\n".join(lines.stray)))


def write_ris(references: Iterable[Reference], decimals: Decimals) -> str:
    return "\n".join(_record(each, decimals) for each in references)


def _read(lines: Lines, decimals: Decimals) -> Reference | Unreadable:
    values = lines.values
    told = "\n".join(f"{tag}  - {value}" for tag, value in values)
    (_, kind), *rows = values
    said = _said(rows)
    label, rest = said.pop(LABEL, ""), said.pop(FIELD, "")
    if UNREADABLE in told:
        return Unreadable(f"line {lines.number}", label, "Undecodable", shown(told))
    _normalise(said, is_published=TABLE.type_of(kind).type == PUBLICATION)
    contributors = tuple(Contributor(name, ROLES[tag]) for tag, name in rows if tag in ROLES and name)
    remarks = [] if lines.is_ended else [Remark("ris:ER", "MissingEnd")]
    reference = reference_of(TABLE, Record(label, kind, said, contributors, remarks=remarks), decimals)
    if rest:
        reference = with_rest(reference, rest, decimals)
    return reference if reference.title else Unreadable(f"line {lines.number}", label, "NoTitle", shown(told))


def _said(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By tag, a line for each time that it stands there; and what is ours by our name."""
    found: dict[str, list[str]] = {}
    for tag, value in rows:
        if tag == REST and value.startswith(f"{FIELD} "):
            found[FIELD] = [value.removeprefix(f"{FIELD} ")]
        elif tag not in ROLES and value:
            found.setdefault(tag, []).append(value)
    return {tag: "\n".join(told) for tag, told in found.items()}


def _normalise(said: dict[str, str], *, is_published: bool) -> None:
    """Pages as `296-303`; days by ISO 8601, and beside that of a publication its year."""
    if all("\n" not in said.get(tag, "\n") for tag in ("SP", "EP")):
        said["SP"] = f"{said['SP']}-{said.pop('EP')}"
    for tag in ("PY", "Y1"):
        if (dated := _DATED.fullmatch(said.get(tag, ""))) and ("DA" not in said or not dated[2].strip("/")):
            if dated[2].strip("/"):
                said["DA"] = said[tag]
            said[tag] = dated[1]
    if day := _DAY.fullmatch(said.get("DA", "")):
        said["DA"] = "-".join(day.groups())
        if is_published:
            said.setdefault("PY", day[1])


def _record(reference: Reference, decimals: Decimals) -> str:
    told = _written(reference, "")
    found = next(read_ris(told, decimals), None)
    rest = rest_of(reference, found if isinstance(found, Reference) else Reference("", "publication", ""))
    return _written(reference, rest) if rest else told


def _written(reference: Reference, rest: str) -> str:
    kind, said = said_of(TABLE, reference)
    values = [(START, kind), (LABEL, reference.label)]
    values += [(_WRITTEN_ROLES[each.role], each.name) for each in reference.contributors if each.role in _WRITTEN_ROLES]
    for tag, text in _with_pages_apart(said).items():
        if _TAG.fullmatch(tag) and tag not in ROLES and tag not in (START, END):
            values += [(tag, value) for value in text.split("\n")]
    if rest:
        values.append((REST, f"{FIELD} {rest}"))
    return "".join(f"{tag}  - {_BREAK.sub(' ', value)}\n" for tag, value in [*values, (END, "")] if value or tag == END)


def _with_pages_apart(said: dict[str, str]) -> dict[str, str]:
    pages = _RANGE.fullmatch(said.get("SP", ""))
    return said | {"SP": pages[1], "EP": pages[2]} if pages and "EP" not in said else said
