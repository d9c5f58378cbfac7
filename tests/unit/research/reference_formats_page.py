"""docs/research/reference-formats.md, made of the tables: `python -m tests.unit.research.reference_formats_page`."""

from collections.abc import Mapping

from services.research.adapters.references.bibtex_reading import ROLES as BIBTEX_ROLES
from services.research.adapters.references.bibtex_table import TABLE as BIBTEX
from services.research.adapters.references.bibtex_table import WRITTEN_AS
from services.research.adapters.references.csl_table import CROSSREF
from services.research.adapters.references.csl_table import TABLE as CSL
from services.research.adapters.references.places import Place, Table
from services.research.adapters.references.ris import ROLES as RIS_ROLES
from services.research.adapters.references.ris_table import TABLE as RIS
from services.research.adapters.references.sheet_table import ALWAYS, DETAILS
from tests.architecture.tree import ROOT

PAGE = ROOT / "docs/research/reference-formats.md"

_HEAD = """# The formats of references

Written by `python -m tests.unit.research.reference_formats_page` from the tables in
`services/research/adapters/references/`; a test fails when the two differ. What it means that a record is read or
written: [references](references.md). Of several types or fields in one row the first is written; all are read. Of
several rows with one of its types the first holds on the way in. A type that is not here is a publication of the kind
`other`.
"""


def page() -> str:
    """The whole page."""
    formats = (_format("BibTeX", BIBTEX, BIBTEX_ROLES), _written_as(), _format("RIS", RIS, RIS_ROLES))
    return "".join((_HEAD, *formats, _format("CSL-JSON", CSL, {}), _crossref(), _sheet()))


def _format(name: str, table: Table, roles: Mapping[str, str]) -> str:
    kinds: dict[tuple[str, str], list[str]] = {}
    for each in table.kinds:
        kinds.setdefault((each.type, each.kind), []).append(f"`{each.theirs}`")
    types = "".join(f"| {', '.join(theirs)} | {kind[0]} | `{kind[1]}` |\n" for kind, theirs in kinds.items())
    named = dict.fromkeys(roles.values())
    people = "".join(f"| {_names(roles, role)} | every | contributors: {role} |\n" for role in named)
    texts = "".join(_row(place, "every") for place in table.texts)
    details = "".join(_row(place, type_, "details.") for type_, places in table.details.items() for place in places)
    return (
        f"\n## {name}\n\n| its type | type | kind |\n|---|---|---|\n{types}"
        f"\n| its field | of | ours |\n|---|---|---|\n{people}{texts}{details}"
    )


def _names(roles: Mapping[str, str], role: str) -> str:
    return ", ".join(f"`{theirs}`" for theirs, ours in roles.items() if ours == role)


def _row(place: Place, type_: str, start: str = "") -> str:
    return f"| {', '.join(f'`{each}`' for each in place.theirs)} | {type_} | `{start}{place.ours}` |\n"


def _written_as() -> str:
    told = "; ".join(
        f"in `{kind}` `{field}` is `{written}`"
        for kind, names in WRITTEN_AS.items()
        for field, written in names.items()
    )
    return f"\nWritten otherwise: {told}.\n"


def _crossref() -> str:
    told = ", ".join(f"`{theirs}` is `{ours}`" for theirs, ours in CROSSREF.items())
    return (
        "\n`issued-year` and `issued-day` are what `issued` says, or `published` with Crossref. Names are objects, an"
        f" ORCID iD of theirs in `ORCID`. Types of Crossref: {told}.\n"
    )


def _sheet() -> str:
    always, details = (", ".join(f"`{each}`" for each in names) for names in (ALWAYS, DETAILS))
    return (
        f"\n## CSV and XLSX\n\nThe columns of every sheet of ours: {always}. `type` is one of the"
        " [sixteen](outcome-types.md), a publication where it is empty. Then those of the type's fields that are used:"
        f" {details}. A column `bibtex:keywords` is what another format says; one by any other name is kept as"
        " `sheet:Name`.\n"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
