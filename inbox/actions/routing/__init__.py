"""Conversations that nobody has find somebody by themselves, on numbers that want it so.

What others need of it; ``assigning`` does the work, ``facts`` reads what it decides by.
"""

from __future__ import annotations

from inbox import nudges, tasks
from inbox.lately import lately
from inbox.models import Channel

KEEP_SECONDS = 5.0


@lately(KEEP_SECONDS)
def routed_numbers() -> tuple[int, ...]:
    """Numbers that assign by themselves. Kept for a moment: most acts ask for it."""
    routed = Channel.objects.in_use().exclude(routing=Channel.Routing.OFF)
    return tuple(routed.order_by("pk").values_list("pk", flat=True))


def request() -> None:
    """Somebody may have room now, or somebody waits: look, once that is stored."""
    if routed_numbers():
        nudges.after_commit(tasks.route)
