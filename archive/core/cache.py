"""Answers of pure functions of a text, remembered: only for short texts, so that what a page holds bounds no memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

LONGEST = 1_000
"""Characters of a text whose answer is remembered at most."""


def remembered(most: int) -> Callable[[Callable[Concatenate[str, P], T]], Callable[Concatenate[str, P], T]]:
    """Remember the answers of a function of a text (and of hashable values besides) for the `most` last asked."""

    def of(function: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
        known = cast("Callable[Concatenate[str, P], T]", lru_cache(maxsize=most)(function))

        @wraps(function)
        def answer(text: str, /, *args: P.args, **kwargs: P.kwargs) -> T:
            return (known if len(text) <= LONGEST else function)(text, *args, **kwargs)

        return answer

    return of
