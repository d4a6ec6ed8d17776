"""inbox.actions.conversations.mark_read, mark_unread and set_priority"""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from inbox import events
from inbox.actions import conversations
from inbox.models import Agent
from tests.factories import make_channel, make_conversation
from tests.inbox.conversations.events import last_told, told

pytestmark = pytest.mark.django_db


def test_read_is_read_and_whatsapp_hears_of_it(
    agent: Agent,
    published: list[events.HintBody],
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    conversation = make_conversation(unread_count=3, is_marked_unread=True)

    with django_capture_on_commit_callbacks(execute=True):
        assert conversations.mark_read(conversation, by=agent)

    conversation.refresh_from_db()
    assert (conversation.unread_count, conversation.is_marked_unread) == (0, False)
    assert nudged == [("mark_read", conversation.pk)]
    assert published == [events.about(conversation)]
    assert told(conversation) == []


def test_a_number_that_shows_no_read_marks_shows_none(
    agent: Agent,
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    channel = make_channel(sends_read_marks=False)

    with django_capture_on_commit_callbacks(execute=True):
        conversations.mark_read(make_conversation(unread_count=1, channel=channel), by=agent)

    assert nudged == []


def test_reading_what_is_read_changes_nothing(
    agent: Agent, published: list[events.HintBody]
) -> None:
    assert not conversations.mark_read(make_conversation(), by=agent)
    assert published == []


def test_it_can_be_marked_unread(agent: Agent, published: list[events.HintBody]) -> None:
    conversation = make_conversation()

    assert conversations.mark_unread(conversation, by=agent)
    assert not conversations.mark_unread(conversation, by=agent)

    conversation.refresh_from_db()
    assert conversation.is_marked_unread
    assert published == [events.about(conversation)]


def test_priority(agent: Agent, published: list[events.HintBody]) -> None:
    conversation = make_conversation()

    assert conversations.set_priority(conversation, priority=2, by=agent)
    assert not conversations.set_priority(conversation, priority=2, by=agent)

    conversation.refresh_from_db()
    assert conversation.priority == 2
    assert last_told(conversation) == {"event": "priority", "priority": 2}
    assert published == [events.about(conversation)]
