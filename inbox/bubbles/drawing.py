"""Bubbles as list items."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe

from inbox import stencils
from inbox.bubbles.bubble import Bubble


def draw(bubbles: Sequence[Bubble]) -> SafeString:
    items = [stencils.draw("inbox/_message.html", {"bubble": bubble}) for bubble in bubbles]
    return mark_safe("".join(items))  # noqa: S308 (each comes out of a template)
