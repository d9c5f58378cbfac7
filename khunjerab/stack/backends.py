"""The broker and the database of a stack: those that the environment names, else embedded ones."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote

from khunjerab.installation import Backends, derived_api_url
from khunjerab.stack.broker import broker_programs
from khunjerab.stack.database import create_administrator, database_program, mongo_admin_url
from khunjerab.stack.run_directory import RunDirectory
from khunjerab.stack.secrets import ADMINISTRATOR, Secrets
from khunjerab.stack.supervised import Supervised, stop_all
from khunjerab.stack.waiting import wait_until_ready

BROKER_TIMEOUT = 60.0


@dataclass
class RunningBackends:
    """The backends and the programs that were started for them: none where both were given."""

    backends: Backends
    started: list[Supervised] = field(default_factory=list)

    def program(self, name: str) -> Supervised:
        """The started program of this name, `broker` or `database`. Raises `StopIteration` where it was given."""
        return next(one for one in self.started if one.program.name == name)


@contextmanager
def running_backends(
    directory: RunDirectory, secrets: Secrets, environment: Mapping[str, str]
) -> Iterator[RunningBackends]:
    """Broker and database, started side by side and stopped at the end. `AMQP_URL` and `MONGO_URL` given win.

    The given addresses are their administrators'. Raises `Missing` or `DidNotStart`.
    """
    running = RunningBackends(_backends(secrets, environment))
    try:
        if "AMQP_URL" not in environment:
            _start_broker(running, directory, secrets)
        if "MONGO_URL" not in environment:
            _start_database(running, directory, secrets)
        wait_until_ready(running.started, BROKER_TIMEOUT)
        yield running
    finally:
        # The node says goodbye to its port mapper, so that goes last.
        stop_all([one for one in running.started if one.program.name != "epmd"])
        stop_all(running.started)


def _start_broker(running: RunningBackends, directory: RunDirectory, secrets: Secrets) -> None:
    for program in broker_programs(directory, secrets):
        one = Supervised(program, directory.log(program.name))
        running.started.append(one)
        one.start()
        if program.name == "epmd":
            # Were it late, the node would start another one, which then stayed behind.
            wait_until_ready([one], timeout=10)


def _start_database(running: RunningBackends, directory: RunDirectory, secrets: Secrets) -> None:
    program = database_program(directory, secrets)
    create_administrator(program, directory, secrets)
    one = Supervised(program, directory.log(program.name))
    running.started.append(one)
    one.start()


def _backends(secrets: Secrets, environment: Mapping[str, str]) -> Backends:
    amqp_url = environment.get("AMQP_URL")
    api_url = environment.get("BROKER_API_URL") or (derived_api_url(amqp_url) if amqp_url else None)
    login = f"{ADMINISTRATOR}:{quote(secrets.passwords[ADMINISTRATOR], safe='')}"
    return Backends(
        amqp_url=amqp_url or f"amqp://{login}@127.0.0.1:{secrets.ports['amqp']}/",
        broker_api_url=api_url or f"http://{login}@127.0.0.1:{secrets.ports['broker-api']}",
        mongo_admin_url=environment.get("MONGO_URL") or mongo_admin_url(secrets),
        replica_set=environment.get("REPLICA_SET", ""),
    )
