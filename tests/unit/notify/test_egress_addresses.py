"""Addresses that nobody may be made to speak to, however they are spelt, and those that are let through."""

from collections.abc import Sequence
from ipaddress import ip_address, ip_network
from typing import Any

import pytest

from services.notify.adapters.egress import AddressGuard, NameNotResolved
from services.notify.adapters.egress.public import is_public
from services.notify.domain.addresses import AddressNotAllowed

PUBLIC = "93.184.216.34"


def resolving(*addresses: str) -> Any:
    """A name server that has these addresses for every name."""

    def resolve(_: str, port: int) -> Sequence[tuple[Any, ...]]:
        return [(2, 1, 6, "", (each, port)) for each in addresses]

    return resolve


HOSTILE_BY_FORM = {
    "form": [
        "", "hospital.example", "//hospital.example/", "http://hospital.example/", "ftp://hospital.example/",
        "file:///etc/passwd", "gopher://127.0.0.1:6379/_FLUSHALL", "HTTPS://hospital.example/",
        "https:hospital.example",
        "https:/hospital.example", "https:///hospital.example", "https://",
        "https://hospital.example/a b", "https://hospital.example/\r\nHost: inner", "https://hospital.example\n",
        " https://hospital.example/", "https://hospital.example/#@127.0.0.1/", "https://hospital.example:/",
        "https://hospital.example:443:443/", "https://hospital.example:4٤3/", "https://医院.example/", "https://①②⑦.⓪.⓪.①/",
        "https://127。0。0。1/", "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "https://loc\u00adalhost/", "https://%6c%6f%63alhost/",
        "https://[::1%25lo]/", "https://[fe80::1%eth0]/", "https://[::1/",
        "https://[127.0.0.1/", "https://hospital.example/\x00", "https://hos\tpital.example/", "https://hospital_.example/",
    ],
    "user-info": [
        "https://user@127.0.0.1/", "https://hospital.example@127.0.0.1/", "https://user:word@hospital.example/",
        "https://@hospital.example/", "https://hospital.example\\@127.0.0.1/", "https://127.0.0.1%2f@hospital.example/",
    ],
    "host": [
        "https://2130706433/", "https://0x7f000001/", "https://017700000001/", "https://127.1/", "https://127.0.1/",
        "https://0177.0.0.1/", "https://0x7f.0.0.1/", "https://127.0.0.01/", "https://127.0.0.1./", "https://256.0.0.1/",
        "https://127.0.0.1.0/", "https://1.2.3.0x/", "https://hospital.example./", "https://-a.example/", "https://a..b/",
        "https://.example/", "https://[127.0.0.1]/", "https://[::1::]/", "https://[1]/", f"https://{'a' * 64}.example/",
        f"https://{'a.' * 127}example/", "https://hospital.0/", "https://[::ffff:127.1]/",
    ],
    "port": [
        "https://hospital.example:0/", "https://hospital.example:22/", "https://hospital.example:25/",
        "https://hospital.example:80/", "https://hospital.example:1023/", "https://hospital.example:65536/",
        "https://hospital.example:99999/",
    ],
    "length": [f"https://hospital.example/{'a' * 2000}"],
}  # fmt: skip

NOT_PUBLIC = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.0.1",  # noqa: S104
    "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.216.34", "64:ff9b::7f00:1",
    "64:ff9b::a00:1", "64:ff9b:1::a00:1", "100::1", "2001::1", "2001:0:7f00:1::", "2001:10::1", "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::", "2002:a00:1::1", "2a00::5efe:7f00:1", "2a00::200:5efe:a00:1", "3ffe::1", "3fff::1", "4000::1",
    "5f00::1", "fc00::1", "fd12:3456:789a::1", "fe80::1", "fe80::1%eth0", "2a00::1%eth0", "fec0::1", "ff02::1",
    "ff0e::1",
]  # fmt: skip
METADATA = [
    "169.254.169.254", "169.254.170.2", "169.254.170.23", "fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254",
    "168.63.129.16", "100.100.100.200", "192.0.0.192",
]  # fmt: skip
PLAIN = ["93.184.216.34", "8.8.8.8", "202.204.0.1", "103.31.80.1", "2a00:1450:4001::1", "2606:4700::1111", "2400::1"]


@pytest.mark.parametrize(
    ("address", "because"), [(each, because) for because, many in HOSTILE_BY_FORM.items() for each in many]
)
def test_what_is_spelt_to_be_misread_is_refused_before_anybody_is_asked_for_it(address: str, because: str) -> None:
    asked: list[str] = []
    guard = AddressGuard(resolve=lambda host, _: asked.append(host) or [])  # type: ignore[func-returns-value]
    with pytest.raises(AddressNotAllowed) as refused:
        guard.check(address)
    assert (refused.value.facts, asked) == ({"because": because}, [])


@pytest.mark.parametrize("number", NOT_PUBLIC + METADATA)
def test_a_name_that_leads_inside_is_refused_also_beside_a_public_address(number: str) -> None:
    for found in ([number], [PUBLIC, number], [number, PUBLIC]):
        with pytest.raises(AddressNotAllowed, match="not-public"):
            AddressGuard(resolve=resolving(*found)).check("https://hospital.example/")


@pytest.mark.parametrize("number", [each for each in NOT_PUBLIC + METADATA if "%" not in each])
def test_an_address_that_is_not_public_is_refused_where_it_stands_itself(number: str) -> None:
    written = f"[{number}]" if ":" in number else number
    with pytest.raises(AddressNotAllowed, match="not-public"):
        AddressGuard(resolve=resolving(PUBLIC)).check(f"https://{written}/")


@pytest.mark.parametrize("number", METADATA)
def test_what_hands_out_credentials_is_refused_whatever_is_allowed(number: str) -> None:
    everything = [ip_network("0.0.0.0/0"), ip_network("::/0")]
    with pytest.raises(AddressNotAllowed):
        AddressGuard(everything, resolving(number)).check("https://hospital.example/")


@pytest.mark.parametrize("number", PLAIN)
def test_public_addresses_are_public(number: str) -> None:
    assert is_public(ip_address(number))


@pytest.mark.parametrize(
    ("address", "host", "port", "target"),
    [
        ("https://hospital.example", "hospital.example", 443, "/"),
        ("https://Hospital.Example/a/b?c=d%20e", "hospital.example", 443, "/a/b?c=d%20e"),
        ("https://hospital.example:8443?q", "hospital.example", 8443, "/?q"),
        ("https://xn--fiq228c.example:1024/", "xn--fiq228c.example", 1024, "/"),
        ("https://8.8.8.8/", "8.8.8.8", 443, "/"),
        ("https://[2606:4700:0::1111]:65535/x", "2606:4700::1111", 65535, "/x"),
        ("https://1and1.example/", "1and1.example", 443, "/"),
    ],
)
def test_an_ordinary_address_is_read_as_it_stands(address: str, host: str, port: int, target: str) -> None:
    place, _ = AddressGuard(resolve=resolving(PUBLIC)).checked(address)
    assert (place.host, place.port, place.target) == (host, port, target)


def test_an_operator_may_allow_a_network_and_no_more_than_that() -> None:
    guard = AddressGuard([ip_network("10.20.0.0/16")], resolving("10.20.30.40"))
    guard.check("https://receiver.inside/")
    for outside in ("10.21.0.1", "::ffff:10.20.30.40"):
        with pytest.raises(AddressNotAllowed):
            AddressGuard([ip_network("10.20.0.0/16")], resolving(outside)).check("https://receiver.inside/")


def test_a_name_that_nobody_knows_yet_may_be_registered_and_is_not_sent_to() -> None:
    guard = AddressGuard(resolve=resolving())
    guard.check("https://hospital.example/")
    with pytest.raises(NameNotResolved):
        guard.checked("https://hospital.example/")
    with pytest.raises(AddressNotAllowed):
        guard.check("https://10.0.0.1/")
