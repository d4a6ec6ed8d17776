"""A number may want a label on each conversation before it is closed."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects

from inbox.actions import conversations, labels
from inbox.models import Agent, Conversation, Label, Message
from tests.factories import make_channel, make_conversation
from tests.inbox.labels.conftest import FETCH

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation() -> Conversation:
    return make_conversation(channel=make_channel(requires_label=True))


def url(conversation: Conversation, what: str) -> str:
    return f"/conversations/{conversation.code}/{what}/"


def is_closed(conversation: Conversation) -> bool:
    return Conversation.objects.get(pk=conversation.pk).status == "closed"


def test_it_is_refused_without_and_possible_with_one(
    agent: Agent, conversation: Conversation, label: Label
) -> None:
    with pytest.raises(conversations.NotPossible, match="label first"):
        conversations.close(conversation, by=agent)
    assert not is_closed(conversation)

    labels.add(conversation, label, by=agent)
    assert conversations.close(conversation, by=agent)
    assert conversations.reopen(conversation, by=agent)


def test_other_numbers_close_as_ever(agent: Agent) -> None:
    assert conversations.close(make_conversation(), by=agent)


def test_what_is_closed_already_needs_none(agent: Agent) -> None:
    closed = make_conversation(channel=make_channel(requires_label=True), status="closed")
    assert not conversations.close(closed, by=agent)


def test_closing_leads_to_the_menu_and_closes_after_choosing(
    agent_client: Client, conversation: Conversation, label: Label
) -> None:
    refused = agent_client.post(url(conversation, "close"), headers=FETCH)
    assert refused.status_code == 409
    way = refused.json()["labels"]
    menu = agent_client.get(way, headers=FETCH)
    assertContains(menu, "Choose a label first")
    assertContains(menu, 'name="then" value="close"')

    form = {"add": str(label.code), "then": "close"}
    done = agent_client.post(url(conversation, "labels"), form, headers=FETCH).json()

    assert is_closed(conversation)
    assert done["text"] == "Label “Complaint” added, conversation closed."
    agent_client.post(done["undo"]["url"], done["undo"]["fields"], headers=FETCH)
    assert not is_closed(conversation)


def test_without_scripts_the_menu_is_the_next_page(
    agent_client: Client, conversation: Conversation, label: Label
) -> None:
    r = agent_client.post(url(conversation, "close"))
    assertRedirects(r, f"{url(conversation, 'labels')}?then=close")


def test_taking_one_off_closes_nothing(
    agent_client: Client, conversation: Conversation, label: Label
) -> None:
    form = {"remove": str(label.code), "then": "close"}
    agent_client.post(url(conversation, "labels"), form, headers=FETCH)
    assert not is_closed(conversation)


@pytest.mark.parametrize("headers", [FETCH, {}], ids=["scripts", "no scripts"])
def test_send_and_close_sends_and_then_asks(
    agent_client: Client, conversation: Conversation, label: Label, headers: dict[str, str]
) -> None:
    form = {"body": "Done!", "draft_key": str(uuid.uuid4()), "seen": "0", "then": "close"}

    r = agent_client.post(url(conversation, "reply"), form, headers=headers)

    way = f"{url(conversation, 'labels')}?then=close"
    assert Message.objects.get(direction="out").body == "Done!"
    assert not is_closed(conversation)
    assert r.headers["X-Labels" if headers else "Location"] == way


def test_send_and_close_with_a_label_just_closes(
    agent_client: Client, agent: Agent, conversation: Conversation, label: Label
) -> None:
    labels.add(conversation, label, by=agent)
    form = {"body": "Done!", "draft_key": str(uuid.uuid4()), "seen": "0", "then": "close"}

    r = agent_client.post(url(conversation, "reply"), form, headers=FETCH)

    assert is_closed(conversation)
    assert "X-Labels" not in r.headers
