"""An installation that Docker runs from the project's own compose file, and how a test reaches into it."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chassis.rpc.client import RpcClient
from khunjerab.installation import with_login
from tests.manifests import OURS, ROOT, composed

TAG = "test"
"""Of the images that a test builds: those that somebody works with stay as they are."""


def why_not() -> str | None:
    """Why Docker cannot run the compose file here; `None` where it can. Where it is required, nothing is a reason."""
    if os.environ.get("REQUIRE_DOCKER") == "1":
        return None
    for command in (["docker", "info"], ["docker", "compose", "version"]):
        if not _succeeds(command):
            return f"`{' '.join(command)}` fails: an engine with compose is needed"
    bases = {one["image"] for one in composed().values() if not one["image"].startswith(OURS)} | {"python:3.13-slim"}
    missing = sorted(image for image in bases if not _succeeds(["docker", "image", "inspect", image]))
    return (
        f"not here: {', '.join(missing)} (docker pull, or REQUIRE_DOCKER=1 to let compose do it)" if missing else None
    )


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def made_environment(directory: Path) -> Path:
    """A file of settings as an operator would make it, but for the port: any that is free."""
    file = directory / "compose.env"
    subprocess.run([ROOT / "deploy/make-env", file], check=True, capture_output=True)
    lines = [line for line in file.read_text().splitlines() if not line.startswith("WEB_PORT=")]
    file.write_text("\n".join([*lines, "WEB_PORT=0", f"KHUNJERAB_TAG={TAG}"]))
    return file


@dataclass(frozen=True)
class Composed:
    """`command`: docker compose with its options; `settings`: what its file of settings holds."""

    command: list[str]
    settings: dict[str, str]

    def run(self, *words: str) -> str:
        """What a subcommand prints. Fails with what it complained of."""
        ran = subprocess.run([*self.command, *words], cwd=ROOT, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, f"docker compose {' '.join(words)}: {ran.stdout[-2000:]}{ran.stderr[-2000:]}"
        return ran.stdout

    def operate(self, *words: str) -> str:
        """What a command of the operator prints."""
        return self.run("run", "--rm", "--no-deps", "-T", "operations", *words)

    @property
    def web_url(self) -> str:
        return f"http://{self.run('port', 'web', '8000').strip()}"

    @contextmanager
    def calling(self) -> Iterator[RpcClient]:
        """A client in the operator's name. The broker is not published: it is reached at its container's address."""
        address = self.address("broker")
        client = RpcClient(
            with_login(f"amqp://{address}:5672", "operator", self.settings["OPERATOR_PASSWORD"], "khunjerab"),
            caller="operator",
        )
        try:
            yield client
        finally:
            client.close()

    def address(self, service: str) -> str:
        """Where the container of a service is on its network."""
        container = self.run("ps", "--quiet", service).strip()
        found: Any = json.loads(subprocess.check_output(["docker", "inspect", container]))
        networks = found[0]["NetworkSettings"]["Networks"].values()
        return str(next(network["IPAddress"] for network in networks))
