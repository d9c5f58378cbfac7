"""Whose calendar is at which address: an address never changes hands, so that it is asked once."""

from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from threading import Lock


class Owners:
    """Of the `most` addresses that were read last. Whether an address still stands is for the exchange to say."""

    def __init__(self, most: int = 1_000) -> None:
        self._most, self._known, self._lock = most, OrderedDict[bytes, str](), Lock()

    def of(self, secret: str, ask: Callable[[], str]) -> str:
        """The owner, asked for where they are not known; nothing is kept of what `ask` raises."""
        address = _hashed(secret)
        with self._lock:
            known = self._known.get(address)
        owner = known or ask()
        with self._lock:
            self._known[address] = owner
            self._known.move_to_end(address)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return owner

    def forget(self, secret: str) -> None:
        with self._lock:
            self._known.pop(_hashed(secret), None)


def _hashed(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
