"""GET /inbox/<folder>/changes/?code=…"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from inbox.models import Agent, Conversation, ConversationLabel, Label
from tests.factories import make_agent, make_channel, make_conversation, make_team

pytestmark = pytest.mark.django_db
URL = "/inbox/mine/changes/"


def codes(*conversations: Conversation) -> dict[str, list[str]]:
    return {"code": [str(conversation.code) for conversation in conversations]}


def gone(conversation: Conversation) -> str:
    return f'<li data-gone="{conversation.code}">'


def test_it_draws_what_is_here_and_names_what_left(agent_client: Client, agent: Agent) -> None:
    mine = make_conversation(assignee=agent)
    taken = make_conversation(assignee=make_agent())
    closed = make_conversation(assignee=agent, status="closed")

    r = agent_client.get(URL, codes(mine, taken, closed))

    assertContains(r, f'id="row-{mine.code}"')
    assertContains(r, gone(taken))
    assertContains(r, gone(closed))
    assertNotContains(r, f'id="row-{taken.code}"')


def test_it_keeps_to_the_filters(agent_client: Client, agent: Agent) -> None:
    label = Label.objects.create(name="VIP")
    with_label, without = make_conversation(assignee=agent), make_conversation(assignee=agent)
    ConversationLabel.objects.create(conversation=with_label, label=label)

    r = agent_client.get(URL, codes(with_label, without) | {"label": [str(label.code)]})

    assertContains(r, f'id="row-{with_label.code}"')
    assertContains(r, gone(without))


def test_hidden_and_unknown_ones_look_the_same(agent_client: Client, agent: Agent) -> None:
    secret = make_channel()
    secret.teams.add(make_team())
    hidden = make_conversation(channel=secret, assignee=agent)
    unknown = uuid4()

    r = agent_client.get(URL, {"code": [str(hidden.code), str(unknown)]})

    lines = [line for line in r.text.splitlines() if line.strip()]
    assert "".join(lines) == f'{gone(hidden)}</li><li data-gone="{unknown}"></li>'


def test_nonsense_is_left_out(agent_client: Client) -> None:
    r = agent_client.get(URL, {"code": ["x", "", "\x00"]})

    assert r.status_code == 200
    assert "<li" not in r.text


def test_too_many_are_refused(agent_client: Client) -> None:
    many = {"code": [str(uuid4()) for _ in range(51)]}

    assert agent_client.get(URL, many).status_code == 400


def test_it_asks_strangers_to_sign_in(client: Client) -> None:
    assert client.get(URL).status_code == 302


def test_the_number_of_queries_does_not_grow(
    agent_client: Client, agent: Agent, django_assert_num_queries: Any
) -> None:
    many = [make_conversation(assignee=agent) for _ in range(20)]
    agent_client.get(URL)

    # Session, agent, numbers hidden from the agent, rows, labels of the rows.
    with django_assert_num_queries(5):
        agent_client.get(URL, codes(*many))
