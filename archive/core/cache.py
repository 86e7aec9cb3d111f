"""A cache for pure functions of a text. It only keeps short texts, so that long pages cannot fill the memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

LONGEST = 1_000
"""The most characters of a text whose result is cached."""


def remembered(most: int) -> Callable[[Callable[Concatenate[str, P], T]], Callable[Concatenate[str, P], T]]:
    """Cache the results of a function of a text (and of other hashable values) for the last `most` arguments."""

    def of(function: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
        known = cast("Callable[Concatenate[str, P], T]", lru_cache(maxsize=most)(function))

        @wraps(function)
        def answer(text: str, /, *args: P.args, **kwargs: P.kwargs) -> T:
            return (known if len(text) <= LONGEST else function)(text, *args, **kwargs)

        return answer

    return of
