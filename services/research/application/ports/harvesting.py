"""What is needed so that catalogues can harvest: what is public with when it changed, and answers in XML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.research.domain.harvesting.arguments import Asked
from services.research.domain.harvesting.named import Named
from services.research.domain.harvesting.tokens import Mark
from services.research.domain.harvesting.wrong import Wrong
from services.research.domain.outcome import Outcome


@dataclass(frozen=True)
class Stamped:
    """What is public or was, and when it last changed."""

    what: Outcome | Named
    changed_at: datetime

    @property
    def mark(self) -> Mark:
        return Mark(self.changed_at, self.what.id)


class PublicOutcomes(Protocol):
    """The outcomes that are public, and those that were."""

    def page(
        self,
        types: Sequence[str] | None,
        *,
        since: datetime | None,
        before: datetime | None,
        after: Mark | None,
        limit: int,
    ) -> list[Stamped]:
        """Those that changed longest ago, behind `after`: of these types or of any, that changed in that stretch."""
        ...

    def one(self, outcome_id: str) -> Stamped | None:
        """`None` where there is none, or it never was public."""
        ...

    def earliest(self) -> datetime | None:
        """No change is earlier; `None` where nothing is public."""
        ...


class PublicNames(Protocol):
    """The people and organisations that public outcomes name, and those that they did."""

    def page(
        self,
        types: Sequence[str],
        *,
        since: datetime | None,
        before: datetime | None,
        after: Mark | None,
        limit: int,
    ) -> list[Stamped]:
        """Those that changed longest ago, behind `after`: of these types, that changed in that stretch."""
        ...

    def one(self, named_id: str) -> Stamped | None:
        """`None` where no public outcome ever named it."""
        ...

    def earliest(self) -> datetime | None:
        """No change is earlier; `None` where there are none."""
        ...


@dataclass(frozen=True)
class Site:
    """Who answers. `address`: of the service; `repository`: the name of a host, by which its records are known."""

    repository: str
    address: str
    admin_email: str

    def identifier(self, record_id: str) -> str:
        return f"oai:{self.repository}:{record_id}"


@dataclass(frozen=True)
class Record:
    """`told` is nothing where it is told as deleted."""

    id: str
    changed_at: datetime
    sets: Sequence[str]
    told: Outcome | Named | None


@dataclass(frozen=True)
class Identity:
    site: Site
    earliest: datetime


@dataclass(frozen=True)
class Formats:
    names: Sequence[str]


@dataclass(frozen=True)
class Sets:
    names: Sequence[str]


@dataclass(frozen=True)
class One:
    """A record in a format."""

    record: Record
    format: str


@dataclass(frozen=True)
class Next:
    """What stands at a list's end. `token` is empty on its last page; `told`: how many records came before."""

    token: str
    told: int
    expires: datetime | None = None


@dataclass(frozen=True)
class Listed:
    """A page of records. `next` is nothing where the list is whole."""

    records: Sequence[Record]
    format: str
    whole: bool
    next: Next | None


Body = Identity | Formats | Sets | One | Listed | Wrong


@dataclass(frozen=True)
class Answer:
    """`asked` is nothing where it was not understood; then it is not repeated."""

    site: Site
    now: datetime
    asked: Asked | None
    body: Body


class HarvestAnswers(Protocol):
    """Answers in XML, as OAI-PMH 2.0 has it."""

    def written(self, answer: Answer) -> str: ...
