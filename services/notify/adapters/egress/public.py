"""Which IP addresses may be spoken to: those of the public internet, and what an operator allows.

Source: IANA's special-purpose address registries (RFC 6890), as `ipaddress` knows them, and what they leave out.
"""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

IpAddress = IPv4Address | IPv6Address
IpNetwork = IPv4Network | IPv6Network

_GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All that is assigned of IPv6; `::ffff:0:0/96`, `64:ff9b::/96`, `::/96`, which hide an IPv4 address, are not in it."""

_SPECIAL = tuple(
    ip_network(each)
    for each in (
        "192.0.0.0/24",  # IETF protocol assignments
        "192.88.99.0/24",  # relays of 6to4
        "2001::/23",  # IETF protocol assignments: Teredo, ORCHID, benchmarks
        "2002::/16",  # 6to4: an IPv4 address within
        "3ffe::/16",  # the former 6bone
        "3fff::/20",  # documentation
    )
)
"""What some releases of `ipaddress` take for public."""

_METADATA = frozenset(
    ip_address(each)
    for each in (
        "169.254.169.254",  # most clouds
        "169.254.170.2",  # containers at Amazon
        "169.254.170.23",
        "fd00:ec2::254",  # Amazon
        "fd00:ec2::23",
        "fd20:ce::254",  # Google
        "168.63.129.16",  # Azure: public by its number
        "100.100.100.200",  # Alibaba
        "192.0.0.192",  # Oracle
    )
)
"""Where clouds hand out their machines' credentials: never, whatever is allowed."""

_ISATAP = (0x00005EFE, 0x02005EFE)


def may_be_reached(address: IpAddress, allowed: Sequence[IpNetwork]) -> bool:
    """Whether it is public or allowed, and no service of a cloud for its own machines."""
    if address in _METADATA:
        return False
    return any(address in network for network in allowed) or is_public(address)


def is_public(address: IpAddress) -> bool:
    """Whether it is an address of the public internet, of one machine, with no other address hidden in it."""
    if any(address in network for network in _SPECIAL):
        return False
    odd = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    if odd or address.is_link_local or address.is_private or not address.is_global:
        return False
    return isinstance(address, IPv4Address) or (address in _GLOBAL_UNICAST and not _hides_another(address))


def _hides_another(address: IPv6Address) -> bool:
    return address.scope_id is not None or int(address) >> 32 & 0xFFFFFFFF in _ISATAP
