"""Messages as agents see them: what a bubble shows, and how it is drawn."""

from __future__ import annotations

from inbox.bubbles.bubble import Bubble
from inbox.bubbles.drawing import draw
from inbox.bubbles.preparing import Reader, prepare

__all__ = ["Bubble", "Reader", "draw", "prepare"]
