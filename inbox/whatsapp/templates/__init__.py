"""Templates: reading what Meta keeps of them, filling them in, showing and sending them."""

from __future__ import annotations

from .filling import Preview, components_for_sending, problems, render
from .shape import ButtonShape, TemplateShape, Variable, read_shape

__all__ = [
    "ButtonShape",
    "Preview",
    "TemplateShape",
    "Variable",
    "components_for_sending",
    "problems",
    "read_shape",
    "render",
]
