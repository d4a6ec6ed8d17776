"""The way out against the simulator, over HTTP: what WhatsApp hears is what was meant"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from inbox.actions import channels, deliveries, read_marks, replies, templates
from inbox.models import Agent, Channel, Conversation, Message, Template
from simulator.remote import Remote, running
from tests.factories import make_contact, make_conversation, make_message
from tests.inbox.outbound.conftest import Say
from tests.inbox.outbound.files import picture
from tests.simulated import connect

pytestmark = pytest.mark.django_db

NOBODY = "http://127.0.0.1:9/webhooks/whatsapp/"  # nobody listens to webhooks here
PHONE = "4915112345678"


@pytest.fixture(scope="module")
def _simulator() -> Iterator[Remote]:
    with running(desk_webhook=NOBODY) as remote:
        yield remote


@pytest.fixture
def phone(_simulator: Remote) -> Remote:
    """The customer's side."""
    _simulator.reset(seed="1")
    _simulator.webhooks(paused=True)
    return _simulator


@pytest.fixture
def channel(phone: Remote, db: None) -> Channel:
    return connect(phone)


@pytest.fixture
def conversation(phone: Remote, channel: Channel) -> Conversation:
    """A customer who has just written, there and here."""
    phone.person(name="Lena Hofmann", phone=PHONE)
    wamid = phone.says(PHONE, "Guten Morgen!")
    conversation = make_conversation(contact=make_contact(phone=PHONE), channel=channel)
    make_message(conversation, "Guten Morgen!", wamid=wamid)
    return conversation


def test_a_reply_arrives(phone: Remote, conversation: Conversation, say: Say) -> None:
    message = say(conversation, "Guten Morgen, Lena! 🌞")

    deliveries.carry(conversation.channel_id)

    [heard] = phone.sent(to=PHONE, count=1)
    message.refresh_from_db()
    assert message.status == "sent"
    assert heard["id"] == message.wamid
    assert heard["body"]["text"]["body"] == "Guten Morgen, Lena! 🌞"
    assert heard["body"]["biz_opaque_callback_data"] == message.callback_data


def test_a_picture_arrives(phone: Remote, conversation: Conversation, agent: Agent) -> None:
    message = replies.send_file(
        conversation, file=picture(), caption="So", draft_key=uuid4(), by=agent
    )

    deliveries.carry(conversation.channel_id)

    [heard] = phone.sent(to=PHONE, count=1)
    attachment = message.attachments.get()
    assert heard["body"]["image"] == {"id": attachment.media_id, "caption": "So"}


def test_templates_are_fetched_and_one_arrives(
    phone: Remote, conversation: Conversation, agent: Agent
) -> None:
    templates.sync(conversation.channel_id)
    usable = Template.objects.filter(status="APPROVED", category="UTILITY")
    template = next(
        t
        for t in usable
        if templates.shape_of(t).variables and not templates.shape_of(t).needs_file
    )
    values = {v.key: v.example or "4711" for v in templates.shape_of(template).variables}

    message = replies.send_template(
        conversation, template, values=values, draft_key=uuid4(), by=agent
    )
    deliveries.carry(conversation.channel_id)

    message.refresh_from_db()
    assert (message.status, message.failure_detail) == ("sent", "")
    [heard] = phone.sent(to=PHONE, count=1)
    assert heard["body"]["template"]["name"] == template.name


def test_a_lost_answer_doubles_nothing(
    phone: Remote, conversation: Conversation, say: Say
) -> None:
    message = say(conversation, "Once")
    phone.fault("messages", disconnect="after", next=1)

    deliveries.carry(conversation.channel_id)
    deliveries.carry(conversation.channel_id)

    message.refresh_from_db()
    assert message.status == "uncertain"
    assert len(phone.sent(to=PHONE)) == 1


def test_a_pair_limit_delays_and_keeps_the_order(
    phone: Remote, conversation: Conversation, say: Say
) -> None:
    phone.fault("messages", code=131056, next=1)
    first, second = say(conversation, "First"), say(conversation, "Second")

    deliveries.carry(conversation.channel_id)
    assert phone.sent(to=PHONE) == []

    Message.objects.filter(pk=first.pk).update(due_at=first.created_at)
    Conversation.objects.update(pair_tokens=5)
    deliveries.carry(conversation.channel_id)

    heard = [message["body"]["text"]["body"] for message in phone.sent(to=PHONE, count=2)]
    assert heard == ["First", "Second"]
    second.refresh_from_db()
    assert second.status == "sent"


def test_reading_and_reacting_reach_the_phone(
    phone: Remote, conversation: Conversation, agent: Agent
) -> None:
    message = conversation.messages.get()

    read_marks.send(conversation.pk, typing=True)
    replies.react(message, emoji="👍", by=agent)
    deliveries.carry(conversation.channel_id)

    [heard] = phone.sent(to=PHONE, count=1)
    assert heard["body"]["reaction"] == {"message_id": message.wamid, "emoji": "👍"}


def test_the_simulator_finds_nothing_wrong_with_the_number(channel: Channel) -> None:
    asked = [
        finding
        for finding in channels.check(channel)
        if finding.ok is False and "webhook" not in finding.what.lower()
    ]

    assert asked == []
    assert channel.display_phone_number == "+49 30 901820"


def test_a_wrong_token_is_found_out(phone: Remote, channel: Channel, say: Say) -> None:
    channels.set_token(channel, token="something-else")
    phone.person(name="Lena", phone=PHONE)
    conversation = make_conversation(contact=make_contact(phone=PHONE), channel=channel)
    message = say(conversation)

    deliveries.carry(channel.pk)

    message.refresh_from_db()
    channel.refresh_from_db()
    assert (message.status, channel.circuit_reason) == ("queued", "auth")

    channels.set_token(channel, token="simulator-token")
    phone.says(PHONE, "Hello?")
    deliveries.carry(channel.pk)

    message.refresh_from_db()
    assert message.status == "sent"
