"""Imports point one way. The contracts stand in pyproject.toml; here each is kept, and seen to catch what breaks it."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.conftest import Plant
from tests.architecture.tree import ROOT

PROGRAM = Path(__file__).with_name("check_import_contracts.py")

LAYERS = "The command line stands on services, services on the chassis, the chassis on contracts"
STRANGERS = "Services know each other only through contracts and RPC"
INWARDS = "Within a service imports point one way"
DOMAIN = "A domain is the standard library and the kernel's few words"
NAMEKO = "Only the entrypoints and the chassis under them know nameko"

VIOLATIONS = [
    (LAYERS, "contracts/planted.py", "import chassis.kernel.ids"),
    (LAYERS, "chassis/planted.py", "import services.exchange.domain"),
    (LAYERS, "services/web/planted.py", "import khunjerab.installation"),
    (STRANGERS, "services/research/application/planted.py", "import services.exchange.domain.visit"),
    (STRANGERS, "services/web/planted.py", "import services.exchange.domain.visit"),
    (INWARDS, "services/exchange/domain/planted.py", "import services.exchange.application"),
    (INWARDS, "services/research/application/planted.py", "import services.research.adapters"),
    (INWARDS, "services/notify/adapters/planted.py", "import services.notify.entrypoints"),
    (DOMAIN, "services/exchange/domain/planted.py", "import pymongo"),
    (DOMAIN, "services/notify/domain/planted.py", "def late():\n    import contracts.envelope"),
    (DOMAIN, "chassis/kernel/planted.py", "import pydantic"),
    (NAMEKO, "services/exchange/application/planted.py", "from nameko.rpc import rpc"),
    (NAMEKO, "chassis/planted.py", "import kombu"),
    (NAMEKO, "khunjerab/planted.py", "import nameko"),
]


def broken_contracts(root: Path) -> list[str]:
    run = subprocess.run([sys.executable, str(PROGRAM)], cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    broken: list[str] = json.loads(run.stdout.splitlines()[-1])
    return broken


def test_the_project_keeps_every_import_contract() -> None:
    assert broken_contracts(ROOT) == []


@pytest.mark.parametrize(("contract", "path", "text"), VIOLATIONS, ids=lambda value: value if "/" in value else "")
def test_a_planted_import_breaks_its_contract(contract: str, path: str, text: str, plant: Plant) -> None:
    with plant(path, f"{text}\n") as root:
        assert contract in broken_contracts(root)


def test_every_contract_has_a_planted_violation() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = {contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]}
    assert named == {contract for contract, _, _ in VIOLATIONS}
