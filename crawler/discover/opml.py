"""OPML: the outlines that name feeds. Pure; never raises, whatever the bytes. Source: OPML 2.0."""

from __future__ import annotations

from lxml import etree

MOST_OUTLINES = 20_000


def outlines(body: bytes) -> list[dict[str, str]]:
    """The outlines with a feed, in their order: their attributes by lower-case name, and `title`."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    found: list[dict[str, str]] = []
    for element in root.iter("{*}outline") if root is not None else ():
        named = {str(name).lower(): " ".join(str(value).split()) for name, value in element.attrib.items()}
        if named.get("xmlurl"):
            found.append({**named, "title": named.get("title") or named.get("text", "")})
        if len(found) == MOST_OUTLINES:
            break
    return found
