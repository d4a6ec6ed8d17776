"""inbox.heartbeat"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from inbox import heartbeat


@pytest.mark.parametrize("redis_url", ["", "redis://127.0.0.1/0"], ids=["file", "cache"])
def test_it_is_heard_when_it_last_beat(
    settings: Settings, tmp_path: Path, redis_url: str
) -> None:
    settings.VAR_DIR, settings.REDIS_URL = tmp_path, redis_url
    assert heartbeat.last() is None

    now = timezone.now()
    heartbeat.beat(now)

    heard = heartbeat.last()
    assert heard is not None
    assert abs(heard - now) < timedelta(seconds=5)
