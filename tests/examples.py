"""How many examples the property tests try: a quarter in `make test`, all in `make soak`."""

from __future__ import annotations

from hypothesis import settings

QUICK, FULL = 25, 100


def examples(full: int) -> settings:
    """As many examples as a test needs, or in the quick run the same part of them as of other tests, but three."""
    assert settings.default, "no profile is loaded"
    return settings(max_examples=max(3, full * settings.default.max_examples // FULL))
