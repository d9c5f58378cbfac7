"""The examples of a page of documentation: its commands in order, each with the answer shown under it.

A block between ``` whose lines begin with `khunjerab` is an example, as one would type it into bash:

- A command begins with `khunjerab` and goes on for as long as a quote is open or a line ends in a backslash.
- Below it stands its answer, up to the next command, remark or blank line. Where none is, it only has to succeed.
- A refusal is shown as it is printed: `khunjerab: refused: HostFull {…}`.
- `ALI="--as per_ali… --role programme-manager"` gives words a name: `$ALI` puts them in.
- A line that begins with `#` is a remark. After `# a moment later` it may take seconds until the answer is as shown.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

BLOCK = re.compile(r"^(?P<indent> *)```[^\n]*\n(?P<body>.*?)^(?P=indent)```", re.MULTILINE | re.DOTALL)
PROGRAM = "khunjerab "
LATER = "# a moment later"
_ASSIGNMENT = re.compile(r'([A-Z_]+)="([^"]*)"$')
_VARIABLE = re.compile(r"\$([A-Z_]+)\b")


@dataclass(frozen=True)
class Example:
    """`where`: page and line; `command` as written; `answer`: the lines below it; `later`: it may take a while."""

    where: str
    command: str
    answer: str = ""
    later: bool = False

    def words(self, variables: dict[str, str]) -> list[str]:
        """The command's words without the program's name, as bash would make them. Raises `ValueError`, `KeyError`."""
        line = self.command.replace("\\\n", " ")
        quoted = re.split(r"('[^']*')", line)
        inserted = [
            part if at % 2 else _VARIABLE.sub(lambda match: variables[match[1]], part) for at, part in enumerate(quoted)
        ]
        return shlex.split("".join(inserted))[1:]


@dataclass
class Page:
    """What a page has to run, and what its `$NAMES` stand for."""

    examples: list[Example] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)


def read_page(path: Path) -> Page:
    """Every example of a page. Raises `ValueError` for a command whose quote stays open."""
    text = path.read_text("utf-8")
    page = Page()
    for block in BLOCK.finditer(text):
        body = dedent(block["body"])
        if re.search(rf"^{PROGRAM}", body, re.MULTILINE) or _ASSIGNMENT.match(body.split("\n")[0]):
            _read_block(body.splitlines(), f"{path.name}:", text[: block.start("body")].count("\n") + 1, page)
    return page


def _read_block(lines: list[str], page_name: str, first: int, page: Page) -> None:
    numbered = iter(enumerate(lines, start=first))
    later, fits = False, False
    for number, line in numbered:
        if line.startswith(PROGRAM):
            page.examples.append(Example(f"{page_name}{number}", _whole(line, numbered), later=later))
            later, fits = False, True
        elif assigned := _ASSIGNMENT.match(line):
            page.variables[assigned[1]] = assigned[2]
        elif line.startswith("#") or not line.strip():
            later, fits = later or line.startswith(LATER), False
        elif fits:
            last = page.examples[-1]
            page.examples[-1] = Example(last.where, last.command, f"{last.answer}{line}\n", last.later)
        else:
            raise ValueError(f"{page_name}{number}: neither a command nor the answer of one: {line}")


def _whole(line: str, more: Iterator[tuple[int, str]]) -> str:
    while line.endswith("\\") or _is_open(line):
        following = next(more, None)
        if following is None:
            raise ValueError(f"a quote or a backslash without an end: {line}")
        line = f"{line}\n{following[1]}"
    return line


def _is_open(line: str) -> bool:
    try:
        shlex.split(line)
    except ValueError:
        return True
    return False


def stray_commands(path: Path) -> list[str]:
    """Lines that look like a command and stand outside of the blocks that are run."""
    outside = BLOCK.sub("", path.read_text("utf-8"))
    return [line.strip() for line in outside.splitlines() if re.match(rf"\s*(\$ )?{PROGRAM}", line)]
