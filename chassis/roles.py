"""Which of a service's processes this is to be: asked before anything else is imported."""

import os
import sys
from collections.abc import Sequence

SERVE, RELAY, WORKER, TRY = "serve", "relay", "worker", "try"
ROLES = (SERVE, RELAY, WORKER, TRY)
"""`try` is the worker's child, which nobody else starts."""


def asked_role(arguments: Sequence[str] | None = None) -> str:
    """The role that the command line names. Ends the program, saying how to call it, where it names none.

    For `serve` eventlet patches the standard library here, since it has to come before whatever is made of it: whoever
    asks must have imported nothing yet.
    """
    asked = list(sys.argv[1:] if arguments is None else arguments)
    if len(asked) != 1 or asked[0] not in ROLES:
        raise SystemExit(f"one of these is needed: {', '.join(ROLES)}")
    if asked[0] == SERVE:
        _patch()
    return asked[0]


def _patch() -> None:
    # eventlet's own resolver keeps an address as long as the name server allows, ten minutes on Docker: a broker or
    # database that came back at another one would not be found. The system's resolver remembers nothing.
    os.environ["EVENTLET_NO_GREENDNS"] = "yes"
    import eventlet

    eventlet.monkey_patch()
