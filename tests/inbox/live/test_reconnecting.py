"""A Redis that goes away and comes back: every browser is told to fetch what it shows."""

from __future__ import annotations

import pytest
import redis

from inbox import events
from inbox.models import Agent
from tests import factories
from tests.inbox.live.conftest import Listen

pytestmark = pytest.mark.parametrize("transport", ["redis"], indirect=True)


def test_a_lost_redis_costs_a_moment_and_no_data(
    agent: Agent, listen: Listen, redis_url: str
) -> None:
    conversation = factories.make_conversation()
    browser = listen(agent)
    control = redis.Redis.from_url(redis_url)

    control.client_kill_filter(_type="pubsub")

    browser.hear("connected")
    events.publish(events.about(conversation))
    assert browser.hear("hint")["code"] == str(conversation.code)
    control.close()
