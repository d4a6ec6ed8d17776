"""POST /live/presence/: what it does not accept."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from inbox.models import Agent
from tests import factories

pytestmark = pytest.mark.django_db


def say(client: Client, code: object, state: str) -> int:
    return client.post(reverse("inbox:presence"), {"code": code, "state": state}).status_code


def test_a_conversation_one_may_not_see_does_not_exist(agent_client: Client) -> None:
    hidden = factories.make_channel()
    hidden.teams.add(factories.make_team())
    conversation = factories.make_conversation(channel=hidden)

    assert say(agent_client, conversation.code, "viewing") == 404


@pytest.mark.parametrize(
    ("code", "state"),
    [("x", "viewing"), ("", "idle"), ("00000000-0000-4000-8000-000000000000", "dancing")],
    ids=["no code", "nothing", "no such state"],
)
def test_nonsense_is_refused(agent_client: Client, code: str, state: str) -> None:
    assert say(agent_client, code, state) == 422


def test_strangers_are_sent_to_sign_in(client: Client) -> None:
    assert say(client, factories.make_conversation().code, "viewing") == 302


def test_it_is_not_read(agent: Agent, agent_client: Client) -> None:
    assert agent_client.get(reverse("inbox:presence")).status_code == 405


def test_it_needs_the_token_of_our_own_page(agent: Agent) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(agent, backend="inbox.backends.AgentBackend")

    assert say(client, factories.make_conversation().code, "viewing") == 403
