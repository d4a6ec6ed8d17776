"""GET /live/: who may listen, and what ends a connection."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from django.utils import timezone

from inbox import events
from inbox.actions import agents, sign_ins
from inbox.live import hub, listener
from inbox.models import Agent, AgentSession
from tests.inbox.live import serving
from tests.inbox.live.conftest import Listen

pytestmark = pytest.mark.parametrize("transport", ["table"], indirect=True)


@pytest.fixture
def url(transactional_db: None, transport: str) -> Iterator[str]:
    with serving.server() as address:
        yield address


def ask(url: str, agent: Agent | None, method: str = "HEAD", **headers: str) -> int:
    cookies = serving.cookies_of(agent) if agent else {}
    return httpx.request(method, url, cookies=cookies, headers=headers).status_code


def test_it_is_a_stream_that_no_proxy_keeps(agent: Agent, listen: Listen) -> None:
    browser = listen(agent)

    assert browser.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert "no-cache" in browser.headers["cache-control"]
    assert browser.headers["x-accel-buffering"] == "no"


def test_a_page_may_ask_whether_it_is_still_signed_in(url: str, agent: Agent) -> None:
    assert ask(url, agent) == 204
    assert ask(url, None) == 401


def test_strangers_are_turned_away(url: str, transactional_db: None) -> None:
    assert ask(url, None, "GET") == 401
    assert httpx.get(url, cookies={"sessionid": "x" * 32}).status_code == 401
    assert httpx.get(url, cookies={"sessionid": '"; DROP'}).status_code == 401


def test_a_locked_out_agent_is_turned_away(url: str, agent: Agent) -> None:
    cookies = serving.cookies_of(agent)
    Agent.objects.filter(pk=agent.pk).update(is_active=False)

    assert httpx.get(url, cookies=cookies).status_code == 401


def test_an_expired_session_is_turned_away(url: str, agent: Agent) -> None:
    cookies = serving.cookies_of(agent)
    AgentSession.objects.update(expire_date=timezone.now())

    assert httpx.get(url, cookies=cookies).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 204),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Host": "elsewhere.example"}, 400),
    ],
    ids=["our page", "another site", "a neighbour", "another origin", "another name"],
)
def test_only_our_own_pages_may_listen(
    url: str, agent: Agent, headers: dict[str, str], status: int
) -> None:
    assert ask(url, agent, **headers) == status


def test_nothing_is_posted_to_it(url: str, agent: Agent) -> None:
    assert ask(url, agent, "POST") == 405


def test_locking_out_ends_every_tab_at_once(
    agent: Agent, admin: Agent, colleague: Agent, listen: Listen
) -> None:
    tabs, other = [listen(agent), listen(agent)], listen(colleague)

    agents.lock_out(agent, by=admin)

    for tab in tabs:
        tab.hear("locked-out")
        assert tab.ended.wait(serving.PATIENCE)
    assert other.hear("hint")["locked_out"] is True
    assert not other.ended.is_set()


def test_a_session_that_is_ended_elsewhere_ends_its_tab(agent: Agent, listen: Listen) -> None:
    here, there = listen(agent), listen(agent)
    kept = AgentSession.objects.order_by("created_at").first()
    assert kept is not None

    sign_ins.end_others(agent, keep=kept.session_key)

    assert there.ended.wait(serving.PATIENCE)
    assert here.hear("hint")["kind"] == "agent"
    assert not here.ended.is_set()


def test_a_session_that_vanished_without_a_word_is_found(
    agent: Agent, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "ROUND_SECONDS", 0.05)
    browser = listen(agent)

    AgentSession.objects.all().delete()

    assert browser.ended.wait(serving.PATIENCE)


def test_silence_is_broken_now_and_then(
    agent: Agent, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "HEARTBEAT_SECONDS", 0.05)

    browser = listen(agent)

    assert browser.hear("still-here") == {}


def test_a_closed_tab_is_forgotten(agent: Agent, listen: Listen) -> None:
    browser = listen(agent)
    [own] = hub._hubs.values()

    browser.close()

    serving.wait_for(lambda: agent.pk not in own._listeners)


def test_the_last_one_out_lets_the_desk_rest(
    agent: Agent, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inbox.live import attendance

    monkeypatch.setattr(hub, "ROUND_SECONDS", 0.05)
    monkeypatch.setattr(attendance, "GONE_SECONDS", 0.1)
    browser = listen(agent)
    [own] = hub._hubs.values()

    browser.close()
    serving.wait_for(lambda: not own._tasks)

    # And the next one is heard again.
    assert listen(agent).status == 200
    events.publish(events.AgentChanged(agent.pk))


def test_a_stop_ends_the_streams_by_itself(agent: Agent, transport: str, url: str) -> None:
    browser = serving.Browser(url, serving.cookies_of(agent))
    browser.hear("connected")
    [own] = hub._hubs.values()

    own.loop.call_soon_threadsafe(own.loop.create_task, own.close())

    assert browser.ended.wait(serving.PATIENCE)
    browser.close()
