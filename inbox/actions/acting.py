"""Which rule acts at the moment: its lines say so, and what it causes is its doing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Acting:
    """``cause`` is what all began with, and ``depth`` how many rules ago."""

    name: str
    cause: str
    depth: int


_acting: ContextVar[Acting | None] = ContextVar("acting_rule", default=None)


def rule() -> Acting | None:
    return _acting.get()


@contextmanager
def as_rule(acting: Acting) -> Iterator[None]:
    token = _acting.set(acting)
    try:
        yield
    finally:
        _acting.reset(token)
