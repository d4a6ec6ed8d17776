"""When a worker last went round. Redis keeps it where there is one, else a file's own time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache

KEY = "worker-heartbeat"
SILENT_AFTER = timedelta(minutes=1)


def beat(now: datetime) -> None:
    """Called by the sweeper. Without Redis the cache is each process's own, hence the file."""
    if settings.REDIS_URL:
        cache.set(KEY, now, None)
    else:
        _file().touch()


def last() -> datetime | None:
    if settings.REDIS_URL:
        heard: datetime | None = cache.get(KEY)
        return heard
    try:
        return datetime.fromtimestamp(_file().stat().st_mtime, UTC)
    except OSError:
        return None


def _file() -> Path:
    return settings.VAR_DIR / "heartbeat"
