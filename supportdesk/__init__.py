"""Wiring only: no model, no business word."""

from __future__ import annotations

from supportdesk import checks as checks  # registers them
from supportdesk.celery import app as celery_app
from supportdesk.memory import share_one_heap

__all__ = ["celery_app"]

share_one_heap()
