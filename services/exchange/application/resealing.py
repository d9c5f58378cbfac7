"""Everything that is kept sealed, page by page: passport numbers, then letters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Generic, TypeVar

from pydantic import StringConstraints

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Documents, Loaded
from chassis.kernel.ids import derived
from chassis.kernel.seals import SealBroken, Seals
from services.exchange.application.ports.directory import Travellers
from services.exchange.application.ports.letters import Letters
from services.exchange.domain.letter import pdf_of, reseal_pdf
from services.exchange.domain.person import passport_of, reseal_passport

State = TypeVar("State")

LETTERS_BEGIN = "ltr_"
"""Where the letters begin, for whoever has seen all the people."""
LETTERS_AT_ONCE = 20
"""A letter is a file of some hundred kilobytes, a number is not: fewer of them are read and written in one call."""

Place = Annotated[str, StringConstraints(pattern=r"^(per_[0-9a-z-]{1,60}|ltr_[0-9a-z-]{0,60})$")]
"""The `next` of a page: a person or a letter."""


@dataclass(frozen=True)
class Kind(Generic[State]):
    """One kind of document with something sealed in it. `page` takes the id to begin behind, and how many."""

    name: str
    shelf: Documents[State]
    page: Callable[[str | None, int], list[Loaded[State]]]
    sealed: Callable[[State], str]
    reseal: Callable[[State, str], Decision[State]]

    def renewed(self, loaded: Loaded[State], seals: Seals, context: Context) -> bool:
        """Puts it under the current key; whether any key opened it."""
        try:
            sealed = seals.resealed(self.sealed(loaded.state))
        except SealBroken:
            return False
        own = replace(context, command_id=derived(context.command_id, loaded.id), expected_version=None)
        self.shelf.save(loaded, self.reseal(loaded.state, sealed), own)
        return True


@dataclass(frozen=True)
class Page:
    """Some documents of one kind, in the order of their ids, and the place behind them."""

    kind: Kind[Any]
    documents: Sequence[Loaded[Any]]
    next: str | None


def sealed_page(people: Travellers, letters: Letters, after: str | None, limit: int) -> Page:
    """The page behind the place: the people who have a passport, then every letter that was ever made."""
    if after is None or not after.startswith(LETTERS_BEGIN):
        return _page(_passports(people), after, limit, then=LETTERS_BEGIN)
    return _page(_letters(letters), after, min(limit, LETTERS_AT_ONCE), then=None)


def _page(kind: Kind[Any], after: str | None, limit: int, *, then: str | None) -> Page:
    found = kind.page(after, limit)
    return Page(kind, found, found[-1].id if len(found) == limit else then)


def _passports(people: Travellers) -> Kind[Any]:
    def page(after: str | None, limit: int) -> list[Loaded[Any]]:
        return people.with_passport(after=after, limit=limit)

    return Kind("passports", people, page, lambda person: passport_of(person).sealed, reseal_passport)


def _letters(letters: Letters) -> Kind[Any]:
    def page(after: str | None, limit: int) -> list[Loaded[Any]]:
        return letters.with_pdf(after=after, limit=limit)

    return Kind("letters", letters, page, pdf_of, reseal_pdf)
