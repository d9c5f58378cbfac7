"""The protocol's hardest tests once more, on the broker that the compose file names instead of the embedded one."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator

import pytest
import requests

from tests.e2e.composed import why_not
from tests.manifests import ROOT, composed
from tests.probes import Finding, eventually

pytestmark = [pytest.mark.docker, pytest.mark.timeout(420)]

HARDEST = "(test_poison_of_seven_kinds or test_a_good_suspect or test_dead_lettering) and not subscriber:"
"""Without the runs that show what a missing guard leads to: those say nothing about a broker."""
PASSWORD = secrets.token_hex(8)


@pytest.fixture(scope="module")
def broker() -> Iterator[dict[str, str]]:
    """The environment that leads to a broker of the compose file's image, on ports of its own."""
    if reason := why_not():
        pytest.skip(f"no docker tests: {reason}")
    options = ["-e", "RABBITMQ_DEFAULT_USER=administrator", "-e", f"RABBITMQ_DEFAULT_PASS={PASSWORD}"]
    ports = ["-p", "127.0.0.1::5672", "-p", "127.0.0.1::15672"]
    container = docker("run", "--detach", "--rm", *options, *ports, composed()["broker"]["image"])
    try:
        login = f"administrator:{PASSWORD}"
        amqp, api = (docker("port", container, port).splitlines()[0] for port in ("5672", "15672"))
        eventually(lambda: answers(f"http://{login}@{api}"), 90)
        yield {"AMQP_URL": f"amqp://{login}@{amqp}/", "BROKER_API_URL": f"http://{login}@{api}"}
    finally:
        docker("rm", "--force", "--volumes", container)


def docker(*words: str) -> str:
    return subprocess.run(["docker", *words], capture_output=True, text=True, check=True).stdout.strip()


def answers(url: str) -> Finding[str]:
    seen = requests.get(f"{url}/api/overview", timeout=5)
    return Finding(seen.text[:200], seen.ok, "its management API answers")


def test_what_is_poison_is_told_from_its_neighbours_on_this_broker_too(broker: dict[str, str]) -> None:
    files = ["tests/integration/test_subscriber.py", "tests/integration/test_dead_lettering.py"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=short", *files, "-k", HARDEST]
    environment = {name: value for name, value in os.environ.items() if name != "REQUIRE_DOCKER"}
    ran = subprocess.run(command, cwd=ROOT, env=environment | broker, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-4000:]
