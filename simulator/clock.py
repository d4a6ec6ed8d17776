"""The simulator's time: the machine's, shifted, or standing still for tests."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(slots=True)
class Clock:
    shift: float = 0.0
    frozen_at: float | None = None

    def now(self) -> float:
        return time.time() + self.shift if self.frozen_at is None else self.frozen_at

    def seconds(self) -> int:
        return int(self.now())

    def set(self, moment: float) -> None:
        if self.frozen_at is None:
            self.shift = moment - time.time()
        else:
            self.frozen_at = moment

    def advance(self, seconds: float) -> None:
        self.set(self.now() + seconds)

    def freeze(self) -> None:
        self.frozen_at = self.now()

    def run(self) -> None:
        if self.frozen_at is not None:
            moment, self.frozen_at = self.frozen_at, None
            self.set(moment)
