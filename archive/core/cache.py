"""A cache for pure functions of a text. It only keeps short texts, so that long pages cannot fill the memory.

What it keeps are plain entries of two dictionaries. Those of `functools.lru_cache` are objects of their own, which
Python's search for cycles looks at again and again, and which make it search more often.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

LONGEST = 1_000
"""The most characters of a text whose result is cached."""

_UNKNOWN: Any = object()


def remembered(most: int) -> Callable[[Callable[Concatenate[str, P], T]], Callable[Concatenate[str, P], T]]:
    """Cache the results of a function of a text (and of other hashable values): `most` of them, of the last arguments
    at least half as many. A call with named arguments is not cached."""

    def of(function: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
        young: dict[Any, T] = {}
        old: dict[Any, T] = {}

        @wraps(function)
        def answer(text: str, /, *args: P.args, **kwargs: P.kwargs) -> T:
            nonlocal young, old
            if kwargs or len(text) > LONGEST:
                return function(text, *args, **kwargs)
            key = (text, *args) if args else text
            found = young.get(key, _UNKNOWN)
            if found is _UNKNOWN:
                found = old.get(key, _UNKNOWN)
                if found is _UNKNOWN:
                    found = function(text, *args, **kwargs)
                if 2 * len(young) >= most:
                    young, old = {}, young
                young[key] = found
            return found  # type: ignore[no-any-return]

        return answer

    return of
