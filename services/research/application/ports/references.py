"""Files of references, read and written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from services.research.domain.references import Reference, Unreadable

MOST_BYTES = 11 << 20
"""Of a file as it comes: what is larger is refused before anything of it is read. In base64 it fits into one message,
of which RabbitMQ 4 takes 16 MiB."""
MOST_RECORDS = 20_000
MOST_IN_A_RECORD = 200_000
"""Characters."""


@dataclass(frozen=True)
class Read:
    """A file while it is read. `encoding`: of its text, such as `utf-8`; empty where the format is none of text.

    `is_guessed`: nobody named the encoding and nothing in the file proves it. `records`: in the file's order, those
    that cannot be read among them. `about`: so many seem to be in it; 0 where only reading them would tell.
    """

    format: str
    encoding: str
    is_guessed: bool
    records: Iterator[Reference | Unreadable]
    about: int = 0


class ReferenceFiles(Protocol):
    """Reads and writes `bibtex`, `ris`, `csl-json`, `csv` and `xlsx`."""

    def read(self, content: bytes, name: str, *, format_name: str = "", encoding: str = "") -> Read:
        """A file; where no format is named, by how its `name` ends, and where no encoding is, by its bytes.

        Raises `UnknownFormat`, `FileTooLarge`, `EncodingUnclear`, `NotReferences`; of sheets also what the guards of
        `chassis.kernel.sheets` refuse. Reading the records raises `TooManyRecords`, and `NotReferences` where there is
        none; what is wrong with single ones comes in their place.
        """
        ...

    def write(self, format_name: str, references: Iterable[Reference]) -> bytes:
        """A file that `read` reads as these references. Raises `UnknownFormat`."""
        ...
