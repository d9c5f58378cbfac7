"""What an address says, read by one strict grammar: whatever other readers may make of it is never asked.

Source: RFC 3986 without what nobody needs here (user info, fragments, other schemes, characters beyond ASCII); WHATWG
URL for what counts as a number.
"""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from services.notify.domain.addresses import LONGEST_ADDRESS, AddressNotAllowed

IpAddress = IPv4Address | IPv6Address

HTTPS_PORT, FIRST_UNPRIVILEGED_PORT, LAST_PORT = 443, 1024, 65535

_ADDRESS = re.compile(
    r"https://(?P<user>[^/?#]*@)?(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<target>(?:[/?][A-Za-z0-9._~!$&'()*+,;=:@/?%-]*)?)"
)
_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True)
class Place:
    """`host`: a name in lower case, or an address without brackets; then `literal` is that address.

    `target`: path and query, as they go over the wire.
    """

    host: str
    port: int
    target: str
    literal: IpAddress | None


def place_of(address: str) -> Place:
    """The place that an address names. Raises `AddressNotAllowed`."""
    if len(address) > LONGEST_ADDRESS:
        raise AddressNotAllowed(because="length")
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise AddressNotAllowed(because="form")
    if found["user"]:
        raise AddressNotAllowed(because="user-info")
    host, literal = _host(found["host"].lower())
    target = found["target"]
    return Place(host, _port(found["port"]), target if target.startswith("/") else f"/{target}", literal)


def _host(text: str) -> tuple[str, IpAddress | None]:
    try:
        literal = _literal(text)
    except AddressValueError:
        raise AddressNotAllowed(because="host") from None
    if literal is not None:
        return str(literal), literal
    if not _NAME.fullmatch(text):
        raise AddressNotAllowed(because="host")
    return text, None


def _literal(text: str) -> IpAddress | None:
    """The address where the host is one. `127.1`, `0x7f000001` and `0177.0.0.1` are numbers, and no usual form."""
    if text.startswith("["):
        return IPv6Address(text[1:-1])
    last = text.removesuffix(".").rpartition(".")[2]
    return IPv4Address(text) if _NUMBER.fullmatch(last) else None


def _port(text: str | None) -> int:
    """443 and whatever needs no privilege to listen on: below stand mail, shells, directories and the like."""
    port = HTTPS_PORT if text is None else int(text)
    if port != HTTPS_PORT and not FIRST_UNPRIVILEGED_PORT <= port <= LAST_PORT:
        raise AddressNotAllowed(because="port")
    return port
