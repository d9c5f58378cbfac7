"""BibTeX written: what is read as the same references, and by other programs as theirs."""

import re
from collections.abc import Iterable

from services.research.adapters.references.bibtex_names import OTHERS, written
from services.research.adapters.references.bibtex_reading import ROLES, VERBATIM, read_bibtex
from services.research.adapters.references.bibtex_table import TABLE, WRITTEN_AS
from services.research.adapters.references.bibtex_values import MONTHS
from services.research.adapters.references.latex import encoded, written_verbatim
from services.research.adapters.references.places import said_of
from services.research.adapters.references.rest import FIELD, rest_of
from services.research.domain.details.amounts import Decimals
from services.research.domain.references import Reference

_NAME = re.compile(r"[a-z][a-z0-9_.:+-]*")
_NOT_IN_A_KEY = re.compile(r"[^\w.:/+-]")


def write_bibtex(references: Iterable[Reference], decimals: Decimals) -> str:
    keys: set[str] = set()
    return "\n".join(_entry(each, _key(each.label, keys), decimals) for each in references)


def _key(label: str, taken: set[str]) -> str:
    """One that no entry before has."""
    plain = _NOT_IN_A_KEY.sub("", label) or "reference"
    key, number = plain, len(taken)
    while key.lower() in taken:
        number += 1
        key = f"{plain}-{number}"
    taken.add(key.lower())
    return key


def _entry(reference: Reference, key: str, decimals: Decimals) -> str:
    told = _written(reference, key, "")
    found = next(read_bibtex(told, decimals), None)
    rest = rest_of(reference, found if isinstance(found, Reference) else Reference("", "publication", ""))
    return _written(reference, key, rest) if rest else told


def _written(reference: Reference, key: str, rest: str) -> str:
    kind, said = said_of(TABLE, reference)
    fields = {name: written(names) for name, names in _names(reference, said) if names}
    names = WRITTEN_AS.get(kind, {})
    fields |= {
        names.get(name, name): written_verbatim(text) if name in VERBATIM else encoded(text)
        for name, text in said.items()
        if name not in ROLES and name != FIELD and _NAME.fullmatch(name)
    }
    if rest:
        fields[FIELD] = encoded(rest)
    lines = (f"  {name} = {_value(name, text)}" for name, text in fields.items())
    return f"@{kind if _NAME.fullmatch(kind) else 'misc'}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _names(reference: Reference, said: dict[str, str]) -> Iterable[tuple[str, list[str]]]:
    for field, role in ROLES.items():
        named = [each.name for each in reference.contributors if each.role == role]
        yield field, [*named, OTHERS] if said.get(field) == OTHERS else named


def _value(name: str, text: str) -> str:
    return text if name == "month" and text in MONTHS else f"{{{text}}}"
