"""The set of processes of an installation, as data: a test starts a few of them, with more environment."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from khunjerab.installation import SERVICES, Installation
from khunjerab.stack.program import Program
from khunjerab.stack.run_directory import RunDirectory
from khunjerab.stack.secrets import Secrets

ROLES = ("serve", "relay", "worker")
ONLY_FOR_BOOTSTRAP = ("BROKER_API_URL", "MONGO_ADMIN_URL")


@dataclass(frozen=True)
class Process:
    """One process of a service. `role` is the argument that `python -m services.<service>` takes, empty for web."""

    service: str
    role: str = ""

    @property
    def name(self) -> str:
        return f"{self.service}-{self.role}" if self.role else self.service

    @property
    def argv(self) -> tuple[str, ...]:
        return (sys.executable, "-m", f"services.{self.service}", *filter(None, (self.role,)))


PROCESSES = (*(Process(service, role) for role in ROLES for service in SERVICES), Process("web"))
PORT_NAMES = (*(process.name for process in PROCESSES), "page", "smtp")


@dataclass(frozen=True)
class Surroundings:
    """What a process gets from outside its installation.

    `port` is for its probes; pages are served on `web_port`, mails go to `smtp_port`.
    """

    port: int
    web_port: int
    smtp_port: int
    session_key: str
    passport_key: str
    webhook_key: str
    reply_link_key: str
    clock_file: str


def program(
    process: Process, installation: Installation, around: Surroundings, more: Mapping[str, str] | None = None
) -> Program:
    """A process as something to start. Its own settings come after the environment of the caller, `more` last."""
    inherited = {name: value for name, value in os.environ.items() if name not in ONLY_FOR_BOOTSTRAP}
    specific = _OF_SERVICE.get(process.service, _nothing)(around)
    own = installation.environment(process.service) | _common(around) | specific | dict(more or {})
    return Program(process.name, process.argv, inherited | own, f"http://127.0.0.1:{around.port}/ready")


def surroundings(process: Process, directory: RunDirectory, secrets: Secrets) -> Surroundings:
    return Surroundings(
        port=secrets.ports[process.name],
        web_port=secrets.ports["page"],
        smtp_port=secrets.ports["smtp"],
        session_key=secrets.keys["session"],
        passport_key=secrets.keys["passport"],
        webhook_key=secrets.keys["webhook"],
        reply_link_key=secrets.keys["reply-link"],
        clock_file=str(directory.clock),
    )


def mailbox(directory: RunDirectory, port: int) -> Program:
    """Stands in for a mail server: keeps what notify sends as files, a Maildir under `data/mailbox`."""
    address, folder = f"127.0.0.1:{port}", str(directory.mailbox)
    argv = (sys.executable, "-m", "aiosmtpd", "-n", "-l", address, "-c", "aiosmtpd.handlers.Mailbox", folder)
    return Program("mailbox", argv, os.environ, f"tcp://{address}", patience=2)


def _common(around: Surroundings) -> dict[str, str]:
    return {"HEALTH_PORT": str(around.port), "KHUNJERAB_CLOCK_FILE": around.clock_file, "PYTHONUNBUFFERED": "1"}


def _web(around: Surroundings) -> dict[str, str]:
    return {
        "PORT": str(around.web_port),
        "HOST": "127.0.0.1",
        "SECRET_KEY": around.session_key,
        "WEB_URL": _web_url(around),
    }


def _exchange(around: Surroundings) -> dict[str, str]:
    keys = os.environ.get("KHUNJERAB_PASSPORT_KEYS") or around.passport_key
    return {"WEB_URL": _web_url(around), "KHUNJERAB_PASSPORT_KEYS": keys}


def _notify(around: Surroundings) -> dict[str, str]:
    local = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(around.smtp_port), "SMTP_FROM": "khunjerab@localhost"}
    keys = os.environ.get("KHUNJERAB_WEBHOOK_KEYS") or around.webhook_key
    ours = {"KHUNJERAB_WEBHOOK_KEYS": keys, "REPLY_LINK_KEY": around.reply_link_key}
    own = {"WEB_URL": _web_url(around)} | ours
    return own | ({} if "SMTP_HOST" in os.environ else local)


def _web_url(around: Surroundings) -> str:
    return os.environ.get("WEB_URL") or f"http://127.0.0.1:{around.web_port}"


def _nothing(_: Surroundings) -> dict[str, str]:
    return {}


_OF_SERVICE: Mapping[str, Callable[[Surroundings], dict[str, str]]] = {
    "web": _web,
    "exchange": _exchange,
    "notify": _notify,
}
