"""GET /conversations/<code>/messages/"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from inbox.models import Conversation, Message
from inbox.thread_paging import Key
from tests.factories import make_channel, make_conversation, make_message, make_team

pytestmark = pytest.mark.django_db


def _url(conversation: Conversation) -> str:
    return reverse("inbox:messages", args=[conversation.code])


def _key(message: Message) -> str:
    return str(Key(message.at, message.pk))


@pytest.fixture
def conversation() -> Conversation:
    return make_conversation()


@pytest.fixture
def said(conversation: Conversation) -> list[Message]:
    start = timezone.now() - timedelta(hours=5)
    return [
        make_message(
            conversation,
            f"Number {n}.",
            at=start + timedelta(minutes=n),
            changed_at=start,
        )
        for n in range(120)
    ]


def test_older_ones_come_fifty_at_a_time(
    agent_client: Client, conversation: Conversation, said: list[Message]
) -> None:
    r = agent_client.get(_url(conversation), {"before": _key(said[100])})

    assertContains(r, "Number 99.")
    assertContains(r, "Number 50.")
    assertNotContains(r, "Number 49.")
    assertNotContains(r, "Number 100.")
    assert r.headers["X-Older"] == "yes"


def test_the_oldest_page_says_that_it_is(
    agent_client: Client, conversation: Conversation, said: list[Message]
) -> None:
    r = agent_client.get(_url(conversation), {"before": _key(said[50])})

    assertContains(r, "Number 0.")
    assert r.headers["X-Older"] == "no"


def test_newer_ones(
    agent_client: Client, conversation: Conversation, said: list[Message]
) -> None:
    r = agent_client.get(_url(conversation), {"after": _key(said[80])})

    assertContains(r, "Number 81.")
    assertContains(r, "Number 119.")
    assert r.headers["X-Newer"] == "no"


def test_what_changed_since_then(
    agent_client: Client, conversation: Conversation, said: list[Message]
) -> None:
    now = timezone.now()
    Message.objects.filter(pk=said[110].pk).update(changed_at=now, body="Changed.")
    Message.objects.filter(pk=said[3].pk).update(changed_at=now)

    r = agent_client.get(_url(conversation), {"since": now.isoformat(), "from": _key(said[70])})

    assertContains(r, "Changed.")
    assertContains(r, '<li class="message"', count=1)
    assert datetime.fromisoformat(r.headers["X-Now"]) >= now


def test_pages_cost_few_queries(
    agent_client: Client,
    conversation: Conversation,
    said: list[Message],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    now = timezone.now().isoformat()

    # session, agent, numbers' teams, conversation; messages, reactions
    with django_assert_num_queries(6):
        agent_client.get(_url(conversation), {"before": _key(said[100])})
    # the same but reactions: nothing has changed
    with django_assert_num_queries(5):
        agent_client.get(_url(conversation), {"since": now, "from": _key(said[70])})


def test_without_a_place_it_is_the_newest(
    agent_client: Client, conversation: Conversation, said: list[Message]
) -> None:
    r = agent_client.get(_url(conversation), {"since": timezone.now().isoformat(), "from": ""})

    assertContains(r, "Number 119.")


@pytest.mark.parametrize(
    "query",
    [{}, {"before": "x"}, {"after": ""}, {"since": "x"}, {"since": "2026-01-01"},
     {"since": "2026-01-01T00:00:00Z", "from": "x"}, {"before": "9999-12-31T23:59:59-14:00~1"}],
)  # fmt: skip
def test_wrong_places_are_bad_requests(
    agent_client: Client, conversation: Conversation, query: dict[str, str]
) -> None:
    assert agent_client.get(_url(conversation), query).status_code in {200, 400}
    if query.get("before") != "9999-12-31T23:59:59-14:00~1":
        assert agent_client.get(_url(conversation), query).status_code == 400


def test_strangers_are_asked_to_sign_in(client: Client, conversation: Conversation) -> None:
    assert client.get(_url(conversation)).status_code == 302


def test_hidden_and_unknown_ones_are_the_same_404(agent_client: Client) -> None:
    channel = make_channel()
    channel.teams.add(make_team())
    hidden = make_conversation(channel=channel)

    for code in (hidden.code, uuid4()):
        url = reverse("inbox:messages", args=[code])
        assert agent_client.get(url, {"before": "2099-01-01T00:00:00Z~1"}).status_code == 404


def test_it_rejects_post(agent_client: Client, conversation: Conversation) -> None:
    assert agent_client.post(_url(conversation)).status_code == 405
