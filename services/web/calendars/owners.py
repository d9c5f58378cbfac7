"""Whose calendar is at which address: an address never changes hands, so that it is asked once."""

from collections.abc import Callable
from hashlib import sha256

from chassis.recent import Recent


class Owners:
    """Of the `most` addresses that were read last. Whether an address still stands is for the exchange to say."""

    def __init__(self, most: int = 1_000) -> None:
        self._known = Recent[bytes, str](most)

    def of(self, secret: str, ask: Callable[[], str]) -> str:
        """The owner, asked for where they are not known; nothing is kept of what `ask` raises."""
        address = _hashed(secret)
        owner = self._known.get(address)
        if owner is None:
            owner = ask()
            self._known.put(address, owner)
        return owner

    def forget(self, secret: str) -> None:
        self._known.forget(_hashed(secret))


def _hashed(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
