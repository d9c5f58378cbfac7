"""Named places where a test may kill the process, so that every gap between two steps can be tried.

`KHUNJERAB_CRASH_AT` names the place, `store.after-write`, or the place and which passing of it, `store.after-write#3`;
`KHUNJERAB_CRASH_ONCE` a file that is made just before dying and spares the next life.
Outside such a test a place costs one comparison.
"""

import os
import signal
from itertools import count
from pathlib import Path

_times = count(1)


def reached(place: str) -> None:
    """Ends the process as `kill -9` would, when the environment asks for it at this place and has not had it yet."""
    wanted, _, number = os.environ.get("KHUNJERAB_CRASH_AT", "").partition("#")
    if wanted != place:
        return
    spared = Path(os.environ["KHUNJERAB_CRASH_ONCE"])
    if not spared.exists() and next(_times) == int(number or 1):
        spared.write_text(place)
        os.kill(os.getpid(), signal.SIGKILL)
