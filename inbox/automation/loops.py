"""Where rules that call each other come to an end."""

from __future__ import annotations

import enum
from datetime import timedelta

# What a rule does may call other rules, and those others once more; then it is enough.
DEEPEST = 3
# Of all rules together, in one conversation: two that undo each other are stopped here,
# should each new cause be an honest one.
MOST_LATELY = 20
LATELY = timedelta(hours=1)
# A customer hears so often from rules in a day, whatever they are told to say.
MOST_MESSAGES, MESSAGES_IN = 3, timedelta(days=1)


class Stop(enum.StrEnum):
    TOO_DEEP = "too deep"
    FIRED_BEFORE = "fired before"
    TOO_OFTEN = "too often"


def find_stop(*, depth: int, has_fired: bool, fired_lately: int) -> Stop | None:
    """``has_fired``: this rule, in this conversation, for the same cause."""
    if depth > DEEPEST:
        return Stop.TOO_DEEP
    if has_fired:
        return Stop.FIRED_BEFORE
    return Stop.TOO_OFTEN if fired_lately >= MOST_LATELY else None
