"""Runs the examples of a page against an installation, with the real command line, and says what is not as shown."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from typer.testing import CliRunner

from khunjerab.cli import app
from tests.documented.answers import Unbound, differences, filled, says, wanted
from tests.documented.pages import Example, Page

PATIENCE = 20.0
"""Seconds that "a moment later" may take."""
REFUSED = "khunjerab: "


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and its exit status."""

    status: int
    printed: str
    complained: str


Run = Callable[[list[str]], Outcome]


def within(words: list[str]) -> Outcome:
    """The command line within this process: the same code, without a second to start."""
    result = CliRunner().invoke(app, words)
    return Outcome(result.exit_code, result.stdout, result.stderr)


def as_process(words: list[str]) -> Outcome:
    """The command line as a process of its own."""
    ran = subprocess.run([sys.executable, "-m", "khunjerab", *words], capture_output=True, text=True, env=os.environ)
    return Outcome(ran.returncode, ran.stdout, ran.stderr)


def first_wrong(page: Page, names: dict[str, str], run: Run) -> str | None:
    """The page's first example that is not as shown, in words; `None` where all are.

    `names`: what the ground has told, added to on the way. `run`: how an example is run.
    """
    for example in page.examples:
        wrong = _wrong(example, page.variables, names, run)
        if wrong:
            return f"{example.where}: {example.command}\n{wrong}"
    return None


def _wrong(example: Example, variables: dict[str, str], names: dict[str, str], run: Run) -> str | None:
    try:
        words = [filled(word, names) for word in example.words(variables)]
    except Unbound as unbound:
        return str(unbound)
    except KeyError as unknown:
        return f"the page gives no words for ${unknown.args[0]}"
    deadline = time.monotonic() + (PATIENCE if example.later else 0)
    while True:
        learnt = dict(names)
        outcome = run(words)
        wrong = _not_as_shown(example.answer, outcome, learnt)
        if not wrong:
            names.update(learnt)
            return None
        if time.monotonic() >= deadline:
            return f"{wrong}\n--- shown\n{example.answer}--- came\n{outcome.printed}{outcome.complained}"
        time.sleep(0.1)


def _not_as_shown(shown: str, outcome: Outcome, names: dict[str, str]) -> str:
    """What is not as the page has it, a line each; empty where all is."""
    if shown.startswith(REFUSED):
        return _not_refused_so(shown, outcome, names)
    if outcome.status:
        return f"it ends with status {outcome.status}"
    if not shown:
        return ""
    if not shown.lstrip().startswith(("{", "[")):
        return "" if says(shown.strip(), outcome.printed.strip(), names) else "it prints something else"
    return "\n".join(differences(wanted(shown), json.loads(outcome.printed), names, "answer"))


def _not_refused_so(shown: str, outcome: Outcome, names: dict[str, str]) -> str:
    if not outcome.status:
        return "it is not refused"
    sentence, facts = _parted(shown)
    said, came = _parted(outcome.complained)
    if not says(sentence, said, names):
        return f"it is refused otherwise: {said}"
    if not facts or not came:
        return "" if facts == came else f"it is refused with other facts: {came}"
    return "\n".join(differences(wanted(facts), json.loads(came), names, "facts"))


def _parted(refusal: str) -> tuple[str, str]:
    sentence, brace, facts = refusal.strip().partition("{")
    return sentence.strip(), brace + facts
