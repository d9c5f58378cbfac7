"""What a record of another format has no place for, carried in one field of ours beside the rest.

It holds each thing with what the format's own fields say of it instead: where those have been changed since, by another
program, they hold. So nobody's correction is undone by what stood here before.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from chassis.kernel.errors import Refusal
from services.research.adapters.references.json_texts import loaded
from services.research.adapters.references.texts import is_plain
from services.research.domain.contributors import Contributor, ContributorRole
from services.research.domain.details.amounts import Decimals
from services.research.domain.details.types import FIELDS_OF
from services.research.domain.details.unfit import Unfit
from services.research.domain.doi import doi_in
from services.research.domain.orcid import orcid_in
from services.research.domain.organisations import Organisation
from services.research.domain.references import Reference, Remark
from services.research.domain.ror import ror_in

FIELD = "khunjerab"
_DETAIL, _ALSO = "details.", "also."
_ROLES = frozenset(get_args(ContributorRole))
Flat = dict[str, Any]


def rest_of(reference: Reference, told: Reference) -> str:
    """What makes of the reference that the format tells the one that is meant; nothing where they are the same."""
    is_meant, stood = _flat(reference), _flat(told)
    names = {**stood, **is_meant}
    changed = {name: [stood.get(name), is_meant.get(name)] for name in names if stood.get(name) != is_meant.get(name)}
    return json.dumps(changed, ensure_ascii=False, separators=(",", ":")) if changed else ""


def with_rest(told: Reference, rest: str, decimals: Decimals) -> Reference:
    """The reference that is meant. What makes no sense is left out, with a remark."""
    try:
        changed = loaded(rest)
        is_ours = all(isinstance(each, list) and len(each) == 2 for each in changed.values())
    except (ValueError, RecursionError, AttributeError):
        is_ours = False
    if not is_ours:
        return replace(told, remarks=(*told.remarks, Remark(FIELD, "NotOurs")))
    stands = _flat(told)
    holds = {name: is_meant for name, (stood, is_meant) in changed.items() if stands.get(name) == stood}
    meant = {name: value for name, value in {**stands, **holds}.items() if value is not None}
    return _reference(meant, told, decimals)


def _flat(reference: Reference) -> Flat:
    return {
        **{name: getattr(reference, name) for name in ("label", "type", "title", "summary", "doi")},
        **{_DETAIL + name: value for name, value in reference.details.items()},
        "contributors": [[each.name, each.role, each.orcid] for each in reference.contributors],
        "organisations": [[each.name, each.ror] for each in reference.organisations],
        **{_ALSO + name: text for name, text in reference.also.items()},
    }


def _reference(meant: Flat, told: Reference, decimals: Decimals) -> Reference:
    outcome_type: str = meant["type"] if meant.get("type") in list(FIELDS_OF) else told.type
    texts = {
        name: meant[name] if _is_text(meant.get(name)) else getattr(told, name)
        for name in ("label", "title", "summary")
    }
    return replace(
        told,
        **texts,
        type=outcome_type,
        doi=meant["doi"] if _is_normal(doi_in, meant.get("doi")) else told.doi,
        details=dict(_details(outcome_type, meant, decimals)),
        contributors=_contributors(meant.get("contributors"), told),
        organisations=_organisations(meant.get("organisations"), told),
        also={
            name.removeprefix(_ALSO): text
            for name, text in _of(meant, _ALSO).items()
            if _is_text(text) and is_plain(name)
        },
    )


def _of(meant: Flat, start: str) -> Flat:
    return {name: value for name, value in meant.items() if name.startswith(start)}


def _details(outcome_type: str, meant: Flat, decimals: Decimals) -> Iterator[tuple[str, Any]]:
    fields = FIELDS_OF[outcome_type]
    for name, value in _of(meant, _DETAIL).items():
        field = fields.get(name.removeprefix(_DETAIL))
        if field and _is_normal(lambda each, kind=field.kind: kind.read(each, decimals), value):
            yield name.removeprefix(_DETAIL), value


def _contributors(meant: Any, told: Reference) -> tuple[Contributor, ...]:
    if not _are_rows(meant, 3) or not all(role in _ROLES and _is_normal(orcid_in, orcid) for _, role, orcid in meant):
        return told.contributors
    return tuple(Contributor(name, role, orcid=orcid) for name, role, orcid in meant)


def _organisations(meant: Any, told: Reference) -> tuple[Organisation, ...]:
    if not _are_rows(meant, 2) or not all(_is_normal(ror_in, ror) for _, ror in meant):
        return told.organisations
    return tuple(Organisation(name, ror) for name, ror in meant)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and is_plain(value)


def _are_rows(meant: Any, width: int) -> bool:
    return isinstance(meant, list) and all(
        isinstance(row, list) and len(row) == width and all(map(_is_text, row)) for row in meant
    )


def _is_normal(read: Any, value: Any) -> bool:
    try:
        return bool(read(value) == value)
    except (Refusal, Unfit, AttributeError, TypeError):
        return False
