"""The names of CSL-JSON and of Crossref, and ours: `Family, Given`, `Family, Given, Jr`, or a name without parts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.research.adapters.references.texts import plain
from services.research.domain.contributors import Contributor, ContributorRole
from services.research.domain.orcid import orcid_in
from services.research.domain.references import Remark
from services.research.domain.refusals import InvalidOrcid

ROLES: Mapping[str, ContributorRole] = {"author": "author", "editor": "editor", "translator": "translator"}
_BEFORE = ("dropping-particle", "non-dropping-particle", "family")
_NAMED_BY = frozenset({*_BEFORE, "given", "suffix", "literal", "name"})
Json = dict[str, Any]


def contributors_of(item: Json, remarks: list[Remark]) -> Iterator[Contributor]:
    """Whoever has a name. What else is said of them stays in the item; nothing where there is nothing else."""
    for variable, role in ROLES.items():
        people = item.get(variable)
        if not isinstance(people, list) or not all(isinstance(each, dict) and _name(each) for each in people):
            continue
        left: list[Json] = []
        for person in people:
            orcid = _orcid(person, variable, remarks)
            yield Contributor(_name(person), role, orcid=orcid)
            known = _NAMED_BY | {"ORCID"} if orcid else _NAMED_BY
            left.append({name: value for name, value in person.items() if name not in known})
        del item[variable]
        if any(left):
            item[variable] = left


def people_of(contributors: Sequence[Contributor], left: Json) -> Json:
    """The variables that name them, with what else was said of each."""
    found: Json = {}
    for variable, role in ROLES.items():
        named = [_person(each) for each in contributors if each.role == role]
        more = left.get(variable)
        if isinstance(more, list) and len(more) == len(named) and all(isinstance(each, dict) for each in more):
            named = [{**each, **person} for each, person in zip(more, named, strict=True)]
        if named:
            found[variable] = named
    return found


def _name(person: Json) -> str:
    parts = {name: plain(value).strip() for name, value in person.items() if isinstance(value, str)}
    family = " ".join(parts[name] for name in _BEFORE if parts.get(name))
    whole = [family, parts.get("given", ""), parts.get("suffix", "")]
    return ", ".join(each for each in whole if each) or parts.get("literal", "") or parts.get("name", "")


def _orcid(person: Json, variable: str, remarks: list[Remark]) -> str:
    said = person.get("ORCID")
    try:
        return orcid_in(said) if isinstance(said, str) else ""
    except InvalidOrcid as invalid:
        remarks.append(Remark(f"csl:{variable}", invalid.name))
        return ""


def _person(contributor: Contributor) -> Json:
    parts = contributor.name.split(", ")
    named = zip(("family", "given", "suffix"), parts, strict=False)
    person = dict(named) if len(parts) in (2, 3) else {"literal": contributor.name}
    return person | ({"ORCID": contributor.orcid} if contributor.orcid else {})
