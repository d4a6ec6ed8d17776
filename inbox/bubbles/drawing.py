"""Bubbles as list items."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from inbox import stencils
from inbox.bubbles.bubble import Bubble


def draw(bubbles: Sequence[Bubble]) -> SafeString:
    return stencils.draw_each("inbox/_message.html", [{"bubble": its} for its in bubbles])
