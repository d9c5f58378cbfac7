"""Rows of a sheet: one for each outcome."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import get_args

from chassis.kernel.cells import joined, separated
from services.research.adapters.references.places import Record, reference_of, said_of
from services.research.adapters.references.rest import FIELD, rest_of, with_rest
from services.research.adapters.references.sheet_table import (
    ALWAYS,
    CONTRIBUTORS,
    DETAILS,
    LABEL,
    ORGANISATIONS,
    TABLE,
    TYPE,
)
from services.research.adapters.references.shown import shown
from services.research.domain.contributors import Contributor, ContributorRole
from services.research.domain.details.amounts import Decimals
from services.research.domain.details.types import FIELDS_OF
from services.research.domain.orcid import orcid_in
from services.research.domain.organisations import Organisation
from services.research.domain.references import Reference, Remark, Unreadable
from services.research.domain.refusals import InvalidOrcid, InvalidRor
from services.research.domain.ror import ror_in

MOST_ALSO = 40
"""Further columns that we write; what has none stands in that of ours."""
_OF_A_FORMAT = re.compile("(?:bibtex|ris|csl):.+", re.DOTALL)
_CONTRIBUTOR = re.compile(r"(.*?)(?: \[([a-z-]+)\])?(?: <(https?://[^<> ]+)>)?", re.DOTALL)
_ORGANISATION = re.compile(r"(.*?)(?: <(https?://[^<> ]+)>)?", re.DOTALL)
_ROLES: Mapping[str, ContributorRole] = {role: role for role in get_args(ContributorRole)}
Row = dict[str, str]


def read_row(place: str, row: Row, decimals: Decimals) -> Reference | Unreadable:
    """What the cells say, by the columns' names; empty ones are left out."""
    said = {name: text for name, cell in row.items() if (text := cell.strip())}
    label, kind, rest = said.pop(LABEL, ""), said.pop(TYPE, "publication").lower(), said.pop(FIELD, "")
    if kind not in FIELDS_OF:
        return Unreadable(place, label, "UnknownType", shown(kind))
    remarks: list[Remark] = []
    also = {name: said.pop(name) for name in list(said) if _OF_A_FORMAT.fullmatch(name)}
    contributors = _contributors(said, remarks)
    organisations = _organisations(said, remarks)
    record = Record(label, kind, said, contributors, organisations, remarks)
    reference = reference_of(TABLE, record, decimals)
    reference = replace(reference, also={**reference.also, **also})
    if rest:
        reference = with_rest(reference, rest, decimals)
    return reference if reference.title else Unreadable(place, label, "NoTitle", shown("; ".join(row.values())))


def rows_of(references: Iterable[Reference], decimals: Decimals) -> tuple[list[str], list[Row]]:
    """The columns that are needed, and the rows. What is read of a row is the reference that it was made of."""
    told = list(references)
    columns = _columns(told)
    rows = [_row(each, columns, decimals) for each in told]
    used = {name for row in rows for name in row}
    return [name for name in (*ALWAYS, *columns, FIELD) if name in ALWAYS or name in used], rows


def _columns(references: list[Reference]) -> list[str]:
    names = dict.fromkeys(name for each in references for name in _also_columns(each).values())
    return [*DETAILS, *list(names)[:MOST_ALSO]]


def _also_columns(reference: Reference) -> dict[str, str]:
    """By the name under `also`, the column: a sheet's own columns by their bare names."""
    found = {}
    for name in reference.also:
        bare = name.removeprefix("sheet:")
        is_ours = bare in (*ALWAYS, *DETAILS, FIELD) or bare != bare.strip() or not bare
        if _OF_A_FORMAT.fullmatch(name) or (bare != name and not is_ours and not _OF_A_FORMAT.fullmatch(bare)):
            found[name] = bare
    return found


def _row(reference: Reference, columns: list[str], decimals: Decimals) -> Row:
    kind, said = said_of(TABLE, reference)
    row = {
        LABEL: reference.label,
        TYPE: kind,
        **said,
        CONTRIBUTORS: joined(list(map(_contributor, reference.contributors))),
    }
    row[ORGANISATIONS] = joined([_organisation(each.name, each.ror) for each in reference.organisations])
    row |= {name: reference.also[also] for also, name in _also_columns(reference).items()}
    row = {name: text for name, text in row.items() if text and name in (*ALWAYS, *columns)}
    read = read_row("", row, decimals)
    rest = rest_of(reference, read if isinstance(read, Reference) else Reference("", "publication", ""))
    return row | ({FIELD: rest} if rest else {})


def _contributor(contributor: Contributor) -> str:
    role = f" [{contributor.role}]" if contributor.role != "author" else ""
    return contributor.name + role + (f" <{contributor.orcid}>" if contributor.orcid else "")


def _organisation(name: str, ror: str) -> str:
    return f"{name} <{ror}>" if ror else name


def _contributors(said: Row, remarks: list[Remark]) -> tuple[Contributor, ...]:
    """`Family, Given [editor] <https://orcid.org/…>; …`: without a role an author."""
    found = []
    try:
        for each in separated(said.get(CONTRIBUTORS, "")):
            name, role, orcid = _parts(_CONTRIBUTOR, each)
            known = _ROLES.get(role or "author")
            found.append(Contributor(name if known else f"{name} [{role}]", known or "author", orcid=orcid_in(orcid)))
    except InvalidOrcid as invalid:
        remarks.append(Remark(f"sheet:{CONTRIBUTORS}", invalid.name))
        return ()
    said.pop(CONTRIBUTORS, None)
    return tuple(found)


def _organisations(said: Row, remarks: list[Remark]) -> tuple[Organisation, ...]:
    try:
        parts = [_parts(_ORGANISATION, each) for each in separated(said.get(ORGANISATIONS, ""))]
        found = tuple(Organisation(name, ror_in(ror)) for name, ror in parts)
    except InvalidRor as invalid:
        remarks.append(Remark(f"sheet:{ORGANISATIONS}", invalid.name))
        return ()
    said.pop(ORGANISATIONS, None)
    return found


def _parts(form: re.Pattern[str], text: str) -> tuple[str, ...]:
    found = form.fullmatch(text)
    return found.groups("") if found else (text, *[""] * (form.groups - 1))
