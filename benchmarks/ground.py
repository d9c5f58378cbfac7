"""What a benchmark runs on: the same broker and database for a figure and its peer, an installation for each."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from khunjerab.bootstrap.broker_api import BrokerApi
from khunjerab.bootstrap.manifests import SERVICES, WITH_DATABASE
from khunjerab.bootstrap.prepare import prepare
from khunjerab.installation import LOGINS, Backends, Installation
from khunjerab.stack.backends import running_backends
from khunjerab.stack.run_directory import RunDirectory
from khunjerab.stack.secrets import BACKEND_PORTS, load_secrets


@dataclass(frozen=True)
class Ground:
    """Running backends, and a directory for what a benchmark writes. What is made on them stays until they end.

    `kept`: a directory for what stays for the next run.
    """

    backends: Backends
    directory: Path
    kept: Path

    def installation(self) -> Installation:
        """A fresh, prepared installation of its own."""
        name = f"b{secrets.token_hex(4)}"
        passwords = {login: secrets.token_urlsafe(8) for login in LOGINS}
        installation = Installation(self.backends, passwords, vhost=name, prefix=f"{name}_")
        prepare(installation, SERVICES, WITH_DATABASE)
        return installation

    def bare_vhost(self) -> str:
        """The administrator's address of an empty vhost: for peers that declare all they need themselves."""
        name, address = f"b{secrets.token_hex(4)}", urlsplit(self.backends.amqp_url)
        api = BrokerApi(self.backends.broker_api_url)
        api.put("vhosts", name, body={})
        everything = {"configure": ".*", "write": ".*", "read": ".*"}
        api.put("permissions", name, address.username or "guest", body=everything)
        return address._replace(path=f"/{name}").geturl()

    def bare_database(self) -> str:
        """The administrator's address of an empty database."""
        url = urlsplit(self.backends.mongo_admin_url)
        return url._replace(path=f"/b{secrets.token_hex(4)}").geturl()


@contextmanager
def ground(kept: Path) -> Iterator[Ground]:
    """Starts broker and database, or uses those that `AMQP_URL` and `MONGO_URL` name; ends what it started."""
    with tempfile.TemporaryDirectory(prefix="khunjerab-bench-") as place:
        directory = RunDirectory(Path(place))
        with running_backends(directory, load_secrets(directory, BACKEND_PORTS), os.environ) as running:
            yield Ground(running.backends, Path(place), kept)
