"""Finds the programs that are not Python packages, or names what to install."""

import shutil
import sys
from pathlib import Path

RABBITMQ_SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
"""Not the one on the PATH: that is a wrapper for the system's one node, run as its own user."""


class Missing(RuntimeError):
    """Something is not installed; the message names the package and the command."""

    def __init__(self, what: str, package: str, command: str) -> None:
        super().__init__(f"{what} is missing: install the package {package}, for example with: {command}")


def rabbitmq_server() -> str:
    if not RABBITMQ_SERVER.exists():
        raise Missing("The message broker RabbitMQ", "rabbitmq-server", "apt-get install rabbitmq-server")
    return str(RABBITMQ_SERVER)


def epmd() -> str:
    found = shutil.which("epmd")
    if found is None:
        raise Missing("Erlang's port mapper epmd", "erlang-base", "apt-get install erlang-base")
    return found


def database_server() -> str:
    beside = Path(sys.executable).with_name("secantusd-py")
    found = str(beside) if beside.exists() else shutil.which("secantusd-py")
    if found is None:
        raise Missing("The embedded database", "secantusdb", "make setup")
    return found
