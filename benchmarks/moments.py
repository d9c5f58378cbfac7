"""When each effect was there: noted by the process that had it, read by the one that measures."""

import os
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.names import MOMENTS


class Moments:
    """Appends `id seconds` lines to a file; the same few microseconds for whoever is measured."""

    def __init__(self, file: Path) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    @classmethod
    def asked_for(cls) -> "Moments":
        """Those that the environment names a file for."""
        return cls(Path(os.environ[MOMENTS]))

    def note(self, *ids: str) -> None:
        """These effects are stored now."""
        now = time.time()
        os.write(self._file, "".join(f"{each} {now}\n" for each in ids).encode())


def noted(file: Path) -> Mapping[str, float]:
    """Seconds since the epoch by id, as far as they are noted; the first time counts."""
    lines = file.read_text().splitlines() if file.exists() else []
    return {name: float(at) for name, at in (line.split() for line in reversed(lines))}
