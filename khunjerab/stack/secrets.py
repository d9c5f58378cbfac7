"""The ports and passwords of a stack: made once, kept for the next start in a file that only its owner reads."""

import base64
import secrets
from dataclasses import dataclass, field
from typing import Any

from khunjerab.installation import LOGINS
from khunjerab.stack.ports import free_port, is_free
from khunjerab.stack.run_directory import RunDirectory, read_json, write_private

BACKEND_PORTS = ("amqp", "broker-api", "broker-distribution", "epmd", "mongo")
ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Secrets:
    """`ports` by name (`amqp`, `web`, `exchange-serve` ...), `passwords` by login, `keys` by name.

    `session` and `reply-link` are any words, `passport` and `webhook` Fernet keys.
    """

    ports: dict[str, int]
    passwords: dict[str, str] = field(repr=False)
    keys: dict[str, str] = field(repr=False)


def load_secrets(directory: RunDirectory, port_names: tuple[str, ...]) -> Secrets:
    """Reads the file, replaces ports that somebody took meanwhile, makes what is missing and writes it back."""
    kept = read_json(directory.secrets)
    keys = kept.get("keys", {})
    made = Secrets(
        ports=_ports(kept.get("ports", {}), port_names),
        passwords=_words(kept.get("passwords", {}), (ADMINISTRATOR, *LOGINS)),
        keys=_words(keys, ("session", "reply-link")) | _fernet_keys(keys, ("passport", "webhook")),
    )
    write_private(directory.secrets, made.__dict__)
    return made


def _ports(kept: dict[str, int], names: tuple[str, ...]) -> dict[str, int]:
    still_free = {name: kept[name] for name in names if name in kept and is_free(kept[name])}
    taken = set(still_free.values())
    return {name: still_free.get(name) or free_port(taken) for name in names}


def _fernet_keys(kept: dict[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    made = {name: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode() for name in names}
    return {name: kept.get(name) or made[name] for name in names}


def _words(kept: dict[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    return {name: kept.get(name) or secrets.token_urlsafe(24) for name in names}
