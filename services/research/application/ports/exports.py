"""Files of outcomes for other systems."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from services.research.domain.outcome import Outcome


class OutcomeWriter(Protocol):
    """One format. `ending`: of its files' names, such as `.bib`; `media_type` as IANA has it."""

    @property
    def ending(self) -> str: ...

    @property
    def media_type(self) -> str: ...

    def write(self, outcomes: Sequence[Outcome], /) -> bytes:
        """The whole file. It may neither wait for anything of the process nor use its connections."""
        ...


Writers = Mapping[str, OutcomeWriter]
"""By the names of formats that callers give."""
