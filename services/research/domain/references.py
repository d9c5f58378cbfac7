"""References: what records of a file say of outcomes, before anybody answers for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.research.domain.contributors import Contributor
from services.research.domain.details.types import Details
from services.research.domain.organisations import Organisation


@dataclass(frozen=True)
class Remark:
    """Something that a record says where it should say something else. It stands under `also` by this `name`, if at
    all; `why`: a name, such as `InvalidDoi`.
    """

    name: str
    why: str


@dataclass(frozen=True)
class Reference:
    """One record. `label`: what the file calls it: a citation key, an id.

    `details`: by the type's fields, as many as the record says, as it says them; what a type needs may be missing.
    `also`: what else it says, by the format's own name for it, such as `bibtex:keywords`; kept so that it can be
    written again. `remarks`: what was not understood; they belong to the file, not to what it tells.
    """

    label: str
    type: str
    title: str
    summary: str = ""
    doi: str = ""
    details: Details = field(default_factory=dict)
    contributors: tuple[Contributor, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    also: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Unreadable:
    """A record that says nothing one could keep. `place`: where it stands, such as `line 120`; `why`: a name."""

    place: str
    label: str
    why: str
    said: str
