"""`ReferenceFiles` on the formats themselves."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from chassis.kernel.sheets import TooLarge
from services.research.adapters.references.bibtex_reading import read_bibtex
from services.research.adapters.references.bibtex_writing import write_bibtex
from services.research.adapters.references.csl import read_csl, write_csl
from services.research.adapters.references.ris import read_ris, write_ris
from services.research.adapters.references.ris_lines import START
from services.research.adapters.references.sheets import LIMITS, read_csv, read_xlsx, write_csv, write_xlsx
from services.research.adapters.references.shown import shown
from services.research.adapters.references.texts import Text, text_of
from services.research.application.ports.references import MOST_BYTES, MOST_IN_A_RECORD, MOST_RECORDS, Read
from services.research.domain.details.amounts import Decimals
from services.research.domain.references import Reference, Unreadable
from services.research.domain.references_refusals import FileTooLarge, NotReferences, TooManyRecords, UnknownFormat

Records = Iterator[Reference | Unreadable]


@dataclass(frozen=True)
class TextFormat:
    """A format of text. `endings`: of its files' names. `is_whole`: nothing of it is read where not all is text.
    `begins`: what most records begin with, where that can be told before they are read.
    """

    endings: tuple[str, ...]
    is_whole: bool
    read_text: Callable[[str, Decimals], Records]
    write_text: Callable[[Iterable[Reference], Decimals], str]
    begins: re.Pattern[str] | None = None

    def read(self, content: bytes, encoding: str, decimals: Decimals) -> tuple[Text, Records]:
        text = text_of(content, encoding, is_whole=self.is_whole)
        return text, self.read_text(text.said, decimals)

    def about(self, text: Text) -> int:
        """How many records there seem to be; 0 where nobody can tell."""
        return sum(1 for _ in self.begins.finditer(text.said)) if self.begins else 0

    def write(self, references: Iterable[Reference], decimals: Decimals) -> bytes:
        return self.write_text(references, decimals).encode()


class Xlsx:
    """The format that is none of text."""

    endings = (".xlsx",)

    def read(self, content: bytes, _: str, decimals: Decimals) -> tuple[Text, Records]:
        return Text("", "", is_guessed=False), read_xlsx(content, decimals)

    def about(self, _: Text) -> int:
        return 0

    def write(self, references: Iterable[Reference], decimals: Decimals) -> bytes:
        return write_xlsx(references, decimals)


_ENTRY = re.compile(r"^[ \t]*@(?!comment|string|preamble)\w+[ \t]*[{(]", re.MULTILINE | re.IGNORECASE)
_TYPE = re.compile(rf"^{START} {{1,2}}-", re.MULTILINE)
FORMATS: dict[str, TextFormat | Xlsx] = {
    "bibtex": TextFormat((".bib", ".bibtex"), False, read_bibtex, write_bibtex, _ENTRY),
    "ris": TextFormat((".ris",), False, read_ris, write_ris, _TYPE),
    "csl-json": TextFormat((".json",), True, read_csl, write_csl),
    "csv": TextFormat((".csv", ".tsv"), False, read_csv, write_csv),
    "xlsx": Xlsx(),
}


class ReferenceFormats:
    """`ReferenceFiles`. `decimals`: of the currencies in which amounts are told."""

    def __init__(self, decimals: Decimals) -> None:
        self._decimals = decimals

    def read(self, content: bytes, name: str, *, format_name: str = "", encoding: str = "") -> Read:
        if len(content) > MOST_BYTES:
            raise FileTooLarge(bytes=len(content), most=MOST_BYTES)
        known = format_name or _by_ending(name)
        if known not in FORMATS:
            raise UnknownFormat(format=(format_name or PurePath(name).suffix)[:40], known=list(FORMATS))
        text, records = FORMATS[known].read(content, encoding, self._decimals)
        about = FORMATS[known].about(text)
        return Read(known, text.encoding, text.is_guessed, _bounded(records, known), about)

    def write(self, format_name: str, references: Iterable[Reference]) -> bytes:
        if format_name not in FORMATS:
            raise UnknownFormat(format=format_name[:40], known=list(FORMATS))
        return FORMATS[format_name].write(references, self._decimals)


def _by_ending(name: str) -> str:
    ending = PurePath(name).suffix.lower()
    return next((known for known, each in FORMATS.items() if ending in each.endings), "")


def _bounded(records: Records, format_name: str) -> Records:
    """Raises `TooManyRecords` behind the last that is allowed, `TooLarge` where they say more than a file does that is
    unpacked, and `NotReferences` where there is none at all."""
    number = told = 0
    for number, record in enumerate(records, 1):
        if number > MOST_RECORDS:
            raise TooManyRecords(most=MOST_RECORDS)
        length = _length(record) if isinstance(record, Reference) else 0
        if isinstance(record, Reference) and length > MOST_IN_A_RECORD:
            yield Unreadable(f"record {number}", shown(record.label), "TooLong", shown(record.title))
            continue
        told += length
        if told > LIMITS.unpacked:
            raise TooLarge(of="unpacked", most=LIMITS.unpacked)
        yield record
    if not number:
        raise NotReferences(format=format_name, because="no record in it")


def _length(reference: Reference) -> int:
    """In characters; details and DOIs have bounds of their own."""
    named = (*(each.name for each in reference.contributors), *(each.name for each in reference.organisations))
    told = (reference.label, reference.title, reference.summary, *reference.also.values())
    return sum(map(len, told)) + sum(map(len, named))
