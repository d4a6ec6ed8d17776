"""inbox.actions.conversations.close and reopen"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from inbox import events
from inbox.actions import conversations
from inbox.models import Agent
from inbox.models.conversation import END_OF_QUEUE
from tests.factories import make_channel, make_contact, make_conversation, make_message
from tests.inbox.conversations.events import told

pytestmark = pytest.mark.django_db


def test_a_closed_one_is_settled(agent: Agent, published: list[events.HintBody]) -> None:
    conversation = make_conversation(unread_count=2, is_marked_unread=True)

    assert conversations.close(conversation, by=agent)

    conversation.refresh_from_db()
    assert conversation.status == "closed"
    assert conversation.closed_at is not None
    assert (conversation.waiting_since, conversation.queued_at) == (None, END_OF_QUEUE)
    assert (conversation.unread_count, conversation.is_marked_unread) == (0, False)
    assert told(conversation) == [("closed", "Anna Keller")]
    assert published == [events.about(conversation)]


def test_a_snoozed_one_can_be_closed(agent: Agent) -> None:
    until = timezone.now() + timedelta(hours=1)
    conversation = make_conversation(status="snoozed", snoozed_until=until)

    assert conversations.close(conversation, by=agent)

    conversation.refresh_from_db()
    assert conversation.snoozed_until is None


def test_closing_twice_changes_nothing(agent: Agent, published: list[events.HintBody]) -> None:
    conversation = make_conversation(status="closed")

    assert not conversations.close(conversation, by=agent)

    assert published == []


def test_reopened_whoever_was_waiting_waits_again(agent: Agent) -> None:
    conversation = make_conversation()
    now = timezone.now()
    make_message(conversation, at=now - timedelta(hours=3))
    make_message(conversation, direction="out", at=now - timedelta(hours=2))
    unanswered = make_message(conversation, at=now - timedelta(hours=1))
    conversations.close(conversation, by=agent)

    assert conversations.reopen(conversation, by=agent)

    conversation.refresh_from_db()
    assert conversation.status == "open"
    assert conversation.closed_at is None
    assert conversation.waiting_since == conversation.queued_at == unanswered.at
    assert told(conversation)[-1] == ("reopened", "Anna Keller")


def test_reopened_nobody_waits_who_has_an_answer(agent: Agent) -> None:
    conversation = make_conversation(status="closed", waiting_since=None)
    make_message(conversation, direction="out")

    conversations.reopen(conversation, by=agent)

    conversation.refresh_from_db()
    assert (conversation.waiting_since, conversation.queued_at) == (None, END_OF_QUEUE)


def test_reopening_twice_changes_nothing(
    agent: Agent, published: list[events.HintBody]
) -> None:
    conversation = make_conversation()

    assert not conversations.reopen(conversation, by=agent)

    assert published == []


def test_beside_a_newer_open_one_it_stays_closed(agent: Agent) -> None:
    contact, channel = make_contact(), make_channel()
    conversation = make_conversation(contact=contact, channel=channel, status="closed")
    make_conversation(contact=contact, channel=channel)

    with pytest.raises(conversations.NotPossible, match="newer conversation that is open"):
        conversations.reopen(conversation, by=agent)

    conversation.refresh_from_db()
    assert conversation.status == "closed"
    assert told(conversation) == []
