"""What no file of the project may be called or say."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

NAMES = re.compile(r"(^|/)(utils?|helpers?|misc|common)\.py$")
"""A name that says nothing about what is inside."""

# Spelt so that this file does not say them itself.
WORDS = {
    "a path of somebody's machine": re.compile(r"(?<![\w./$}-])/(w[o]rk|r[o]ot|h[o]me/[a-z]+|U[s]ers/[A-Za-z]+)/"),
    "the address of a package registry": re.compile(r"pypi[.]org|pythonhosted[.]org|npmjs[.](org|com)"),
    "a lock that names an index": re.compile(r"^--(extra-)?index-url|^--find-links", re.MULTILINE),
}

BINARY = {".png", ".ico", ".woff2", ".mo", ".pdf", ".jpg", ".xlsx"}


def files_of_the_project() -> list[str]:
    """Every file that is or would be committed, from the root, without what was vendored as others wrote it."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in listed if "/vendor/" not in name and (ROOT / name).is_file()]


def said(text: str) -> list[str]:
    return [what for what, pattern in WORDS.items() if pattern.search(text)]


def test_no_file_is_named_after_nothing() -> None:
    assert [name for name in files_of_the_project() if NAMES.search(name)] == []


def test_no_file_knows_a_machine_or_a_registry() -> None:
    texts = [name for name in files_of_the_project() if Path(name).suffix not in BINARY]
    told = {name: said((ROOT / name).read_text("utf-8")) for name in texts}
    assert {name: what for name, what in told.items() if what} == {}


@pytest.mark.parametrize("name", ["chassis/util.py", "utils.py", "services/web/helpers.py", "khunjerab/common.py"])
def test_a_planted_name_is_seen(name: str) -> None:
    assert NAMES.search(name)


@pytest.mark.parametrize(
    "text",
    [
        'LOG = "/' + 'work/main/.run"',
        "cp file /" + "root/.config",
        "open('/" + "home/somebody/x')",
        "https://" + "py" + "pi.org/simple",
        "--index-url https://mirror.example/simple\nflask==3.1",
    ],
)
def test_a_planted_word_is_seen(text: str) -> None:
    assert said(text)


@pytest.mark.parametrize("text", ["deploy/work/x", "the root/branch", "$HOME/work/x", "https://example.org/work/"])
def test_an_innocent_word_is_not(text: str) -> None:
    assert said(text) == []
