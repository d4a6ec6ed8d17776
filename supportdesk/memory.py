"""How little memory a process keeps for itself once work is done.

Left alone, glibc gives each thread a heap of its own and keeps in it what the largest piece of
work once needed: after a rush that is more than all the rest of the desk. Python computes on
one thread at a time, so that one heap for all costs no time. Set from inside rather than by
the environment, so that it holds however a process was started.
"""

from __future__ import annotations

import ctypes
from typing import Final

# From glibc's malloc.h.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
BYTES: Final = 2**20


def share_one_heap() -> bool:
    """Before the first thread starts. False without glibc: then all stays as it is."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is None:
        return False
    options = {
        M_ARENA_MAX: 1,
        # Fixed, because glibc otherwise raises both with each large piece that is let go,
        # and then keeps pieces of up to 32 MB, and twice that at the end of the heap.
        M_MMAP_THRESHOLD: BYTES,
        M_TRIM_THRESHOLD: BYTES,
    }
    return all(set_option(name, value) == 1 for name, value in options.items())
