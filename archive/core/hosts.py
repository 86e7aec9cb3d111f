"""Host names in the form that DNS uses. Pure; makes no DNS request.

A name is mapped as browsers map it: UTS 46, non-transitional, then IDNA 2008 (RFC 5891). Python's own "idna" codec is
IDNA 2003, which turns "ß" into "ss" and so leads to another host.
"""

from __future__ import annotations

import idna

LONGEST = 253
"""The most characters of a name (RFC 1035)."""


def ascii_host(name: str) -> str:
    """The ASCII form of a host name in lower case ("straße.example" is "xn--strae-oqa.example").

    Raises ValueError for an impossible name. Symbols, which IDNA 2008 forbids but browsers accept, are kept.
    """
    if name.isascii():
        return name.lower()
    if len(name) > LONGEST:
        raise ValueError(f"a host's name of {len(name)} characters")
    mapped = idna.uts46_remap(name, std3_rules=False, transitional=False)
    return ".".join(map(_ascii_label, mapped.split(".")))


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    try:
        return idna.alabel(label).decode("ascii")
    except idna.InvalidCodepoint:
        return "xn--" + label.encode("punycode").decode("ascii")
