"""What a type's fields are made of; the tables beside this file read as a form does."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.research.domain.details.kinds import YEARS, Address, Day, Kind, Number, OneOf, Text, Written, YesOrNo
from services.research.domain.details.parts import Amount, Organisation, Several


@dataclass(frozen=True)
class Field:
    """`is_needed`: an outcome of the type says it, or says nothing in detail. `not_before`: an earlier day's field."""

    kind: Kind
    is_needed: bool = False
    not_before: str = ""


Fields = Mapping[str, Field]
"""By name, in the order in which a form asks."""

LINE, PROSE, DAY, ADDRESS, AMOUNT, ORGANISATION = (
    Text(),
    Text(2000, prose=True),
    Day(),
    Address(),
    Amount(),
    Organisation(),
)
ORGANISATIONS, COUNT, YEAR, YES_OR_NO = Several(ORGANISATION), Number(), Number(YEARS[0], YEARS[-1]), YesOrNo()
PUBMED_ID = Written(r"[1-9][0-9]{0,8}", "NotAPubMedId", "31452104")
REACH = OneOf(("local", "regional", "national", "international"))


def one_of(*codes: str) -> OneOf:
    return OneOf(codes)


def needed(kind: Kind, *, not_before: str = "") -> Field:
    return Field(kind, is_needed=True, not_before=not_before)


def maybe(kind: Kind, *, not_before: str = "") -> Field:
    return Field(kind, not_before=not_before)
