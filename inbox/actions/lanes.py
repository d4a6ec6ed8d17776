"""Which lanes this process is draining: a second thread need not ask the database for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_taken: set[str] = set()
_guard = threading.Lock()


@contextmanager
def turn(lane: str) -> Iterator[bool]:
    """False when another thread of this process has the lane. Never waits."""
    with _guard:
        is_ours = lane not in _taken
        _taken.add(lane)
    try:
        yield is_ours
    finally:
        if is_ours:
            with _guard:
                _taken.discard(lane)
