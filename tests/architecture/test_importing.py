"""Importing a module opens no connection, starts no program and reads no environment."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.conftest import Plant
from tests.architecture.tree import ROOT, sources

PROGRAM = Path(__file__).with_name("import_everything.py")

# The program's own needs, not the project's settings: nothing else is there to be read.
BARE = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def importing(root: Path, *modules: str) -> tuple[int, list[str]]:
    """How many modules were imported (every one when none is named), and what that did that it should not have."""
    command = [sys.executable, str(PROGRAM), *modules]
    run = subprocess.run(command, cwd=root, env=BARE, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-4000:]
    answer = json.loads(run.stdout.splitlines()[-1])
    return answer["count"], answer["seen"]


def test_importing_every_module_does_nothing_to_the_world() -> None:
    count, seen = importing(ROOT)
    assert seen == []
    assert count >= len({source.module for source in sources()}), "some module was not imported at all"


PLANTED = {
    "import os\nHOST = os.environ['HOME']": "chassis.planted: reads HOME from the environment",
    "import os\nHOST = os.getenv('AMQP_URL')": "chassis.planted: reads AMQP_URL from the environment",
    "import os\nDEMO = 'KHUNJERAB_DEMO' in os.environ": "chassis.planted: reads KHUNJERAB_DEMO from the environment",
    "import os\nALL = dict(os.environ)": "chassis.planted: reads everything from the environment",
    "from pydantic_settings import BaseSettings\nclass S(BaseSettings): home: str\nS()": "from the environment",
    "import socket\ntry: socket.create_connection(('127.0.0.1', 9))\nexcept OSError: pass": "connects to ('127.0.0.1'",
    "import socket\nsocket.socket().bind(('127.0.0.1', 0))": "chassis.planted: socket.bind",
    "import subprocess\nsubprocess.run(['true'])": "chassis.planted: subprocess.Popen",
}


@pytest.mark.parametrize("text", PLANTED)
def test_a_planted_deed_is_seen(text: str, plant: Plant) -> None:
    with plant("chassis/planted.py", f"{text}\n") as root:
        assert PLANTED[text] in "\n".join(importing(root, "chassis.planted")[1])


HEAVY = {"weasyprint", "openpyxl", "numpy", "babel", "jinja2"}
"""What only some commands of the exchange need: from a sixth of a second to two seconds each."""


def test_a_process_of_the_exchange_starts_without_what_only_some_commands_need() -> None:
    main = ast.parse((ROOT / "services/exchange/__main__.py").read_text())
    modules = sorted({node.module for node in ast.walk(main) if isinstance(node, ast.ImportFrom) and node.module})
    assert "services.exchange.bootstrap" in modules
    loaded = f"import sys, {', '.join(modules)}; print(*sorted({HEAVY!r} & sys.modules.keys()))"
    run = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
