"""inbox.actions.replies.react"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from consent import gate
from inbox import events
from inbox.actions import deliveries, replies
from inbox.models import Agent, Conversation, Message, Reaction
from tests.factories import make_conversation, make_message
from tests.fakes import FakeGraph

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation() -> Conversation:
    return make_conversation(unread_count=1)


def test_an_emoji_reaches_the_customer(
    whatsapp: FakeGraph, agent: Agent, conversation: Conversation
) -> None:
    message = make_message(conversation, "Thank you!")

    replies.react(message, emoji="👍", by=agent)
    deliveries.carry(conversation.channel_id)

    [body] = whatsapp.messages
    assert body["reaction"] == {"message_id": message.wamid, "emoji": "👍"}
    assert "context" not in body
    reaction = Reaction.objects.get()
    assert (reaction.message, reaction.emoji, reaction.from_us) == (message, "👍", True)
    assert reaction.author == agent


def test_the_browsers_fetch_the_message_it_is_on(
    agent: Agent, conversation: Conversation, published: list[events.HintBody]
) -> None:
    message = make_message(conversation)
    before = message.changed_at

    replies.react(message, emoji="👍", by=agent)

    message.refresh_from_db()
    assert message.changed_at > before
    assert published == [events.about(conversation)]


def test_a_reaction_is_no_answer(agent: Agent, conversation: Conversation) -> None:
    waiting_since = conversation.waiting_since

    replies.react(make_message(conversation), emoji="👍", by=agent)

    conversation.refresh_from_db()
    assert conversation.waiting_since == waiting_since
    assert conversation.last_message_id is None
    assert conversation.first_replied_at is None


def test_another_emoji_takes_its_place(
    whatsapp: FakeGraph, agent: Agent, colleague: Agent, conversation: Conversation
) -> None:
    message = make_message(conversation)

    replies.react(message, emoji="👍", by=agent)
    replies.react(message, emoji="❤️", by=colleague)
    deliveries.carry(conversation.channel_id)

    assert [body["reaction"]["emoji"] for body in whatsapp.messages] == ["👍", "❤️"]
    reaction = Reaction.objects.get()
    assert (reaction.emoji, reaction.author) == ("❤️", colleague)


def test_it_can_be_taken_back(
    whatsapp: FakeGraph, agent: Agent, conversation: Conversation
) -> None:
    message = make_message(conversation)
    replies.react(message, emoji="👍", by=agent)

    replies.react(message, emoji="", by=agent)
    deliveries.carry(conversation.channel_id)

    assert whatsapp.messages[1]["reaction"] == {"message_id": message.wamid, "emoji": ""}
    assert Reaction.objects.get().emoji == ""


@pytest.mark.parametrize("emoji", ["👍", ""])
def test_the_same_again_changes_nothing(
    agent: Agent, conversation: Conversation, emoji: str
) -> None:
    message = make_message(conversation)
    replies.react(message, emoji="👍", by=agent)
    replies.react(message, emoji=emoji, by=agent)
    count = Message.objects.filter(kind="reaction").count()

    assert replies.react(message, emoji=emoji, by=agent) is None

    assert Message.objects.filter(kind="reaction").count() == count


def test_a_reaction_that_did_not_arrive_is_not_shown(
    whatsapp: FakeGraph, agent: Agent, conversation: Conversation
) -> None:
    message = make_message(conversation)
    replies.react(message, emoji="👍", by=agent)
    whatsapp.refuse(131009)

    deliveries.carry(conversation.channel_id)

    assert Reaction.objects.get().emoji == ""


def test_a_closed_window_takes_no_reactions(agent: Agent) -> None:
    conversation = make_conversation(wrote=timedelta(hours=25))

    with pytest.raises(gate.NotAllowed):
        replies.react(make_message(conversation), emoji="👍", by=agent)

    assert not Reaction.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"wamid": None, "direction": "out", "status": "queued"},
        {"revoked_at": timezone.now()},
        {"at": timezone.now() - timedelta(days=31)},
    ],
    ids=["not sent yet", "deleted", "too old"],
)
def test_some_messages_take_no_reactions(
    agent: Agent, conversation: Conversation, fields: dict[str, Any]
) -> None:
    message = make_message(conversation, **fields)

    with pytest.raises(replies.NotSendable) as caught:
        replies.react(message, emoji="👍", by=agent)

    assert caught.value.field == "target"
    assert not Reaction.objects.exists()


def test_a_reaction_is_short(agent: Agent, conversation: Conversation) -> None:
    with pytest.raises(replies.NotSendable) as caught:
        replies.react(make_message(conversation), emoji="👍" * 41, by=agent)

    assert caught.value.field == "emoji"
