"""inbox.actions.notices: who is told of what while the desk is closed"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from inbox.actions import agents, conversations, long_waits, notices
from inbox.events import Called, HintBody
from inbox.lately import Lately
from inbox.models import Agent, AgentSession, PushSubscription
from inbox.notices import Why
from inbox.push import sending
from tests.factories import make_agent, make_channel, make_conversation, make_team
from tests.inbox.push.browser import PushedBrowser, service

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    Lately.forget_all()


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> PushedBrowser:
    browser = PushedBrowser()
    at = service(browser)
    monkeypatch.setattr(notices, "send", lambda parcels: sending.send(parcels, at))
    return browser


@pytest.fixture
def subscribed(agent_client: Client, agent: Agent, browser: PushedBrowser) -> PushedBrowser:
    address = browser.address
    fields = {"endpoint": address.endpoint, "p256dh": address.p256dh, "auth": address.auth}
    assert agent_client.post("/me/push/", fields).status_code == 204
    Agent.objects.filter(pk=agent.pk).update(presence="offline")
    return browser


def texts(browser: PushedBrowser) -> list[str]:
    return [content["text"] for content in browser.heard]


def test_who_is_away_is_told_without_a_name(agent: Agent, subscribed: PushedBrowser) -> None:
    agent.language = "en"
    agent.save()
    conversation = make_conversation(assignee=agent)

    notices.push(Why.REPLIED, [conversation.pk], None)

    (told,) = subscribed.heard
    assert told["text"] == "A customer has written."
    assert told["code"] == str(conversation.code)
    assert told["address"] == conversation.get_absolute_url()
    assert conversation.contact.display_name not in str(told)


def test_whoever_has_the_desk_open_is_not_told_twice(
    agent: Agent, subscribed: PushedBrowser
) -> None:
    Agent.objects.filter(pk=agent.pk).update(presence="online")
    notices.push(Why.REPLIED, [make_conversation(assignee=agent).pk], None)
    assert subscribed.heard == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, True),
        ({"pushed_notices": "assigned mention"}, False),
        ({"notify_about": "nothing"}, False),
        ({"quiet_begins": time(0), "quiet_ends": time(0)}, False),
        ({"is_active": False}, False),
    ],
)
def test_choices_hold(
    fields: dict[str, Any], told: bool, agent: Agent, subscribed: PushedBrowser
) -> None:
    Agent.objects.filter(pk=agent.pk).update(**fields)
    notices.push(Why.REPLIED, [make_conversation(assignee=agent).pk], None)
    assert bool(subscribed.heard) is told


def test_what_nobody_has_reaches_those_who_take_any(
    agent: Agent, subscribed: PushedBrowser
) -> None:
    unassigned = make_conversation()
    notices.push(Why.REPLIED, [unassigned.pk], None)
    assert subscribed.heard == []

    Agent.objects.filter(pk=agent.pk).update(notify_about="all")
    notices.push(Why.REPLIED, [unassigned.pk], None)

    assert len(subscribed.heard) == 1


def test_nobody_is_told_of_what_they_may_not_see(
    agent: Agent, subscribed: PushedBrowser
) -> None:
    channel = make_channel()
    channel.teams.add(make_team())
    Agent.objects.filter(pk=agent.pk).update(notify_about="all")
    hidden = make_conversation(channel=channel)

    notices.push(Why.REPLIED, [hidden.pk], None)
    notices.push(Why.MENTION, [hidden.pk], [agent.pk])

    assert subscribed.heard == []


def test_many_at_once_are_told_in_one_sentence(agent: Agent, subscribed: PushedBrowser) -> None:
    agent.language = "en"
    agent.save()
    many = [make_conversation(assignee=agent).pk for _ in range(5)]

    notices.push(Why.REPLIED, many, None)

    assert texts(subscribed) == ["5 conversations have news."]


def test_a_browser_that_is_gone_is_forgotten(agent: Agent, subscribed: PushedBrowser) -> None:
    subscribed.status = 410
    notices.push(Why.REPLIED, [make_conversation(assignee=agent).pk], None)
    assert not PushSubscription.objects.exists()


def test_signing_out_ends_it(agent_client: Client, subscribed: PushedBrowser) -> None:
    agent_client.post("/logout/")
    assert not PushSubscription.objects.exists()


def test_locking_out_ends_it(agent: Agent, admin: Agent, subscribed: PushedBrowser) -> None:
    agents.lock_out(agent, by=admin)
    assert not PushSubscription.objects.exists()


def test_a_session_that_ran_out_is_not_told(agent: Agent, subscribed: PushedBrowser) -> None:
    AgentSession.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    notices.push(Why.REPLIED, [make_conversation(assignee=agent).pk], None)
    assert subscribed.heard == []


def test_whoever_signs_in_next_in_that_browser_has_it(
    colleague: Agent, colleague_client: Client, subscribed: PushedBrowser
) -> None:
    address = subscribed.address
    fields = {"endpoint": address.endpoint, "p256dh": address.p256dh, "auth": address.auth}

    colleague_client.post("/me/push/", fields)

    assert PushSubscription.objects.get().session.agent == colleague


def test_addresses_lie_encrypted(subscribed: PushedBrowser) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT endpoint, p256dh, auth FROM inbox_pushsubscription")
        assert not any(subscribed.endpoint in text for text in cursor.fetchone())


@pytest.mark.parametrize("fields", [{}, {"endpoint": "https://127.0.0.1/x"}])
def test_an_address_that_is_none_is_refused(
    agent_client: Client, fields: dict[str, str]
) -> None:
    assert agent_client.post("/me/push/", fields).status_code == 400
    assert not PushSubscription.objects.exists()


def test_a_browser_can_stop_it(agent_client: Client, subscribed: PushedBrowser) -> None:
    assert agent_client.post("/me/push/stop/").status_code == 204
    assert not PushSubscription.objects.exists()


def test_assigning_calls_the_colleague_and_nobody_else(
    agent: Agent,
    colleague: Agent,
    subscribed: PushedBrowser,
    published: list[HintBody],
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    conversation = make_conversation()
    with django_capture_on_commit_callbacks(execute=True):
        conversations.assign(conversation, to=agent, by=colleague)

    called = [hint for hint in published if isinstance(hint, Called)]
    assert [(hint.agents, hint.why) for hint in called] == [((agent.pk,), "assigned")]
    assert ("push", "assigned", [conversation.pk], [agent.pk]) in nudged


def test_taking_calls_nobody(agent: Agent, published: list[HintBody]) -> None:
    conversations.take(make_conversation(), by=agent)
    assert not [hint for hint in published if isinstance(hint, Called)]


def test_where_no_browser_wants_it_no_work_is_made(
    agent: Agent,
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        notices.tell_away(Why.REPLIED, [make_conversation(assignee=agent).pk])
        notices.call(make_conversation(assignee=agent), [agent.pk], Why.MENTION)
    assert nudged == []


# --- Waiting too long --------------------------------------------------------------------

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def waiting(agent: Agent, published: list[HintBody]) -> Callable[[int], list[str]]:
    """Why the agent was called when a customer of theirs had waited for so many minutes."""
    conversation = make_conversation(assignee=agent)
    conversation.waiting_since = conversation.queued_at = NOW
    conversation.save()

    def after(minutes: int) -> list[str]:
        published.clear()
        from django.core.cache import cache

        cache.delete("long-waits")
        long_waits.look(now=NOW + timedelta(minutes=minutes))
        return [hint.why for hint in published if isinstance(hint, Called)]

    return after


def test_a_long_wait_is_told_once(waiting: Callable[[int], list[str]]) -> None:
    assert [waiting(minutes) for minutes in (29, 30, 31, 40)] == [[], ["waiting"], [], []]


def test_what_nobody_looked_for_is_no_news_any_more(
    waiting: Callable[[int], list[str]],
) -> None:
    assert waiting(46) == []


def test_each_agent_says_how_long_is_too_long(
    agent: Agent, waiting: Callable[[int], list[str]]
) -> None:
    make_agent("Somebody patient", waits_long_minutes=500)
    Agent.objects.filter(pk=agent.pk).update(waits_long_minutes=5)
    assert [waiting(minutes) for minutes in (4, 5)] == [[], ["waiting"]]


def test_who_does_not_want_to_hear_of_it_does_not(
    agent: Agent, waiting: Callable[[int], list[str]]
) -> None:
    Agent.objects.filter(pk=agent.pk).update(
        shown_notices="assigned", pushed_notices="assigned"
    )
    assert waiting(30) == []


def test_many_agents_and_waits_cost_no_more_queries(
    agent: Agent, settings: Settings, django_assert_num_queries: Any
) -> None:
    for number in range(5):
        mine = make_conversation(assignee=make_agent(f"Agent {number}"))
        mine.waiting_since = mine.queued_at = NOW
        mine.save()
    with django_assert_num_queries(2):
        long_waits.look(now=NOW + timedelta(minutes=10))
