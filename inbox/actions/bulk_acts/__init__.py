"""One act on many conversations: chosen once, worked through in batches, taken back if wanted.

The row of ``BulkAct`` is the truth: it holds what was chosen, and its position moves in the
same transaction as the batch. So a worker that dies leaves nothing half done, and the next one
does nothing twice.
"""

from __future__ import annotations

from inbox.actions.bulk_acts.asking import (
    MOST,
    cancel,
    choose,
    freeze,
    may_be_undone,
    start,
    undo,
)
from inbox.actions.bulk_acts.orders import Order
from inbox.actions.bulk_acts.running import run, sweep, tidy

__all__ = [
    "MOST",
    "Order",
    "cancel",
    "choose",
    "freeze",
    "may_be_undone",
    "run",
    "start",
    "sweep",
    "tidy",
    "undo",
]
