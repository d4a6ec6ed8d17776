"""Telling the workers that a number has work, off the event loop and not too often."""

from __future__ import annotations

import threading
from queue import Empty, SimpleQueue
from time import sleep

from inbox import nudges

PAUSE = 0.025


class Nudger:
    """At once for the first post of a lane; what comes during the pause is told after it."""

    def __init__(self) -> None:
        self._lanes: SimpleQueue[set[str] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def nudge(self, lanes: set[str]) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="nudger", daemon=True)
            self._thread.start()
        self._lanes.put(lanes)

    def close(self) -> None:
        if self._thread is not None:
            self._lanes.put(None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while (lanes := self._lanes.get()) is not None:
            lanes = set(lanes)
            closing = self._add_waiting(lanes)
            for lane in lanes:
                nudges.drain(lane)
            if closing:
                return
            sleep(PAUSE)

    def _add_waiting(self, lanes: set[str]) -> bool:
        """Add the lanes that were named meanwhile; say whether the door is being closed."""
        while True:
            try:
                more = self._lanes.get_nowait()
            except Empty:
                return False
            if more is None:
                return True
            lanes |= more
