"""Everything that a running stack writes, under one directory."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class AlreadyRunning(RuntimeError):
    """Another supervisor holds this directory."""


@dataclass(frozen=True)
class RunDirectory:
    """`secrets.json` (mode 600: ports and passwords), `state.json` (what runs), `data/`, `logs/`, `lock`."""

    root: Path

    @classmethod
    def default(cls) -> "RunDirectory":
        """`KHUNJERAB_RUN_DIR`, or `.run` where the command is given."""
        return cls(Path(os.environ.get("KHUNJERAB_RUN_DIR", ".run")).absolute())

    @property
    def secrets(self) -> Path:
        return self.root / "secrets.json"

    @property
    def state(self) -> Path:
        return self.root / "state.json"

    @property
    def clock(self) -> Path:
        return self.root / "clock"

    @property
    def mailbox(self) -> Path:
        """A Maildir, made by whoever opens it first: it is one only as a whole."""
        return self.data("mail") / "box"

    def data(self, name: str) -> Path:
        return _made(self.root / "data" / name)

    def log(self, name: str) -> Path:
        return _made(self.root / "logs") / f"{name}.log"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Holds the directory for one supervisor; the system lets go when the process ends, however it ends."""
        _made(self.root)
        with (self.root / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise AlreadyRunning(f"a stack runs already in {self.root}") from None
            yield

    def is_held(self) -> bool:
        """Whether a supervisor holds the directory now. Asking makes nothing: the place may not be writable."""
        if not self.root.exists():
            return False
        try:
            with self.held():
                return False
        except AlreadyRunning:
            return True


def write_private(path: Path, content: Any) -> None:
    """Replaces a JSON file at once, readable by its owner alone."""
    beside = _made(path.parent) / f"{path.name}.new"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, indent=1)
    beside.replace(path)


def read_json(path: Path) -> dict[str, Any]:
    """The object that a JSON file holds; an empty one while there is none."""
    try:
        content: dict[str, Any] = json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    return content


def _made(directory: Path) -> Path:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    return directory
