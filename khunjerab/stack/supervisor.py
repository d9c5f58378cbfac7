"""Runs the whole stack: broker and database, bootstrap, every process; restarts what dies, leaves nothing behind."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

from khunjerab.bootstrap.manifests import SERVICES, WITH_DATABASE
from khunjerab.bootstrap.prepare import prepare
from khunjerab.installation import Installation, vhost_of
from khunjerab.stack.backends import running_backends
from khunjerab.stack.ending import Ending, ended_by_signals
from khunjerab.stack.processes import PORT_NAMES, PROCESSES, Process, mailbox, program, surroundings
from khunjerab.stack.run_directory import RunDirectory
from khunjerab.stack.secrets import BACKEND_PORTS, Secrets, load_secrets
from khunjerab.stack.state import StateFile
from khunjerab.stack.supervised import Supervised, stop_all
from khunjerab.stack.waiting import wait_until_ready

READY_TIMEOUT = 90.0
LOOK_EVERY = 0.2
Tell = Callable[[str], None]


def supervise(
    directory: RunDirectory,
    tell: Tell,
    processes: Sequence[Process] = PROCESSES,
    more: Mapping[str, str] | None = None,
) -> None:
    """Brings everything up, keeps it up until SIGINT, SIGTERM or SIGHUP, takes it down.

    `more` is environment for every process. Raises `AlreadyRunning`, `Missing`, `DidNotStart`.
    """
    with directory.held(), ended_by_signals() as ending, StateFile(directory) as state:
        began = time.monotonic()

        def report(text: str) -> None:
            tell(f"{time.monotonic() - began:6.1f} s  {text}")

        _run(directory, state, report, ending, processes, more or {})


def _run(
    directory: RunDirectory,
    state: StateFile,
    tell: Tell,
    ending: Ending,
    processes: Sequence[Process],
    more: Mapping[str, str],
) -> None:
    secrets = load_secrets(directory, (*BACKEND_PORTS, *PORT_NAMES))
    tell("starting broker and database")
    with running_backends(directory, secrets, os.environ) as running:
        installation = Installation(running.backends, secrets.passwords, vhost_of(running.backends.amqp_url))
        tell("broker and database answer; preparing them")
        prepare(installation, SERVICES, WITH_DATABASE)
        tell("topology, logins and indexes are in place; starting the processes")
        started = _supervised(directory, secrets, installation, processes, more)
        try:
            for one in started:
                one.start()
            wait_until_ready(started, READY_TIMEOUT)
            state.ready(installation, f"http://127.0.0.1:{secrets.ports['page']}", [*running.started, *started])
            tell(f"ready: {state.web_url}")
            _keep_up([*running.started, *started], state, tell, ending)
        finally:
            tell("stopping")
            stop_all(started)


def _supervised(
    directory: RunDirectory,
    secrets: Secrets,
    installation: Installation,
    processes: Sequence[Process],
    more: Mapping[str, str],
) -> list[Supervised]:
    programs = [program(one, installation, surroundings(one, directory, secrets), more) for one in processes]
    if "SMTP_HOST" not in {**os.environ, **more}:
        programs.append(mailbox(directory, secrets.ports["smtp"]))
    return [Supervised(one, directory.log(one.name)) for one in programs]


def _keep_up(programs: list[Supervised], state: StateFile, tell: Tell, ending: Ending) -> NoReturn:
    while True:
        ending.check()
        time.sleep(LOOK_EVERY)
        for one in programs:
            if one.revive():
                tell(f"{one.program.name} {'was started again' if one.is_running() else 'died'}")
                state.write()
