"""The one clock: every process takes the time from here and from nowhere else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Says what time it is, as an aware instant in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class DemoClock:
    """The machine's time plus the seconds that a file holds, so that a year's life can be shown in a minute.

    The file is read each time: every process of the installation moves together.
    """

    def __init__(self, offset_file: Path) -> None:
        self._offset_file = offset_file

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset()

    def offset(self) -> timedelta:
        """How far this clock runs ahead; nothing while the file does not exist."""
        try:
            return timedelta(seconds=float(self._offset_file.read_text()))
        except FileNotFoundError:
            return timedelta()

    def advance(self, by: timedelta) -> datetime:
        """Moves the clock of every process that reads the same file; returns the new time."""
        seconds = (self.offset() + by).total_seconds()
        beside = self._offset_file.with_suffix(".new")
        beside.write_text(str(seconds))
        beside.replace(self._offset_file)
        return self.now()


def clock_from(*, demo: bool, offset_file: Path | None) -> Clock:
    """The demo's clock where the settings ask for a demo and name its file; else the machine's."""
    return DemoClock(offset_file) if demo and offset_file else SystemClock()
