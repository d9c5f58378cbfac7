"""Organisations that took part in an outcome beside the alliance's sites."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from services.research.domain.refusals import OrganisationNamedTwice
from services.research.domain.ror import ror_in


@dataclass(frozen=True)
class Organisation:
    """`ror`: `https://ror.org/0…`, or nothing where it has none."""

    name: str
    ror: str = ""


def organisations_of(told: Iterable[Organisation]) -> tuple[Organisation, ...]:
    """As told, their ids in the form that ROR shows. Raises `InvalidRor`, `OrganisationNamedTwice`."""
    named: set[str] = set()
    organisations = tuple(replace(each, ror=ror_in(each.ror)) for each in told)
    for organisation in organisations:
        if organisation.ror in named:
            raise OrganisationNamedTwice(name=organisation.name)
        named |= {organisation.ror} - {""}
    return organisations
