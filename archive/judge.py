"""How likely each block of a page is part of the release."""

from archive.features import names

_VOTE = names().index("vote")


def scores(rows: list[list[float]]) -> list[float]:
    """The likelihood of each block, from its features."""
    return [row[_VOTE] for row in rows]
