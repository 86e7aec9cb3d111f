"""Data in the form of the library devalue, as Nuxt 3 and SvelteKit write it, as plain JSON values. Pure.

One flat list holds every value; numbers inside of its lists and objects are the places of other values in it. Lists
that begin with a word are a date, a set, a map or a mark of the framework.
Source: https://github.com/sveltejs/devalue (stringify, parse).
"""

from __future__ import annotations

from typing import Any

_MOST = 200_000
_DEEPEST = 100
_HELD = frozenset({"Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef"})


def restored(held: Any) -> Any:
    """The value that a flat list stands for; the same value where it is none."""
    if not _is_flat(held):
        return held
    try:
        return _Flat(held).value(0, 0)
    except (TypeError, IndexError, ValueError):
        return held


def _is_flat(held: Any) -> bool:
    """Whether a value is such a list: its first value refers to others that are there, and to nothing else."""
    if not (isinstance(held, list) and 1 < len(held) <= _MOST):
        return False
    first = held[0]
    if isinstance(first, list):
        return len(first) == 2 and isinstance(first[0], str) and first[0] in _HELD and type(first[1]) is int
    if not isinstance(first, dict) or not first:
        return False
    return all(type(place) is int and place < len(held) for place in first.values()) and any(first.values())


class _Flat:
    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self._known: dict[int, Any] = {}
        self._made = 0

    def value(self, place: int, depth: int) -> Any:
        """The value at a place; None for a place below 0, which stands for what JSON cannot say, and for cycles."""
        if type(place) is not int or place < 0:
            return None
        if place in self._known:
            return self._known[place]
        self._made += 1
        if depth > _DEEPEST or self._made > _MOST:
            return None
        self._known[place] = None
        self._known[place] = found = self._of(self._values[place], depth + 1)
        return found

    def _of(self, held: Any, depth: int) -> Any:
        """What is held at a place, whose parts are places again: an object, a list, or a list whose first text names
        what else it is; None for what JSON cannot say."""
        if isinstance(held, dict):
            return {name: self.value(place, depth) for name, place in held.items()}
        if not isinstance(held, list):
            return held
        if not held or not isinstance(held[0], str):
            return [self.value(place, depth) for place in held]
        mark, *rest = held
        if mark in _HELD:
            return self.value(rest[0], depth) if rest else None
        if mark == "Date":
            return rest[0] if rest else None
        if mark == "Set":
            return [self.value(place, depth) for place in rest]
        if mark == "Map":
            pairs = zip(rest[::2], rest[1::2], strict=False)
            return {str(name): self.value(b, depth) for a, b in pairs if _is_plain(name := self.value(a, depth))}
        if mark == "null":
            return {name: self.value(place, depth) for name, place in zip(rest[::2], rest[1::2], strict=False)}
        return None


def _is_plain(value: object) -> bool:
    """Whether a value can name another: the text of a list or object that holds one thing many times may be endless."""
    return isinstance(value, str | int | float)
