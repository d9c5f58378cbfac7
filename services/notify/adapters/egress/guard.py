"""The guard: an address that a user typed becomes a place and the checked IP addresses to connect to, or is refused."""

import socket
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import Any

from chassis.kernel.errors import Unavailable
from services.notify.adapters.egress.place import Place, place_of
from services.notify.adapters.egress.public import IpAddress, IpNetwork, may_be_reached
from services.notify.domain.addresses import AddressNotAllowed

Resolve = Callable[[str, int], Sequence[tuple[Any, ...]]]
"""As `socket.getaddrinfo`."""


class NameNotResolved(Unavailable):
    """No name server knows the host, or none answers."""


def _by_the_system(host: str, port: int) -> Sequence[tuple[Any, ...]]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


class AddressGuard:
    """`Addresses` and more. `allowed`: networks of the operator's that may be reached though they are not public."""

    def __init__(self, allowed: Sequence[IpNetwork] = (), resolve: Resolve = _by_the_system) -> None:
        self._allowed, self._resolve = tuple(allowed), resolve

    def check(self, address: str) -> None:
        """Raises `AddressNotAllowed`. A name that cannot be resolved from here passes: what counts is each sending."""
        try:
            self.checked(address)
        except NameNotResolved:
            return

    def checked(self, address: str) -> tuple[Place, list[IpAddress]]:
        """The place, and the IP addresses by which it may be reached: all that its name has now, asked for once.

        Raises `AddressNotAllowed` where one of them may not, and `NameNotResolved`.
        """
        place = place_of(address)
        found = [place.literal] if place.literal else self._resolved(place)
        if not all(may_be_reached(each, self._allowed) for each in found):
            raise AddressNotAllowed(because="not-public")
        return place, found

    def _resolved(self, place: Place) -> list[IpAddress]:
        try:
            answers = self._resolve(place.host, place.port)
        except OSError:
            answers = ()
        if not answers:
            raise NameNotResolved
        return list(dict.fromkeys(ip_address(answer[4][0]) for answer in answers))
