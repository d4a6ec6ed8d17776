"""Online is who has the desk open; away is their own word; offline is who left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from inbox import events
from inbox.actions import attendance as actions
from inbox.live import attendance, hub
from inbox.models import Agent
from tests import factories
from tests.inbox.live import serving
from tests.inbox.live.conftest import Listen

one_transport = pytest.mark.parametrize("transport", ["table"], indirect=True)


def presence_of(agent: Agent) -> str:
    agent.refresh_from_db()
    return agent.presence


def test_who_comes_is_online(agent: Agent, published: list[events.HintBody]) -> None:
    actions.note_here([agent.pk])

    assert presence_of(agent) == "online"
    assert agent.last_seen_at is not None
    assert published == [events.AttendanceChanged((agent.pk,))]


def test_those_who_come_together_are_told_of_once(
    agent: Agent, colleague: Agent, published: list[events.HintBody]
) -> None:
    actions.note_here([agent.pk, colleague.pk])

    [hint] = published
    assert isinstance(hint, events.AttendanceChanged)
    assert {*hint.agents} == {agent.pk, colleague.pk}


def test_away_stays_away(agent: Agent, published: list[events.HintBody]) -> None:
    Agent.objects.update(presence="away")

    actions.note_here([agent.pk])

    assert presence_of(agent) == "away"
    assert published == []


def test_who_was_seen_elsewhere_since_is_not_gone(
    agent: Agent, colleague: Agent, published: list[events.HintBody]
) -> None:
    now = timezone.now()
    Agent.objects.update(presence="online", last_seen_at=now)
    Agent.objects.filter(pk=colleague.pk).update(last_seen_at=now - timedelta(minutes=5))

    actions.note_gone(unseen_since=now - timedelta(minutes=3))

    assert presence_of(agent) == "online"
    assert presence_of(colleague) == "offline"
    assert published == [events.AttendanceChanged((colleague.pk,))]


def test_only_those_asked_about_are_gone(agent: Agent, colleague: Agent) -> None:
    now = timezone.now()
    Agent.objects.update(presence="away", last_seen_at=now)

    actions.note_gone(unseen_since=now, agent_ids=[agent.pk])

    assert [presence_of(agent), presence_of(colleague)] == ["offline", "away"]


@one_transport
def test_a_minute_after_the_last_tab_closed_an_agent_is_offline(
    agent: Agent, colleague: Agent, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "ROUND_SECONDS", 0.05)
    monkeypatch.setattr(attendance, "GONE_SECONDS", 0.1)
    watcher = listen(colleague)
    first, second = listen(agent), listen(agent)

    first.close()
    second.close()

    assert watcher.hear("hint") == {"kind": "attendance", "agents": [agent.pk]}
    assert presence_of(agent) == "offline"


@one_transport
def test_one_tab_of_two_is_enough(
    agent: Agent, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "ROUND_SECONDS", 0.05)
    monkeypatch.setattr(attendance, "GONE_SECONDS", 0.1)
    first, second = listen(agent), listen(agent)
    [own] = hub._hubs.values()

    first.close()
    serving.wait_for(lambda: len(own._listeners[agent.pk]) == 1)

    assert own._attendance.is_settled
    assert presence_of(agent) == "online"
    assert not second.ended.is_set()


@one_transport
def test_coming_back_is_told_to_the_others(agent: Agent, listen: Listen) -> None:
    watcher = listen(agent)
    late = factories.make_agent()

    with serving.server() as url:
        browser = serving.Browser(url, serving.cookies_of(late))
        browser.hear("connected")

        assert watcher.hear("hint")["agents"] == [late.pk]
        browser.close()
