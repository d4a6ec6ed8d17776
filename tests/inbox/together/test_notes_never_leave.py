"""Every way in which a note could reach the customer, or pass for an answer, tried."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consent.models import Decision
from inbox.actions import deliveries, replies, sweeping, waiting
from inbox.actions.conversations import close, reopen
from inbox.models import Agent, Message
from inbox.whatsapp import NotSendable
from tests.factories import make_conversation, make_message
from tests.inbox.replies_views.drafts import FETCH, post
from tests.inbox.together.writing import note, post_note

pytestmark = pytest.mark.django_db


def test_nothing_is_handed_to_the_way_out(
    agent_client: Client,
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        post_note(agent_client, make_conversation(), body="Between us")

    written = Message.objects.get()
    assert nudged == []
    assert (written.due_at, written.claimed_at, written.wamid) == (None, None, None)
    assert written.origin == ""


def test_no_gate_is_asked_and_no_decision_kept(agent: Agent) -> None:
    note(make_conversation(), agent)

    assert Message.objects.get().decision is None
    assert not Decision.objects.exists()


def test_the_sweeper_finds_nothing_to_carry(
    agent: Agent, nudged: list[tuple[Any, ...]]
) -> None:
    note(make_conversation(), agent)

    sweeping.sweep(now=timezone.now() + timedelta(hours=1))
    deliveries.sweep(now=timezone.now() + timedelta(days=1))

    assert not [call for call in nudged if call[0] == "carry"]


def test_it_is_no_answer(agent: Agent) -> None:
    conversation = make_conversation(wrote=timedelta(minutes=30))
    asked = make_message(conversation, "Are you there?", at=conversation.waiting_since)
    note(conversation, agent)

    conversation.refresh_from_db()
    assert conversation.waiting_since == asked.at
    assert conversation.first_replied_at is None
    close(conversation, by=agent)
    reopen(conversation, by=agent)
    waiting.restore(conversation)
    assert conversation.waiting_since == asked.at


def test_it_stops_no_colleagues_answer(agent: Agent, colleague_client: Client) -> None:
    conversation = make_conversation()
    seen = make_message(conversation)
    note(conversation, agent)

    r = post(colleague_client, "reply", conversation.code, body="Hello", seen=seen.pk)

    assert r.status_code == 200


def test_it_cannot_be_quoted_to_the_customer(agent: Agent, agent_client: Client) -> None:
    conversation = make_conversation()
    written = note(conversation, agent, "Secret")

    post(agent_client, "reply", conversation.code, body="As I said", quoted=written.pk)
    with pytest.raises(NotSendable):
        replies.send_text(
            conversation, body="As I said", quoted=written, draft_key=uuid4(), by=agent
        )

    answer = Message.objects.get(kind="text")
    assert (answer.quoted, answer.quoted_wamid) == (None, "")


@pytest.mark.parametrize("name", ["react", "resend", "discard"])
def test_nothing_done_with_it_sends_anything(
    name: str, agent: Agent, agent_client: Client
) -> None:
    written = note(make_conversation(), agent)
    url = reverse(f"inbox:{name}", args=[written.code])

    r = agent_client.post(url, {"emoji": "👍"}, headers=FETCH)

    assert r.status_code == 409
    assert Message.objects.get() == written


def test_a_note_form_posted_as_an_answer_is_an_answer_only_by_its_address(
    agent_client: Client,
) -> None:
    """The two sides share no field that turns one into the other."""
    conversation = make_conversation()

    r = post_note(
        agent_client, conversation, body="Between us", then="close", quoted="1", seen="1",
        kind="text", direction="out", status="queued",
    )  # fmt: skip

    assert r.status_code == 200
    written = Message.objects.get()
    assert (written.kind, written.direction, written.status) == ("note", "internal", "")
    conversation.refresh_from_db()
    assert conversation.status == "open"
