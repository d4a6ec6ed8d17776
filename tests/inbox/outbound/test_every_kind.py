"""Whatever an agent sends: nothing of it leaves without the gate's word at that moment"""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.utils import timezone

from consent import gate
from consent.models import Decision
from inbox.actions import deliveries, replies
from inbox.models import Agent, Conversation, Message
from tests.factories import make_conversation, make_message
from tests.fakes import FakeGraph
from tests.inbox.outbound.files import picture
from tests.inbox.outbound.templates import make_template

pytestmark = pytest.mark.django_db

Send = Callable[..., Message | None]


def _react(conversation: Conversation, *, draft_key: object, by: Agent) -> Message | None:
    return replies.react(conversation.messages.get(direction="in"), emoji="👍", by=by)


SENDING: dict[str, Send] = {
    "text": lambda c, **along: replies.send_text(c, body="Hi", **along),
    "file": lambda c, **along: replies.send_file(c, file=picture(), **along),
    "location": lambda c, **along: replies.send_location(
        c, latitude=52.5, longitude=13.4, **along
    ),
    "contact card": lambda c, **along: replies.send_contact_card(
        c, name="Jana Meier", phone="+49 30 901820", **along
    ),
    "buttons": lambda c, **along: replies.send_buttons(
        c, body="Day?", buttons=["Monday", "Tuesday"], **along
    ),
    "list": lambda c, **along: replies.send_list(
        c, body="Day?", button="Choose", rows=[("Monday", ""), ("Tuesday", "")], **along
    ),
    "link": lambda c, **along: replies.send_link_button(
        c, body="Here", text="Open", url="https://example.org/", **along
    ),
    "request": lambda c, **along: replies.send_request(
        c, request="location", body="Where are you?", **along
    ),
    "template": lambda c, **along: replies.send_template(
        c, make_template(c.channel), values={}, **along
    ),
    "reaction": _react,
}


@pytest.fixture
def conversation() -> Conversation:
    conversation = make_conversation()
    make_message(conversation, "Hello?")
    return conversation


@pytest.mark.parametrize("send", SENDING.values(), ids=SENDING)
def test_it_leaves_with_a_stored_decision(
    send: Send, conversation: Conversation, whatsapp: FakeGraph, agent: Agent
) -> None:
    message = send(conversation, draft_key=uuid4(), by=agent)
    assert message is not None
    assert not Decision.objects.exists()

    deliveries.carry(conversation.channel_id)

    message.refresh_from_db()
    assert len(whatsapp.messages) == 1
    assert message.decision == Decision.objects.get(allowed=True)


@pytest.mark.parametrize("send", SENDING.values(), ids=SENDING)
def test_it_stays_when_it_may_no_longer_leave(
    send: Send, conversation: Conversation, whatsapp: FakeGraph, agent: Agent
) -> None:
    message = send(conversation, draft_key=uuid4(), by=agent)
    assert message is not None
    _forbid_everything(conversation)

    deliveries.carry(conversation.channel_id)

    message.refresh_from_db()
    assert whatsapp.messages == []
    assert message.status == Message.Status.FAILED
    assert message.decision == Decision.objects.get(allowed=False)


def _forbid_everything(conversation: Conversation) -> None:
    """The window closes, which ends replies; and a STOP ALL comes, which ends templates."""
    subject = conversation.contact.consent_subject
    gate.hear(subject, "STOP ALL", at=timezone.now())
    gate.deny_window(subject, conversation.channel.phone_number_id)


def test_no_way_of_sending_is_forgotten_here() -> None:
    ways = {name for name in replies.__all__ if name.startswith(("send_", "react"))}

    assert len(SENDING) == len(ways)
