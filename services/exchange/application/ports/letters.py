"""Where letters are kept, and what makes their codes and pages."""

from typing import Protocol

from chassis.kernel.documents import Documents, Loaded
from services.exchange.domain.letter import Letter


class Letters(Documents[Letter], Protocol):
    """Every letter of invitation."""

    def of_visit(self, visit_id: str) -> list[Loaded[Letter]]:
        """A visit's letters, oldest first."""
        ...

    def standing(self, visit_id: str, person: str) -> Loaded[Letter] | None:
        """The one letter that stands for the visitor."""
        ...

    def count(self, visit_id: str, person: str) -> int:
        """How many letters the visitor was ever sent for the visit."""
        ...

    def with_pdf(self, *, after: str | None, limit: int) -> list[Loaded[Letter]]:
        """Letters that were made, whole, whatever became of them since, by id, from behind the letter `after`."""
        ...

    def with_code(self, code: str) -> Letter | None:
        """The letter that bears the code."""
        ...


class Codes(Protocol):
    """Codes that nobody can guess."""

    def fresh(self) -> str: ...


class Printer(Protocol):
    """Makes a letter a PDF."""

    def pdf(self, letter: Letter, passport: str) -> bytes: ...
