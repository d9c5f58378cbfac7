"""Memory of processes, shared pages by their share (PSS). Source: the kernel's documentation of `smaps_rollup`."""

from collections.abc import Iterable, Iterator
from pathlib import Path

PROC = Path("/proc")


def megabytes(pids: Iterable[int]) -> float:
    """What these processes and everything that they started take."""
    return sum(_kilobytes(pid) for pid in _with_children(set(pids))) / 1024


def _with_children(pids: set[int]) -> set[int]:
    parents = dict(_parents())
    while more := {pid for pid, parent in parents.items() if parent in pids} - pids:
        pids |= more
    return pids


def _parents() -> Iterator[tuple[int, int]]:
    for status in PROC.glob("[0-9]*/stat"):
        try:
            # The command may hold spaces and brackets; what follows its last bracket does not.
            yield int(status.parent.name), int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue


def _kilobytes(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
