"""What goes wrong between the hints and the browsers costs a moment, and no data."""

from __future__ import annotations

import pytest
import redis

from inbox import events
from inbox.live import hub, sources
from inbox.models import Agent, Hint
from tests import factories
from tests.inbox.live.conftest import Listen


@pytest.mark.parametrize("transport", ["redis"], indirect=True)
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


@pytest.mark.parametrize("transport", ["table"], indirect=True)
def test_an_ear_that_broke_is_replaced(
    agent: Agent, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = factories.make_conversation()
    monkeypatch.setattr(hub, "RESTART_SECONDS", 0.01)
    browser = listen(agent)
    read, broken = sources.TableSource._read, [ZeroDivisionError()]

    def break_once(source: sources.TableSource) -> list[str]:
        if broken:
            raise broken.pop()
        return read(source)

    monkeypatch.setattr(sources.TableSource, "_read", break_once)

    browser.hear("connected")
    events.publish(events.about(conversation))
    assert browser.hear("hint")["code"] == str(conversation.code)


@pytest.mark.parametrize("transport", ["table"], indirect=True)
def test_nonsense_among_the_hints_is_passed_over(agent: Agent, listen: Listen) -> None:
    conversation = factories.make_conversation()
    browser = listen(agent)

    Hint.objects.create(body="no json")
    Hint.objects.create(body="{}")
    events.publish(events.about(conversation))

    assert browser.hear("hint")["code"] == str(conversation.code)
