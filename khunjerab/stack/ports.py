"""Free ports on loopback."""

import random
import socket

RANGE = range(20000, 32000)
"""Below the ports that Linux gives to outgoing connections, so that none of those takes one in between."""


def free_port(taken: set[int]) -> int:
    """A port that nobody listens on and that is not in `taken`, to which it is added."""
    for port in random.sample(RANGE, len(RANGE)):
        if port not in taken and is_free(port):
            taken.add(port)
            return port
    raise OSError("no free port on loopback")


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of loopback now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
