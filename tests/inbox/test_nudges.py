"""inbox.nudges: one drainer on its way is enough"""

from __future__ import annotations

from typing import Any

import pytest
import redis
from django.core.cache import cache
from pytest_django import Settings

from inbox import nudges
from inbox.actions import draining
from tests.inbox.inbound.posting import store

Nudged = list[tuple[Any, ...]]


@pytest.fixture
def shared(settings: Settings) -> None:
    """As if web and workers had a cache in common."""
    settings.REDIS_URL = settings.REDIS_URL or "redis://127.0.0.1:1/0"
    for lane in ("1", "2"):
        cache.delete(f"drain-{lane}")


@pytest.mark.usefixtures("shared")
def test_of_a_rush_one_is_told_and_of_each_lane(nudged: Nudged) -> None:
    for lane in ("1", "1", "2", "1"):
        nudges.drain(lane)

    assert nudged == [("drain", "1"), ("drain", "2")]


@pytest.mark.django_db
@pytest.mark.usefixtures("shared")
def test_what_comes_after_the_last_look_brings_another(nudged: Nudged) -> None:
    nudges.drain("1")
    draining.drain("1")
    nudges.drain("1")

    assert nudged == [("drain", "1"), ("drain", "1")]


@pytest.mark.usefixtures("shared")
def test_a_cache_that_is_down_keeps_nobody_waiting(
    nudged: Nudged, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bool:
        raise redis.ConnectionError

    monkeypatch.setattr(cache, "add", fail)
    monkeypatch.setattr(cache, "delete", fail)

    nudges.drain("1")
    nudges.expect_drain("1")
    nudges.drain("1")

    assert nudged == [("drain", "1"), ("drain", "1")]


def test_without_a_common_cache_each_is_told(nudged: Nudged, settings: Settings) -> None:
    settings.REDIS_URL = ""

    nudges.drain("1")
    nudges.drain("1")

    assert nudged == [("drain", "1"), ("drain", "1")]


@pytest.mark.django_db
def test_a_long_rush_is_handed_on(nudged: Nudged, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draining, "STINT_SECONDS", 0)
    cache.delete("drain-3")
    store(b'{"phone_number_id":"3"}')

    draining.drain("3")

    assert nudged == [("drain", "3")]
