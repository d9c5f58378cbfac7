"""A format as one table that is read both ways: where its records say a thing, and what we call it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from chassis.kernel.errors import Refusal
from services.research.adapters.references.cells import text_of, value_of
from services.research.domain.contributors import Contributor
from services.research.domain.details.amounts import Decimals
from services.research.domain.details.types import FIELDS_OF
from services.research.domain.details.unfit import Unfit
from services.research.domain.doi import doi_in
from services.research.domain.organisations import Organisation
from services.research.domain.references import Reference, Remark

PUBLICATION = "publication"
TEXTS = ("title", "summary", "doi")
"""What every type says; whatever else a place holds is a detail."""


def as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True)
class Place:
    """`theirs`: the names under which it may stand, written under the first. `read`, `write`: of its text."""

    ours: str
    theirs: tuple[str, ...]
    read: Callable[[str], str] = as_it_is
    write: Callable[[str], str] = as_it_is


@dataclass(frozen=True)
class KindOf:
    """What one of the format's own types is to us. The first line of it holds on the way in, the first of ours out."""

    theirs: str
    type: str
    kind: str


@dataclass
class Record:
    """What one record says, decoded: `kind` is its type by the format; `said`, by the format's names, no empty text.

    `also`: what it says by the same names that no place takes.
    """

    label: str
    kind: str
    said: dict[str, str]
    contributors: tuple[Contributor, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    remarks: list[Remark] = field(default_factory=list)
    also: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """`prefix` of its names under `also`; `kind_name`: what it calls a record's type there.

    `repeats`: several values of one name stand in one text, each in a line of its own.
    """

    prefix: str
    kind_name: str
    kinds: tuple[KindOf, ...]
    texts: tuple[Place, ...]
    details: Mapping[str, tuple[Place, ...]]
    repeats: bool = False

    def places(self, outcome_type: str) -> tuple[Place, ...]:
        return self._places[outcome_type]

    def type_of(self, theirs: str) -> KindOf:
        """What we make of one of its types; of one that it does not have, some publication."""
        return self._read.get(theirs) or KindOf(theirs, PUBLICATION, "other")

    def kind_of(self, outcome_type: str, kind: str) -> str:
        """Its type for one of ours: for the kind, else for the type, else for what has none."""
        written = self._written
        return written.get((outcome_type, kind)) or written.get((outcome_type, "")) or written[(PUBLICATION, "other")]

    @cached_property
    def _places(self) -> dict[str, tuple[Place, ...]]:
        return {each: (*self.texts, *self.details.get(each, ())) for each in FIELDS_OF}

    @cached_property
    def _read(self) -> dict[str, KindOf]:
        return {each.theirs: each for each in reversed(self.kinds)}

    @cached_property
    def _written(self) -> dict[tuple[str, str], str]:
        by_type = {(each.type, ""): each.theirs for each in reversed(self.kinds)}
        return by_type | {(each.type, each.kind): each.theirs for each in reversed(self.kinds)}


def reference_of(table: Table, record: Record, decimals: Decimals) -> Reference:
    """What its places say; all else stands under `also`. There may be no title."""
    known = table.type_of(record.kind)
    found = {place.ours: value for place, value in _found(table, known.type, record, decimals)}
    also = {f"{table.prefix}:{name}": text for name, text in {**record.also, **record.said}.items()}
    if table.kind_of(known.type, known.kind) != record.kind:
        also[f"{table.prefix}:{table.kind_name}"] = record.kind
    title, summary, doi = (found.pop(name, "") for name in TEXTS)
    return Reference(
        record.label,
        known.type,
        title,
        summary,
        doi,
        {"kind": known.kind, **found} if known.kind else found,
        record.contributors,
        record.organisations,
        also,
        tuple(record.remarks),
    )


def _found(table: Table, outcome_type: str, record: Record, decimals: Decimals) -> Iterator[tuple[Place, Any]]:
    """What was understood is taken out of what the record says; of several lines the first."""
    said = record.said
    for place in table.places(outcome_type):
        for name in place.theirs:
            if name not in said:
                continue
            text, more = said[name], ""
            if table.repeats:
                text, _, more = text.partition("\n")
            try:
                yield place, _value(outcome_type, place, text, decimals)
            except (Unfit, Refusal) as unfit:
                record.remarks.append(Remark(f"{table.prefix}:{name}", why(unfit)))
                continue
            del said[name]
            if more:
                said[name] = more
            break


def said_of(table: Table, reference: Reference) -> tuple[str, dict[str, str]]:
    """The record's type by the format, and what its places say, with what stands under `also` by its names."""
    outcome_type, own = reference.type, dict(_also(table, reference))
    kind = own.pop(table.kind_name, "")
    if not kind or table.type_of(kind).type != outcome_type:
        kind = table.kind_of(outcome_type, reference.details.get("kind", ""))
    said: dict[str, str] = {}
    for place in table.places(outcome_type):
        if text := place.write(_text(reference, place.ours)):
            said[place.theirs[0]] = text.replace("\n", " ") if table.repeats else text
    for name, text in own.items():
        if name not in said:
            said[name] = text
        elif table.repeats:
            said[name] += f"\n{text}"
    return kind, said


def why(unfit: Unfit | Refusal) -> str:
    return unfit.why if isinstance(unfit, Unfit) else unfit.name


def _also(table: Table, reference: Reference) -> Iterator[tuple[str, str]]:
    start = f"{table.prefix}:"
    return ((name.removeprefix(start), text) for name, text in reference.also.items() if name.startswith(start))


def _value(outcome_type: str, place: Place, text: str, decimals: Decimals) -> Any:
    read, ours = place.read(text), place.ours
    if ours not in TEXTS:
        return value_of(FIELDS_OF[outcome_type][ours].kind, read, decimals)
    return doi_in(read) if ours == "doi" else read


def _text(reference: Reference, ours: str) -> str:
    if ours in TEXTS:
        return str(getattr(reference, ours))
    if ours not in reference.details:
        return ""
    return text_of(FIELDS_OF[reference.type][ours].kind, reference.details[ours])
