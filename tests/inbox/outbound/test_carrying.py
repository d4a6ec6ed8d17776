"""inbox.actions.deliveries.carry"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.utils import timezone

from inbox import events, graph
from inbox.actions import deliveries, replies
from inbox.models import Agent, Conversation, Message
from tests.factories import make_channel, make_contact, make_conversation
from tests.fakes import FakeGraph
from tests.inbox.outbound.conftest import Say

pytestmark = pytest.mark.django_db


def carry(conversation: Conversation) -> None:
    deliveries.carry(conversation.channel_id)


def test_a_queued_message_reaches_whatsapp(whatsapp: FakeGraph, say: Say) -> None:
    contact = make_contact(phone="4915112345678")
    message = say(make_conversation(contact=contact), "On its way")

    carry(message.conversation)

    assert whatsapp.messages == [
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": "+4915112345678",
            "type": "text",
            "text": {"body": "On its way", "preview_url": False},
            "biz_opaque_callback_data": f"msg:{message.code}",
        }
    ]
    message.refresh_from_db()
    assert (message.status, message.wamid) == ("sent", "wamid.OUT1")
    assert message.sent_at is not None
    assert message.due_at is None
    assert message.attempts == 1


def test_the_list_and_the_browsers_follow(
    whatsapp: FakeGraph, say: Say, published: list[events.HintBody]
) -> None:
    conversation = make_conversation()
    say(conversation)
    published.clear()

    carry(conversation)

    conversation.refresh_from_db()
    assert conversation.last_message_status == "sent"
    assert published == [events.about(conversation)]


def test_it_leaves_with_the_token_of_its_number(whatsapp: FakeGraph, say: Say) -> None:
    channel = make_channel(phone_number_id="200000000077777", token="its-own-token")
    message = say(make_conversation(channel=channel))

    carry(message.conversation)

    [request] = whatsapp.requests
    assert request.url.path == "/v26.0/200000000077777/messages"
    assert request.headers["authorization"] == "Bearer its-own-token"


def test_a_person_without_a_phone_is_reached_by_their_id(whatsapp: FakeGraph, say: Say) -> None:
    contact = make_contact(phone="", bsuid="DE.1234567890")
    message = say(make_conversation(contact=contact))

    carry(message.conversation)

    [body] = whatsapp.messages
    assert body["recipient"] == "DE.1234567890"
    assert "to" not in body


def test_a_quote_travels_along(whatsapp: FakeGraph, agent: Agent, say: Say) -> None:
    conversation = make_conversation()
    first = say(conversation, "First")
    replies.send_text(conversation, body="Second", draft_key=uuid4(), by=agent, quoted=first)

    carry(conversation)

    # The quoted message had no id yet when it was quoted.
    assert whatsapp.messages[1]["context"] == {"message_id": "wamid.OUT1"}


def test_messages_of_a_conversation_leave_in_the_order_they_were_written(
    whatsapp: FakeGraph, say: Say
) -> None:
    conversation = make_conversation()
    for number in range(5):
        say(conversation, f"Number {number}")

    carry(conversation)

    assert whatsapp.texts == [f"Number {number}" for number in range(5)]


def test_conversations_do_not_wait_for_each_other(whatsapp: FakeGraph, say: Say) -> None:
    channel = make_channel()
    slow, quick = make_conversation(channel=channel), make_conversation(channel=channel)
    whatsapp.refuse(131056)
    say(slow, "Throttled")
    say(slow, "Behind it")
    say(quick, "Not concerned")

    carry(slow)

    assert whatsapp.texts == ["Not concerned"]
    assert list(slow.messages.values_list("status", flat=True)) == ["queued", "queued"]


def test_nothing_due_is_nothing_done(whatsapp: FakeGraph, nudged: list[Any]) -> None:
    deliveries.carry(make_channel().pk)

    assert not whatsapp.requests
    assert not nudged


def test_a_number_that_is_gone_is_no_error(whatsapp: FakeGraph) -> None:
    deliveries.carry(123456)

    assert not whatsapp.requests


def test_what_is_carried_twice_leaves_once(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())

    carry(message.conversation)
    carry(message.conversation)

    assert len(whatsapp.messages) == 1


def test_after_a_lost_answer_it_is_in_doubt_and_never_sent_again(
    whatsapp: FakeGraph, say: Say
) -> None:
    message = say(make_conversation())
    whatsapp.fail(httpx.ReadTimeout("no answer"))

    carry(message.conversation)
    carry(message.conversation)

    message.refresh_from_db()
    assert (message.status, message.failure_class) == ("uncertain", "retry_doubtful")
    assert message.due_at is not None
    assert len(whatsapp.messages) == 1


def test_a_message_in_doubt_holds_nobody_up(whatsapp: FakeGraph, say: Say) -> None:
    conversation = make_conversation()
    whatsapp.fail(httpx.ReadTimeout("no answer"))
    say(conversation, "In doubt")
    say(conversation, "Behind it")

    carry(conversation)

    assert whatsapp.texts == ["In doubt", "Behind it"]
    assert list(conversation.messages.order_by("pk").values_list("status", flat=True)) == [
        "uncertain",
        "sent",
    ]


def test_no_connection_means_surely_not_sent_and_tried_again(
    whatsapp: FakeGraph, say: Say
) -> None:
    conversation = make_conversation()
    whatsapp.fail(httpx.ConnectError("refused"))
    first, second = say(conversation, "First"), say(conversation, "Second")

    carry(conversation)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("queued", "queued")
    assert first.due_at is not None
    assert first.due_at > timezone.now()
    assert not whatsapp.messages

    Message.objects.update(due_at=timezone.now())
    carry(conversation)

    assert whatsapp.texts == ["First", "Second"]


def test_a_broken_call_of_ours_is_in_doubt(
    whatsapp: FakeGraph, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burst(channel: object) -> None:
        raise RuntimeError("a mistake of ours")

    message = say(make_conversation())
    monkeypatch.setattr(graph, "token_of", burst)

    carry(message.conversation)

    message.refresh_from_db()
    assert message.status == "uncertain"


def test_the_sixth_message_in_a_row_waits_for_its_turn(
    whatsapp: FakeGraph, say: Say, nudged: list[tuple[Any, ...]]
) -> None:
    conversation = make_conversation()
    for number in range(6):
        say(conversation, f"Number {number}")

    carry(conversation)

    assert len(whatsapp.texts) == 5
    # Somebody comes back when the sixth may leave.
    assert nudged == [("carry", conversation.channel_id)]
