"""The systems that may read the diary, each with the sites whose bookings it sees; tokens are kept as hashes alone.

`FHIR_TOKENS`: `name@sit_…+sit_…:<SHA-256 of the token, in hexadecimal>`, with commas between them; empty turns it off.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass

from chassis.kernel.actor import OBSERVER, Actor

_FORM = re.compile(
    r"(?P<name>[0-9a-z-]{1,40})@(?P<sites>sit_[0-9a-z-]{1,60}(\+sit_[0-9a-z-]{1,60})*):(?P<digest>[0-9a-f]{64})"
)


@dataclass(frozen=True)
class Client:
    """A system that reads. `digest`: the SHA-256 of its token, in hexadecimal."""

    name: str
    sites: frozenset[str]
    digest: str

    @property
    def actor(self) -> Actor:
        """Who it is to the services: nobody's account, an observer at its sites."""
        return Actor(f"sys_{self.name}", frozenset({OBSERVER}), self.sites)


def clients_in(setting: str) -> tuple[Client, ...]:
    """The clients of the setting. Raises `ValueError`, which does not quote it."""
    written = [text.strip() for text in setting.split(",")] if setting.strip() else []
    found = [_FORM.fullmatch(text) for text in written]
    clients = tuple(Client(each["name"], frozenset(each["sites"].split("+")), each["digest"]) for each in found if each)
    if len(clients) < len(written):
        raise ValueError("each is name@site+site:hash, the hash 64 hexadecimal digits, with commas between them")
    if len({each.name for each in clients}) < len(clients):
        raise ValueError("two have the same name")
    return clients


def client_with(token: str, clients: Iterable[Client]) -> Client | None:
    """Whose token it is. It takes as long whichever it is, and whether it is any."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    found = [each for each in clients if hmac.compare_digest(each.digest, digest)]
    return found[0] if found else None
