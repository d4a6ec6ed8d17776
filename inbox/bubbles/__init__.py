"""Messages as agents see them: everything a bubble shows, made ready for its template."""

from __future__ import annotations

from inbox.bubbles.day_lines import DayLine
from inbox.bubbles.preparing import Bubble, Reader, prepare

__all__ = ["Bubble", "DayLine", "Reader", "prepare"]
