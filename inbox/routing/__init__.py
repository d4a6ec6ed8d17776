"""Who gets a conversation, and when it goes back: rules without tables."""

from __future__ import annotations
