"""The table of special addresses, row by row, and every spelling in which one of them may be hidden."""

from __future__ import annotations

import ipaddress

import pytest

from crawler.fetch.network.special_addresses import (
    SPECIAL_BLOCKS,
    SpecialBlock,
    is_private,
    literal_address,
    why_special,
)


@pytest.mark.parametrize("block", SPECIAL_BLOCKS, ids=lambda block: block.network)
def test_every_row_refuses_its_first_and_last_address(block: SpecialBlock) -> None:
    network = ipaddress.ip_network(block.network)
    assert is_private(str(network[0]))
    assert is_private(str(network[-1]))
    assert block.name
    assert block.source


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.1",
        "10.255.0.1",
        "100.100.100.200",  # the metadata service of a cloud
        "127.8.8.8",
        "168.63.129.16",
        "169.254.169.254",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.0.192",  # the metadata service of a cloud
        "192.0.2.1",
        "192.31.196.1",
        "192.52.193.1",
        "192.88.99.1",
        "192.168.1.1",
        "192.175.48.1",
        "198.19.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.251",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::8.8.8.8",
        "::ffff:0:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "64:ff9b:1:fffe::10.0.0.1",
        "100::1",
        "100:0:0:1::1",
        "2001::1",  # Teredo
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:a00:1::1",  # 6to4 of 10.0.0.1
        "2002:a9fe:a9fe::",
        "2620:4f:8000::1",
        "3fff::1",
        "3fff:fff:ffff::1",
        "4000::1",  # assigned to nobody
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",  # the metadata service of a cloud
        "fe80::1%eth0",
        "febf::1",
        "fec0::1",
        "feff::1",
        "ff02::1",
        "2a00:1450::5efe:10.0.0.1",  # ISATAP
    ],
)
def test_an_address_that_is_not_of_the_public_internet_is_refused(address: str) -> None:
    assert why_special(address)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "93.184.215.14",
        "100.63.255.255",
        "168.63.129.17",
        "172.32.0.1",
        "192.0.1.1",
        "198.20.0.1",
        "223.255.255.255",
        "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
        "2a00:1450:4001:812::200e",
        "2001:4860:4860::8888",
        "::ffff:93.184.215.14",
        "64:ff9b::93.184.215.14",
        "2002:5db8:d70e::1",
        "2a00:1450::5efe:93.184.215.14",
    ],
)
def test_a_public_address_is_public(address: str) -> None:
    assert why_special(address) == ""


@pytest.mark.parametrize(
    ("host", "meant"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("127.0.0.1..", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("127.0.1", "127.0.0.1"),
        ("127.65535", "127.0.255.255"),
        ("2130706433", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("0X7F.1", "127.0.0.1"),
        ("0x7f.0x0.0x0.0x1", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("0177.0.0.01", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("0xa9.0376.43518", "169.254.169.254"),
        ("0", "0.0.0.0"),
        ("0x", "0.0.0.0"),
        ("10.1", "10.0.0.1"),
        ("%31%32%37.0.0.1", "127.0.0.1"),
        ("127%2e0%2E0.1", "127.0.0.1"),
        ("①②⑦.⓪.⓪.①", "127.0.0.1"),
        ("１２７.0.0.1", "127.0.0.1"),
        ("127。0。0。1", "127.0.0.1"),
        ("127．0｡0.1", "127.0.0.1"),
        ("[::1]", "::1"),
        ("::1", "::1"),
        ("[fe80::1%25eth0]", "fe80::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("[0:0:0:0:0:ffff:7f00:1]", "::ffff:7f00:1"),
        ("news.example", None),
        ("127.0.0.1.example", None),
        ("1.2.3.com", None),
        ("0x7f.example", None),
        ("localhost", None),
        ("", None),
    ],
)
def test_a_literal_address_is_known_in_every_spelling(host: str, meant: str | None) -> None:
    found = literal_address(host)
    assert found == (ipaddress.ip_address(meant) if meant else None)


@pytest.mark.parametrize(
    "host", ["1.2.3.4.5", "256.1.1.1", "1.1.1.256", "4294967296", "0x100000000", "08.0.0.1", "a.1", "1..1", "[::1::1]"]
)
def test_what_ends_in_a_number_and_is_no_address_is_refused(host: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        literal_address(host)
