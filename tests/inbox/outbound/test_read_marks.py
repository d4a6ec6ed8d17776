"""inbox.actions.read_marks"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from inbox.actions import read_marks
from inbox.models import Agent, Channel, Conversation
from tests.factories import make_channel, make_conversation, make_message
from tests.fakes import FakeGraph

pytestmark = pytest.mark.django_db

Capture = DjangoCaptureOnCommitCallbacks


@pytest.fixture
def conversation() -> Conversation:
    return make_conversation()


def told(whatsapp: FakeGraph) -> list[dict[str, Any]]:
    return [json.loads(request.content) for request in whatsapp.requests]


def test_opening_a_conversation_hands_the_mark_on(
    agent: Agent,
    conversation: Conversation,
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: Capture,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        read_marks.request(conversation, by=agent)

    assert nudged == [("mark_read", conversation.pk)]


def test_a_number_may_keep_its_reading_to_itself(
    agent: Agent,
    nudged: list[tuple[Any, ...]],
    whatsapp: FakeGraph,
    django_capture_on_commit_callbacks: Capture,
) -> None:
    conversation = make_conversation(channel=make_channel(sends_read_marks=False))
    make_message(conversation)

    with django_capture_on_commit_callbacks(execute=True):
        read_marks.request(conversation, by=agent)
        read_marks.typing(conversation, by=agent)  # would mark as read, too
    read_marks.send(conversation.pk)

    assert not nudged
    assert not whatsapp.requests


def test_the_newest_message_is_marked(whatsapp: FakeGraph, conversation: Conversation) -> None:
    now = timezone.now()
    newest = make_message(conversation, at=now)
    make_message(conversation, at=now - timedelta(minutes=1))
    make_message(conversation, direction="out", at=now)
    make_message(conversation, direction="internal", kind="note", at=now)

    read_marks.send(conversation.pk)

    assert told(whatsapp) == [
        {"messaging_product": "whatsapp", "status": "read", "message_id": newest.wamid}
    ]


def test_what_is_marked_stays_marked(whatsapp: FakeGraph, conversation: Conversation) -> None:
    make_message(conversation)
    read_marks.send(conversation.pk)
    read_marks.send(conversation.pk)
    assert len(whatsapp.requests) == 1

    make_message(conversation)
    read_marks.send(conversation.pk)
    assert len(whatsapp.requests) == 2


def test_a_closed_window_does_not_matter(whatsapp: FakeGraph) -> None:
    conversation = make_conversation(wrote=timedelta(days=3))
    make_message(conversation, at=timezone.now() - timedelta(days=3))

    read_marks.send(conversation.pk)

    assert len(whatsapp.requests) == 1


@pytest.mark.parametrize(
    "fields",
    [{"at": timezone.now() - timedelta(days=31)}, {"wamid": None}],
    ids=["too old", "without an id"],
)
def test_some_messages_cannot_be_marked(
    whatsapp: FakeGraph, conversation: Conversation, fields: dict[str, Any]
) -> None:
    make_message(conversation, **fields)

    read_marks.send(conversation.pk)

    assert not whatsapp.requests


def test_a_refusal_is_no_matter_and_the_next_time_is_tried_again(
    whatsapp: FakeGraph, conversation: Conversation
) -> None:
    make_message(conversation)
    whatsapp.refuse(131009)

    read_marks.send(conversation.pk)
    read_marks.send(conversation.pk)

    assert len(whatsapp.requests) == 2


def test_a_number_that_is_stopped_says_nothing(
    whatsapp: FakeGraph, conversation: Conversation
) -> None:
    make_message(conversation)
    Channel.objects.update(circuit_opened_at=timezone.now())

    read_marks.send(conversation.pk)

    assert not whatsapp.requests


def test_a_conversation_that_is_gone_is_no_error(whatsapp: FakeGraph) -> None:
    read_marks.send(123456)

    assert not whatsapp.requests


def test_typing_is_shown_at_most_every_twenty_seconds(
    agent: Agent,
    conversation: Conversation,
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: Capture,
) -> None:
    other = make_conversation()

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(5):
            read_marks.typing(conversation, by=agent)
        read_marks.typing(other, by=agent)

    assert nudged == [("mark_read", conversation.pk, True), ("mark_read", other.pk, True)]


def test_typing_is_shown_also_for_what_is_marked_already(
    whatsapp: FakeGraph, conversation: Conversation
) -> None:
    make_message(conversation)
    read_marks.send(conversation.pk)

    read_marks.send(conversation.pk, typing=True)

    assert told(whatsapp)[1]["typing_indicator"] == {"type": "text"}


@pytest.mark.parametrize("reason", ["the number does not", "the window is closed"])
def test_typing_is_not_always_shown(
    agent: Agent,
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: Capture,
    reason: str,
) -> None:
    quiet = make_channel(sends_typing=False) if reason == "the number does not" else None
    stale = timedelta(hours=25) if reason == "the window is closed" else timedelta(minutes=5)
    conversation = make_conversation(channel=quiet, wrote=stale)

    with django_capture_on_commit_callbacks(execute=True):
        read_marks.typing(conversation, by=agent)

    assert not nudged
