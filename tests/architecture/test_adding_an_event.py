"""The five steps of the README, taken in a copy of the tree: what they promise is what happens."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import copy_to
from tests.event_factory import make_event

TYPE = "exchange.visit.praised.v1"

MODEL = f'''

class VisitPraised(VisitEvent):
    """Somebody said something kind about a visit."""

    type: ClassVar[str] = "{TYPE}"

    words: Text


EVENTS = (*EVENTS, VisitPraised)
'''

DOMAIN_EVENT = """

@dataclass(frozen=True)
class VisitPraised(VisitHappening):
    words: str
"""

MAPPING = """    @of.register
    def _(self, event: events.VisitPraised) -> v1.VisitPraised:
        return v1.VisitPraised.model_validate(self._visit(event.visit) | {"words": event.words})

    def _visit("""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree after the five steps."""
    root = copy_to(tmp_path_factory.mktemp("five-steps"))
    append(root / "contracts/exchange/v1.py", MODEL)
    sample = make_event("exchange.visit.booked.v1", words="They came as guests and left as colleagues.")
    sample |= {"type": TYPE, "dataschema": f"urn:khunjerab:schema:{TYPE}"}
    (root / f"contracts/samples/{TYPE}.json").write_text(json.dumps(sample), "utf-8")
    run(root, "-m", "contracts.generate")
    append(root / "services/exchange/domain/events.py", DOMAIN_EVENT)
    mapping = root / "services/exchange/adapters/published_events.py"
    mapping.write_text(mapping.read_text("utf-8").replace("    def _visit(", MAPPING), "utf-8")
    append(
        root / "services/research/manifest.py",
        "\nimport dataclasses\nfrom contracts.exchange.v1 import VisitPraised\n"
        "MANIFEST = dataclasses.replace(MANIFEST, subscribes_to=(*MANIFEST.subscribes_to, VisitPraised.type))\n",
    )
    return root


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def run(root: Path, *arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_contract_is_published(copy: Path) -> None:
    run(copy, "-m", "contracts.generate", "--check")
    assert TYPE in json.loads((copy / "contracts/published.json").read_text("utf-8"))
    assert "Somebody said something kind about a visit" in (copy / "contracts/asyncapi.yaml").read_text("utf-8")


def test_a_decision_can_tell_of_it(copy: Path) -> None:
    told = run(
        copy,
        "-c",
        "from services.exchange.adapters import published_events as p\n"
        "from services.exchange.domain.events import VisitPraised\n"
        "from unittest.mock import patch, Mock\n"
        "from contracts.generate import golden_samples\n"
        "visit = golden_samples()['exchange.visit.booked.v1']['data']\n"
        "with patch.object(p._Telling, '_visit', return_value=visit):\n"
        "    print(p.PublishedEvents(Mock()).publish([VisitPraised(Mock(), 'Thank you')], Mock())[0].words)\n",
    )
    assert told.strip() == "Thank you"


def test_bootstrap_binds_the_subscribers_queue_to_it(copy: Path) -> None:
    bound = run(
        copy,
        "-c",
        "from khunjerab.bootstrap.topology import topology\n"
        "from khunjerab.bootstrap.manifests import SERVICES\n"
        "print(*topology(SERVICES).bindings, sep='\\n')\n",
    )
    assert any(TYPE in line and "research.subscription" in line for line in bound.splitlines())
