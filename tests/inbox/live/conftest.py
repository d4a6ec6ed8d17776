"""A live desk for each test: by the table of hints, and by a Redis of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from pytest_django import Settings

from inbox import events
from inbox.live import presence
from inbox.models import Agent
from tests import services
from tests.inbox.live import serving

Listen = Callable[[Agent], serving.Browser]


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    program = services.find_redis()
    if program is None:
        pytest.skip("redis-server is not installed")
    with services.redis(program) as url:
        yield f"{url}/0"


@pytest.fixture(params=["table", "redis"])
def transport(request: pytest.FixtureRequest, settings: Settings) -> Iterator[str]:
    """How hints travel. Clients are kept for the life of a process, so they are forgotten."""
    redis = request.param == "redis"
    settings.REDIS_URL = request.getfixturevalue("redis_url") if redis else ""
    events._redis.cache_clear()
    presence._store.cache_clear()
    yield request.param
    if redis:
        events._redis().close()
    events._redis.cache_clear()
    presence._store.cache_clear()


@pytest.fixture
def listen(transactional_db: None, transport: str) -> Iterator[Listen]:
    """Open a tab of an agent who is online already, connected and listening."""
    with ExitStack() as stack:
        url = stack.enter_context(serving.server())

        def open_tab(agent: Agent) -> serving.Browser:
            Agent.objects.filter(pk=agent.pk).update(presence=Agent.Presence.ONLINE)
            browser = serving.Browser(url, serving.cookies_of(agent))
            stack.callback(browser.close)
            assert browser.status == 200
            browser.hear("connected")
            return browser

        yield open_tab
