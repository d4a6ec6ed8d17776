"""What others took of a shared machine while something was measured.

On a rented machine the host gives our cores to its other guests, now and then most of them.
Linux counts that as stolen, and a number says little without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

STAT = Path("/proc/stat")
STOLEN = 7  # place in its first line, see proc(5)
WORTH_SAYING = 0.05


@dataclass(frozen=True, slots=True)
class Spent:
    """Time of all cores since the machine started, in ticks."""

    total: int
    stolen: int

    def share_stolen_since(self, earlier: Spent) -> float:
        """Of the time that somebody wanted: our work, and what was taken from it."""
        return (self.stolen - earlier.stolen) / max(1, self.total - earlier.total)


def spent() -> Spent:
    """Nothing where there is no such file (not Linux)."""
    if not STAT.exists():
        return Spent(0, 0)
    ticks = [int(word) for word in STAT.read_text().split("\n", 1)[0].split()[1:9]]
    idle = ticks[3] + ticks[4]
    return Spent(sum(ticks) - idle, ticks[STOLEN])


def remark(earlier: Spent) -> str:
    """Words for a note; "" when it was next to nothing."""
    share = spent().share_stolen_since(earlier)
    return f"{share:.0%} of the time taken by other guests" if share >= WORTH_SAYING else ""
