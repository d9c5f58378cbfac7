"""What the documents name is there: files, make targets, commands."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from khunjerab.cli import app
from tests.architecture.tree import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FOLDERS = "benchmarks|chassis|contracts|deploy|docs|khunjerab|requirements|samples|services|tests"
FILES = r"Makefile|LICENSE|pyproject\.toml|docker-compose\.yml|[A-Z]+\.md|\.ci/run"

SPAN = re.compile(r"`([^`\n]+)`")
PATH = re.compile(rf"(({FOLDERS})/[\w./-]*|{FILES})(:\d+)?$")
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]*)?\)")
BLOCK = re.compile(r"^```(?P<language>\w*)$.*?^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ANCHORED = re.compile(r"\]\(([^)#\s:]*)#([^)\s]+)\)")
TARGET = re.compile(r"\bmake ([a-z]+)\b")
FILE_ROW = re.compile(r"^\| `([\w./-]+\.\w+)` \| (.*) \|$", re.MULTILINE)
WITHIN = re.compile(r"`(?:[A-Z]\w*\.)?(\w+)`")
COMMAND = re.compile(r"^(?:\.venv/bin/)?khunjerab((?: [a-z][a-z-]*)+)")


def spans(text: str) -> Iterator[str]:
    """What the document sets in code: words between backticks, and the lines of its code blocks but diagrams."""
    yield from SPAN.findall(BLOCK.sub("", text))
    for block in BLOCK.finditer(text):
        if block["language"] != "mermaid":
            yield from (line.strip().removeprefix("$ ") for line in block[0].splitlines()[1:-1])


def lost_paths(text: str, root: Path) -> list[str]:
    named = {match[1] for span in spans(text) for word in span.split() if (match := PATH.match(word))}
    return sorted(path for path in named if not (root / path).exists())


def lost_links(text: str, folder: Path) -> list[str]:
    return [target for target, _ in LINK.findall(text) if "://" not in target and not (folder / target).exists()]


def lost_anchors(text: str, document: Path) -> list[str]:
    """Links to a heading that the page they lead to does not have."""
    links = ((document.parent / page if page else document, anchor) for page, anchor in ANCHORED.findall(text))
    return [f"{page.name}#{anchor}" for page, anchor in links if page.suffix == ".md" and anchor not in anchors(page)]


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them: small letters, digits and hyphens for spaces."""
    headings = HEADING.findall(BLOCK.sub("", page.read_text("utf-8"))) if page.exists() else []
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def lost_names(text: str, root: Path) -> list[str]:
    """What a table says is in the file of its first column, `like_this` or `Like.this`, and is not."""
    rows = ((root / row[1], row[2]) for row in FILE_ROW.finditer(text) if (root / row[1]).is_file())
    told = ((path, name) for path, what in rows for name in WITHIN.findall(what))
    return sorted(f"{path.name}: {name}" for path, name in told if name not in path.read_text("utf-8"))


def make_targets() -> set[str]:
    makefile = ROOT / "Makefile"
    text = makefile.read_text("utf-8") if makefile.exists() else ""
    return set(re.findall(r"^([a-z][\w -]*):", text, re.MULTILINE))


def lost_targets(text: str) -> list[str]:
    named = {target for span in spans(text) for target in TARGET.findall(span)}
    return sorted(named - make_targets())


def lost_commands(text: str) -> list[str]:
    named = {match[1].strip() for span in spans(text) if (match := COMMAND.match(span))}
    return sorted(command for command in named if not is_command(command.split()))


def is_command(words: list[str]) -> bool:
    """Whether the words lead to a command; once one is reached, the rest are its arguments."""
    command: Any = typer.main.get_command(app)
    for word in words:
        if not hasattr(command, "commands"):
            return True
        if word not in command.commands:
            return False
        command = command.commands[word]
    return True


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_everything_that_a_document_names_is_there(document: Path) -> None:
    text = document.read_text("utf-8")
    lost = lost_paths(text, ROOT) + lost_links(text, document.parent) + lost_targets(text) + lost_commands(text)
    assert lost + lost_names(text, ROOT) + lost_anchors(text, document) == []


def test_every_decision_stands_in_their_index() -> None:
    folder = ROOT / "docs" / "decisions"
    indexed = {target for target, _ in LINK.findall((folder / "README.md").read_text("utf-8"))}
    assert {path.name for path in folder.glob("[0-9]*.md")} == indexed


def test_a_planted_path_link_target_and_command_are_missed() -> None:
    assert lost_paths("see `chassis/nowhere.py` and `chassis/clock.py`", ROOT) == ["chassis/nowhere.py"]
    assert lost_paths("```\nsed -n 1p services/nowhere/main.py\n```", ROOT) == ["services/nowhere/main.py"]
    drawn = "```mermaid\ngraph\n```\nso `chassis/nowhere.py`\n```\nservices/gone.py\n```"
    assert lost_paths(drawn, ROOT) == ["chassis/nowhere.py", "services/gone.py"]
    assert lost_anchors("[here](#nowhere) [there](README.md#licence)", ROOT / "README.md") == ["README.md#nowhere"]
    assert lost_links("[here](nowhere.md) [there](https://example.org/nowhere)", ROOT) == ["nowhere.md"]
    assert lost_names("| `chassis/clock.py` | `Clock`, `Clock.now` and `teleport` |", ROOT) == ["clock.py: teleport"]
    assert lost_targets("`make nothing` and make do") == ["nothing"]
    assert lost_commands("`khunjerab teleport --now` and `khunjerab doctor`") == ["teleport"]
