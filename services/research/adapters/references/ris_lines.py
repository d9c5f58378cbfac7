"""RIS as lines: which of them belong to one record, and what each tag says there.

Ours, and not rispy's: that drops what a tag says a second time, joins two records where the end of one is missing, and
fails where a value that stands in several lines follows another of the same tag.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

START, END = "TY", "ER"
_LINE = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*)|$)")


@dataclass
class Lines:
    """One record, from line `number` on: tags and their lines, as often as they stand there, in the file's order.

    `stray`: lines outside of any record. `is_ended`: it has its last line.
    """

    number: int
    tagged: list[tuple[str, list[str]]] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    is_ended: bool = False

    @property
    def values(self) -> list[tuple[str, str]]:
        """A value that stands in several lines is one."""
        return [(tag, " ".join(each for each in lines if each)) for tag, lines in self.tagged]


def records_in(text: str) -> Iterator[Lines]:
    """Each record, and each run of lines that belong to none."""
    record = Lines(1)
    for number, line in enumerate(text.split("\n"), 1):
        tag, value = tag_of(line)
        if tag == START:
            yield from _if_any(record)
            record = Lines(number, [(tag, [value])])
        elif tag == END and record.tagged:
            record.is_ended = True
            yield record
            record = Lines(number + 1)
        elif not record.tagged:
            if line.strip():
                record.number = record.number if record.stray else number
                record.stray.append(line)
        elif tag:
            record.tagged.append((tag, [value]))
        elif line.strip():
            record.tagged[-1][1].append(line.strip())
    yield from _if_any(record)


def tag_of(line: str) -> tuple[str, str]:
    """A line's tag and what it says; no tag where it goes on with the one before."""
    found = _LINE.match(line)
    return (found[1], (found[2] or "").strip()) if found else ("", "")


def _if_any(record: Lines) -> Iterator[Lines]:
    if record.tagged or record.stray:
        yield record
