"""How the hub fares while the exchange computes: `python -m … <what>` writes `{"seconds", "ticks", "longest"}`."""

import json
import sys
from itertools import pairwise
from time import monotonic

from chassis.roles import SERVE, asked_role


def main(what: str, how: str = "apart") -> None:
    """A process as `serve` is one. `how`: `together` does without what keeps a computation apart."""
    asked_role([SERVE])
    # Not before: eventlet has to patch what all of this is made of.
    import eventlet

    import chassis.apart
    from tests.unit.exchange.computing import WHAT, alliance

    if how == "together":
        chassis.apart._is_patched = lambda: False
    compute = WHAT[what](alliance())
    ticks: list[float] = []

    def tick() -> None:
        while True:
            ticks.append(monotonic())
            eventlet.sleep(0.001)

    eventlet.spawn(tick)
    eventlet.sleep(0.05)
    began, before = monotonic(), len(ticks)
    compute()
    within = [began, *ticks[before:], monotonic()]
    longest = max(later - earlier for earlier, later in pairwise(within))
    sys.stdout.write(json.dumps({"seconds": within[-1] - began, "ticks": len(within) - 2, "longest": longest}))


if __name__ == "__main__":
    main(*sys.argv[1:])
