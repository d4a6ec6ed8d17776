"""What many ask at the same time is found out once, and kept in this process for a moment.

So short that nobody notices, and without the cache server: asking that costs as much as most
of the queries that are saved.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, ClassVar, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
MOST = 4096  # different questions kept for one function


class Lately(Generic[P, T]):
    """A function whose answers hold for some seconds. Its arguments are hashable."""

    _all: ClassVar[list[Lately[Any, Any]]] = []

    def __init__(self, find: Callable[P, T], seconds: float) -> None:
        self._find, self._seconds = find, seconds
        self._kept: dict[tuple[object, ...], tuple[float, T]] = {}
        Lately._all.append(self)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        now, key = monotonic(), (*args, *kwargs.items())
        kept = self._kept.get(key)
        if kept and now < kept[0]:
            return kept[1]
        answer = self._find(*args, **kwargs)
        if len(self._kept) >= MOST:
            self._kept.clear()
        # From when the question was asked: what changed after that may be missing.
        self._kept[key] = (now + self._seconds, answer)
        return answer

    def forget(self) -> None:
        self._kept.clear()

    @classmethod
    def forget_all(cls) -> None:
        for one in cls._all:
            one.forget()


def lately(seconds: float) -> Callable[[Callable[P, T]], Lately[P, T]]:
    def keep(find: Callable[P, T]) -> Lately[P, T]:
        return Lately(find, seconds)

    return keep
