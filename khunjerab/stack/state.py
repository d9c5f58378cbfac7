"""What runs, as the supervisor last wrote it: for `stack status` and for commands that talk to the stack."""

import os
from dataclasses import asdict
from types import TracebackType
from typing import Any

from khunjerab.installation import Backends, Installation
from khunjerab.stack.run_directory import RunDirectory, read_json, write_private
from khunjerab.stack.supervised import Supervised


class NoStack(RuntimeError):
    """No stack runs here, or none that is ready."""


class StateFile:
    """`state.json`: the supervisor's process id, `phase` (`starting` or `ready`), installation, address, programs.

    It is there as long as the supervisor is in the `with`.
    """

    def __init__(self, directory: RunDirectory) -> None:
        self._directory = directory
        self.web_url = ""
        self._installation: Installation | None = None
        self._programs: list[Supervised] = []

    def ready(self, installation: Installation, web_url: str, programs: list[Supervised]) -> None:
        self._installation, self.web_url, self._programs = installation, web_url, programs
        self.write()

    def write(self) -> None:
        described = {
            "supervisor": os.getpid(),
            "phase": "ready" if self._installation else "starting",
            "web_url": self.web_url,
            "installation": asdict(self._installation) if self._installation else None,
            "programs": {one.program.name: _described(one) for one in self._programs},
        }
        write_private(self._directory.state, described)

    def __enter__(self) -> "StateFile":
        self.write()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._directory.state.unlink(missing_ok=True)


def _described(one: Supervised) -> dict[str, Any]:
    return {"pid": one.pid, "restarts": one.restarts, "ready": one.program.ready, "log": str(one.log)}


def read_state(directory: RunDirectory) -> dict[str, Any]:
    """The last state. Raises `NoStack` where no supervisor holds the directory."""
    if not directory.is_held():
        raise NoStack(f"no stack runs in {directory.root}; start one with: khunjerab stack up")
    return read_json(directory.state)


def running_installation(directory: RunDirectory) -> Installation:
    """The installation of the running stack. Raises `NoStack`."""
    described = read_state(directory).get("installation")
    if not described:
        raise NoStack(f"the stack in {directory.root} is not ready yet")
    return Installation(**described | {"backends": Backends(**described["backends"])})
