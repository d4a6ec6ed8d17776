"""GET /conversations/<code>/composer/"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from inbox.models import Agent, Conversation
from tests.factories import make_channel, make_conversation, make_team

pytestmark = pytest.mark.django_db


def _url(conversation: Conversation) -> str:
    return reverse("inbox:composer", args=[conversation.code])


def test_it_is_header_and_composer_as_of_now(agent_client: Client, colleague: Agent) -> None:
    conversation = make_conversation(assignee=colleague, priority=2)

    r = agent_client.get(_url(conversation))

    assertContains(r, 'id="conversation-header"')
    assertContains(r, "Assigned to Jana Meier")
    assertContains(r, "Urgent")
    assertContains(r, 'data-state="open"')
    assertContains(r, "<textarea")


def test_a_window_that_closed_says_so(agent_client: Client) -> None:
    conversation = make_conversation(wrote=timedelta(hours=24))

    r = agent_client.get(_url(conversation))

    assertContains(r, 'data-state="OUT_OF_WINDOW"')
    assertNotContains(r, "data-reply-form")


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.get(_url(make_conversation())).status_code == 302


def test_hidden_and_unknown_ones_are_the_same_404(agent_client: Client) -> None:
    channel = make_channel()
    channel.teams.add(make_team())
    hidden = make_conversation(channel=channel)

    for code in (hidden.code, uuid4()):
        assert agent_client.get(reverse("inbox:composer", args=[code])).status_code == 404


def test_it_rejects_post(agent_client: Client) -> None:
    assert agent_client.post(_url(make_conversation())).status_code == 405
