"""Put off until the customer writes: no moment ends it but theirs"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains

from inbox.actions import conversations, sweeping
from inbox.models import Agent, Message
from tests.factories import make_conversation
from tests.inbox.conversations.acting import post, undo

pytestmark = pytest.mark.django_db


def test_it_is_said_everywhere(agent_client: Client) -> None:
    conversation = make_conversation()

    r = post(agent_client, "snooze", conversation, choice="customer")

    assert r.json()["text"] == "Put off until the customer writes."
    thread = agent_client.get(conversation.get_absolute_url() + "?in=snoozed")
    assertContains(thread, "put off until the customer writes")
    assertContains(thread, "Anna Keller put the conversation off until the customer writes")
    assertContains(thread, "until they write")


def test_undo_brings_it_back(agent_client: Client) -> None:
    conversation = make_conversation()
    answer = post(agent_client, "snooze", conversation, choice="customer").json()

    undo(agent_client, answer)

    conversation.refresh_from_db()
    assert conversation.status == "open"


def test_no_moment_wakes_it(agent: Agent) -> None:
    conversation = make_conversation()
    conversations.snooze(conversation, until=None, by=agent)

    sweeping.sweep(now=timezone.now() + timedelta(days=365))

    conversation.refresh_from_db()
    assert conversation.status == "snoozed"


def test_doing_it_again_changes_nothing_and_a_moment_may_follow(agent: Agent) -> None:
    conversation = make_conversation()

    assert conversations.snooze(conversation, until=None, by=agent)
    assert not conversations.snooze(conversation, until=None, by=agent)
    later = timezone.now() + timedelta(hours=1)
    assert conversations.snooze(conversation, until=later, by=agent)
    assert conversations.snooze(conversation, until=None, by=agent)

    assert Message.objects.filter(kind="event").count() == 3


def test_without_a_choice_a_moment_is_asked_for(agent_client: Client) -> None:
    r = post(agent_client, "snooze", make_conversation())

    assert r.status_code == 422
