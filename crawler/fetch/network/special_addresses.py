"""Which IP addresses are not of the public Internet: a table made from IANA's registries, and functions on it. Pure.

Sources: the IANA IPv4 and IPv6 Special-Purpose Address Registries (set up by RFC 6890, kept as the files
iana-ipv4-special-registry and iana-ipv6-special-registry), the IANA registries of multicast addresses and of the IPv6
address space, RFC 4291 and RFC 3879 for forms that are out of use, and the documentation of cloud providers for their
metadata services.

Stricter than the registries in one way: blocks that IANA calls globally reachable (anycast services of the network
itself, such as AS112) are refused too, because no newsroom is there. Does not resolve names.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class SpecialBlock(NamedTuple):
    """A row of the table: a block of addresses, its name at IANA or at its owner, and the source for that."""

    network: str
    name: str
    source: str


SPECIAL_BLOCKS = (
    SpecialBlock("0.0.0.0/8", "this network", "RFC 791, section 3.2"),
    SpecialBlock("10.0.0.0/8", "private use", "RFC 1918"),
    SpecialBlock("100.64.0.0/10", "shared address space of carriers", "RFC 6598"),
    SpecialBlock("127.0.0.0/8", "loopback", "RFC 1122, section 3.2.1.3"),
    SpecialBlock("169.254.0.0/16", "link local, and the metadata services of clouds", "RFC 3927"),
    SpecialBlock("172.16.0.0/12", "private use", "RFC 1918"),
    SpecialBlock("192.0.0.0/24", "IETF protocol assignments", "RFC 6890, section 2.1"),
    SpecialBlock("192.0.2.0/24", "documentation (TEST-NET-1)", "RFC 5737"),
    SpecialBlock("192.31.196.0/24", "AS112-v4", "RFC 7535"),
    SpecialBlock("192.52.193.0/24", "AMT", "RFC 7450"),
    SpecialBlock("192.88.99.0/24", "6to4 relay anycast, deprecated", "RFC 7526"),
    SpecialBlock("192.168.0.0/16", "private use", "RFC 1918"),
    SpecialBlock("192.175.48.0/24", "direct delegation AS112 service", "RFC 7534"),
    SpecialBlock("198.18.0.0/15", "benchmarking", "RFC 2544"),
    SpecialBlock("198.51.100.0/24", "documentation (TEST-NET-2)", "RFC 5737"),
    SpecialBlock("203.0.113.0/24", "documentation (TEST-NET-3)", "RFC 5737"),
    SpecialBlock("224.0.0.0/4", "multicast", "RFC 5771"),
    SpecialBlock("240.0.0.0/4", "reserved, and the limited broadcast", "RFC 1112, section 4; RFC 8190"),
    SpecialBlock(
        "168.63.129.16/32", "metadata service of a cloud", "Microsoft Azure, What is IP address 168.63.129.16?"
    ),
    SpecialBlock("::1/128", "loopback", "RFC 4291, section 2.5.3"),
    SpecialBlock("::/96", "unspecified, or IPv4-compatible, deprecated", "RFC 4291, section 2.5.5.1"),
    SpecialBlock("::ffff:0:0:0/96", "IPv4-translated", "RFC 2765, section 2.1"),
    SpecialBlock("64:ff9b:1::/48", "IPv4-IPv6 translation for local use", "RFC 8215"),
    SpecialBlock("100::/64", "discard only", "RFC 6666"),
    SpecialBlock("100:0:0:1::/64", "dummy prefix", "RFC 9780"),
    SpecialBlock("2001::/23", "IETF protocol assignments, with Teredo and ORCHID", "RFC 2928; RFC 4380; RFC 7343"),
    SpecialBlock("2001:db8::/32", "documentation", "RFC 3849"),
    SpecialBlock("2620:4f:8000::/48", "direct delegation AS112 service", "RFC 7534"),
    SpecialBlock("3fff::/20", "documentation", "RFC 9637"),
    SpecialBlock("5f00::/16", "segment routing (SRv6) identifiers", "RFC 9602"),
    SpecialBlock("fc00::/7", "unique local, and the metadata services of clouds", "RFC 4193"),
    SpecialBlock("fe80::/10", "link local", "RFC 4291, section 2.5.6"),
    SpecialBlock("fec0::/10", "site local, deprecated", "RFC 3879"),
    SpecialBlock("ff00::/8", "multicast", "RFC 4291, section 2.7"),
)
"""Blocks that no crawl may reach unless a person allows it.

Mapped, 6to4 and NAT64 addresses are in none of them: what counts is the IPv4 address inside.
"""

_BLOCKS = tuple((ipaddress.ip_network(block.network), block) for block in SPECIAL_BLOCKS)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All that the IANA IPv6 address space registry gives to hosts of the public Internet."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})
_DOTS = re.compile("[\u3002\uff0e\uff61]")
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")


def why_special(address: str) -> str:
    """What an IP address is if it is not one of the public Internet ("loopback"); "" if it is public.

    For an IPv6 address with an IPv4 address inside (mapped, 6to4, NAT64, ISATAP), the IPv4 address counts. Raises
    ValueError if it is not an IP address.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    block = next((block for network, block in _BLOCKS if ip.version == network.version and ip in network), None)
    if block:
        return block.name
    if isinstance(ip, ipaddress.IPv4Address):
        return ""
    inner = _embedded(ip)
    if inner is not None:
        return why_special(str(inner))
    return "" if ip in _GLOBAL_UNICAST else "not assigned to the public Internet"


def is_private(address: str) -> bool:
    """Whether an IP address belongs to this machine or a local network, directly or inside an IPv6 address."""
    return bool(why_special(address))


def literal_address(host: str) -> Address | None:
    """The IP address that the host of a URL is, in any spelling; None for a name.

    Read as browsers and inet_aton read it (WHATWG URL, host parsing): brackets, a zone, percent-encoding, full-width
    digits, trailing dots, octal, hexadecimal, and fewer than four parts. Raises ValueError for a host that ends in a
    number and is no address ("1.2.3.4.5"): no resolver may guess what was meant.
    """
    name = _DOTS.sub(".", unicodedata.normalize("NFKC", unquote(host))).strip("[]").partition("%")[0]
    if ":" in name:
        return ipaddress.IPv6Address(name)
    parts = name.rstrip(".").split(".")
    if not _NUMBER.fullmatch(parts[-1]):
        return None
    numbers = [_number(part) for part in parts]
    *leading, last = numbers
    if len(numbers) > 4 or any(number > 255 for number in leading) or last >= 256 ** (5 - len(numbers)):
        raise ValueError(f"{host} ends in a number and is no IP address")
    shifted = sum(number << 8 * (3 - place) for place, number in enumerate(leading))
    return ipaddress.IPv4Address(shifted + last)


def _number(part: str) -> int:
    if not _NUMBER.fullmatch(part):
        raise ValueError(f"{part!r} is no part of an IP address")
    if part[:2] in ("0x", "0X"):
        return int(part[2:] or "0", 16)
    return int(part, 8 if part.startswith("0") else 10)


def _embedded(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside an IPv6 address, to which its packets finally go; None if there is none."""
    low = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    is_isatap = int(ip) >> 32 & 0xFFFFFFFF in _ISATAP
    return low if ip in _NAT64 or is_isatap else ip.ipv4_mapped or ip.sixtofour
