"""Messages as agents see them: everything a bubble shows, made ready for its template."""

from __future__ import annotations

from inbox.bubbles.bubble import Bubble
from inbox.bubbles.preparing import Reader, prepare

__all__ = ["Bubble", "Reader", "prepare"]
