"""Wiring only: no model, no business word."""

from __future__ import annotations

from supportdesk import checks as checks  # registers them
from supportdesk.celery import app as celery_app

__all__ = ["celery_app"]
