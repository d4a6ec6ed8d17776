"""Why two contacts cannot be merged or split now."""

from __future__ import annotations


class NotPossible(Exception):
    """``str()`` is the sentence that is read."""
