"""inbox.actions.replies: what keeps a reply from being queued"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from consent import gate
from inbox.actions import replies
from inbox.models import Agent, Message
from tests.factories import make_channel, make_contact, make_conversation, make_message

pytestmark = pytest.mark.django_db


def test_a_closed_window_is_explained(agent: Agent) -> None:
    conversation = make_conversation(wrote=timedelta(hours=25))

    with pytest.raises(gate.NotAllowed) as caught:
        replies.send_text(conversation, body="Hello?", draft_key=uuid4(), by=agent)

    assert caught.value.reason is gate.Reason.OUT_OF_WINDOW
    assert not Message.objects.exists()


def test_the_composer_learns_whether_a_reply_is_possible() -> None:
    now = timezone.now()
    fresh, stale = make_conversation(), make_conversation(wrote=timedelta(hours=25))

    assert replies.refusal_for(fresh, now=now).allowed
    assert replies.refusal_for(stale, now=now).reason is gate.Reason.OUT_OF_WINDOW


@pytest.mark.parametrize(
    ("body", "words"), [("", "missing"), ("   ", "missing"), ("x" * 4097, "4096")]
)
def test_what_whatsapp_would_refuse_names_its_field(
    agent: Agent, body: str, words: str
) -> None:
    with pytest.raises(replies.NotSendable, match=words) as caught:
        replies.send_text(make_conversation(), body=body, draft_key=uuid4(), by=agent)

    assert caught.value.field == "body"
    assert not Message.objects.exists()


def test_a_blocked_person_is_not_written_to(agent: Agent) -> None:
    conversation = make_conversation(contact=make_contact(blocked_at=timezone.now()))

    with pytest.raises(replies.NotSendable, match="blocked"):
        replies.send_text(conversation, body="Hello", draft_key=uuid4(), by=agent)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"replies_restricted_until": timedelta(hours=1)}, "restricts"),
        ({"retired_at": timedelta(hours=-1)}, "not in use"),
    ],
    ids=["restricted", "retired"],
)
def test_a_number_that_cannot_send_says_so(
    agent: Agent, fields: dict[str, timedelta], words: str
) -> None:
    now = timezone.now()
    moments: dict[str, Any] = {name: now + delta for name, delta in fields.items()}
    conversation = make_conversation(channel=make_channel(**moments))

    with pytest.raises(replies.NotSendable, match=words):
        replies.send_text(conversation, body="Hello", draft_key=uuid4(), by=agent)


def test_a_restriction_ends(agent: Agent) -> None:
    over = timezone.now() - timedelta(seconds=1)
    conversation = make_conversation(channel=make_channel(replies_restricted_until=over))

    replies.send_text(conversation, body="Hello", draft_key=uuid4(), by=agent)

    assert Message.objects.count() == 1


def test_an_open_circuit_lets_replies_queue(agent: Agent) -> None:
    channel = make_channel(circuit_opened_at=timezone.now(), circuit_reason="auth")

    message = replies.send_text(
        make_conversation(channel=channel), body="Hello", draft_key=uuid4(), by=agent
    )

    assert message.status == Message.Status.QUEUED


def test_it_stops_once_when_a_colleague_answered_meanwhile(
    agent: Agent, colleague: Agent
) -> None:
    conversation, key = make_conversation(), uuid4()
    seen = make_message(conversation, "Where is it?").pk
    answer = replies.send_text(conversation, body="Mine", draft_key=uuid4(), by=colleague)

    with pytest.raises(replies.AnsweredMeanwhile) as caught:
        replies.send_text(conversation, body="And mine", draft_key=key, by=agent, seen=seen)
    assert list(caught.value.messages) == [answer]
    assert "answered meanwhile" in str(caught.value)

    replies.send_text(conversation, body="And mine", draft_key=key, by=agent, seen=answer.pk)

    assert Message.objects.filter(body="And mine").count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"direction": "in"},
        {"direction": "internal", "kind": "note"},
        {"direction": "out", "origin": "automatic"},
        {"direction": "out", "kind": "reaction"},
    ],
    ids=["the customer", "a note", "the away text", "a reaction"],
)
def test_only_answers_of_others_stop(agent: Agent, fields: dict[str, Any]) -> None:
    conversation = make_conversation()
    seen = make_message(conversation).pk
    replies.send_text(conversation, body="Mine", draft_key=uuid4(), by=agent)
    make_message(conversation, **fields)

    replies.send_text(conversation, body="More", draft_key=uuid4(), by=agent, seen=seen)

    assert Message.objects.filter(body="More").exists()


def test_an_answer_from_the_phone_app_stops_too(agent: Agent) -> None:
    conversation = make_conversation()
    seen = make_message(conversation).pk
    make_message(conversation, direction="out", origin="phone_app")

    with pytest.raises(replies.AnsweredMeanwhile):
        replies.send_text(conversation, body="Mine", draft_key=uuid4(), by=agent, seen=seen)


def test_who_says_to_have_seen_all_there_will_ever_be_is_believed(agent: Agent) -> None:
    conversation = make_conversation()
    make_message(conversation, direction="out", origin="phone_app", status="sent")

    replies.send_text(conversation, body="B", draft_key=uuid4(), by=agent, seen=10**30)

    assert Message.objects.filter(status="queued").count() == 1
