"""supportdesk.memory: what a process keeps when its work is done"""

from __future__ import annotations

import subprocess
import sys

import pytest

# One after the other, four threads need 64 MB in small pieces and keep the last of them.
RUSH = """
{first}
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

def megabytes():
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(its.split()[1]) for its in lines if its.startswith("Pss_Anon:")) / 1024

def rush(_):
    pieces = [bytes(4_000) for _ in range(16_000)]
    kept.append(pieces[-1])

kept, met, threads = [], threading.Barrier(4), ThreadPoolExecutor(4)
list(threads.map(lambda _: met.wait(), range(4)))
before = megabytes()
for number in range(12):
    threads.submit(rush, number).result()
print(megabytes() - before)
"""


def left_after_a_rush(first: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", RUSH.format(first=first)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="measures as Linux does")
def test_threads_that_work_in_turn_use_the_same_memory() -> None:
    assert left_after_a_rush("import supportdesk") < left_after_a_rush("") / 2
