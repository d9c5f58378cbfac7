"""Which installation a command is about, and how its operator reaches it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from khunjerab.bootstrap.settings import BootstrapSettings
from khunjerab.installation import Installation, derived_api_url
from khunjerab.stack.run_directory import RunDirectory
from khunjerab.stack.state import running_installation


class NotAnAddress(ValueError):
    """A setting that should be an address is none. The message never has its value: that holds a password."""

    def __init__(self, setting: str, example: str) -> None:
        super().__init__(f"{setting} is no address: it has to be like {example}")


@dataclass(frozen=True)
class Reach:
    """The operator's addresses. `installation` is known where the passwords of the other logins are."""

    amqp_url: str = field(repr=False)
    mongo_url: str = field(repr=False)
    broker_api_url: str = field(repr=False)
    prefix: str = ""
    installation: Installation | None = None

    def database(self, service: str) -> str:
        return f"{self.prefix}{service}"


def reach(environment: Mapping[str, str] = os.environ) -> Reach:
    """From the environment: the operator's `AMQP_URL` and `MONGO_URL`, or all that bootstrap is given; else the stack
    that runs here. Raises `NoStack`, `NotAnAddress`.
    """
    if "AMQP_URL" in environment and "MONGO_URL" in environment:
        return _given(environment)
    if "AMQP_URL" in environment and "MONGO_ADMIN_URL" in environment:
        return reach_of(BootstrapSettings().installation())
    return reach_of(running_installation(RunDirectory.default()))


def reach_of(installation: Installation) -> Reach:
    """The operator of an installation whose passwords are known."""
    return Reach(
        amqp_url=installation.amqp_url("operator"),
        mongo_url=installation.mongo_url("operator"),
        broker_api_url=installation.api_url("operator"),
        prefix=installation.prefix,
        installation=installation,
    )


def _given(environment: Mapping[str, str]) -> Reach:
    amqp_url, mongo_url = environment["AMQP_URL"], environment["MONGO_URL"]
    if not amqp_url.startswith(("amqp://", "amqps://")):
        raise NotAnAddress("AMQP_URL", "amqp://operator:password@host:5672/vhost")
    if not mongo_url.startswith(("mongodb://", "mongodb+srv://")):
        raise NotAnAddress("MONGO_URL", "mongodb://operator:password@host:27017/?authSource=admin")
    return Reach(
        amqp_url=amqp_url,
        mongo_url=mongo_url,
        broker_api_url=environment.get("BROKER_API_URL") or derived_api_url(amqp_url),
        prefix=environment.get("DATABASE_PREFIX", ""),
    )
