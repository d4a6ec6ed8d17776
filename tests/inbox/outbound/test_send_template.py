"""inbox.actions.replies.send_template"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from consent import gate
from inbox.actions import deliveries, replies
from inbox.models import Agent, Conversation, Message
from tests.factories import make_channel, make_conversation, make_message
from tests.fakes import FakeGraph
from tests.inbox.outbound import files
from tests.inbox.outbound.files import picture, upload
from tests.inbox.outbound.templates import body, make_template

pytestmark = pytest.mark.django_db

NEWS = body("Hello {{1}}, your order {{2}} is ready.", "Ana", "4711")
VALUES = {"body.1": " Ana ", "body.2": "4711", "something.else": "dropped"}
PICTURE_ON_TOP = {"type": "HEADER", "format": "IMAGE"}


@pytest.fixture
def conversation() -> Conversation:
    """Somebody whose window closed yesterday."""
    return make_conversation(wrote=timedelta(hours=30))


def test_a_closed_window_is_no_dead_end(
    whatsapp: FakeGraph, agent: Agent, conversation: Conversation
) -> None:
    template = make_template(
        conversation.channel, NEWS, {"type": "FOOTER", "text": "Muster GmbH"}, language="en_US"
    )

    message = replies.send_template(
        conversation, template, values=VALUES, draft_key=uuid4(), by=agent
    )
    deliveries.carry(conversation.channel_id)

    message.refresh_from_db()
    assert message.status == "sent"
    assert message.decision is not None
    assert message.decision.message_class == "utility"
    [sent] = whatsapp.messages
    assert sent["template"] == {
        "name": "order_news",
        "language": {"code": "en_US"},
        "components": [
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "text": "Ana"},
                    {"type": "text", "text": "4711"},
                ],
            }
        ],
    }


def test_what_it_said_is_kept_as_it_was_that_day(
    agent: Agent, conversation: Conversation
) -> None:
    template = make_template(
        conversation.channel,
        {"type": "HEADER", "format": "TEXT", "text": "News"},
        NEWS,
        {"type": "FOOTER", "text": "Muster GmbH"},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Thanks"}]},
    )

    message = replies.send_template(
        conversation, template, values=VALUES, draft_key=uuid4(), by=agent
    )

    assert message.body == "Hello Ana, your order 4711 is ready."
    assert message.content == {
        "name": "order_news",
        "language": "en",
        "category": "UTILITY",
        "values": {"body.1": "Ana", "body.2": "4711"},
        "header": "News",
        "footer": "Muster GmbH",
        "buttons": ["Thanks"],
        "header_kind": "",
    }
    assert conversation.last_message_preview == message.body


@pytest.mark.parametrize(
    ("category", "reason"),
    [
        ("UTILITY", None),
        ("AUTHENTICATION", None),
        ("MARKETING", gate.Reason.NO_CONSENT),
        ("SOMETHING_NEW", gate.Reason.UNKNOWN_CLASS),
    ],
)
def test_its_category_decides_whether_it_may_be_sent(
    agent: Agent, conversation: Conversation, category: str, reason: gate.Reason | None
) -> None:
    template = make_template(conversation.channel, category=category)

    def send() -> Message:
        return replies.send_template(
            conversation, template, values={}, draft_key=uuid4(), by=agent
        )

    if reason is None:
        assert send().status == "queued"
    else:
        with pytest.raises(gate.NotAllowed) as caught:
            send()
        assert caught.value.reason is reason


def test_somebody_who_wants_no_contact_gets_no_template(
    agent: Agent, conversation: Conversation
) -> None:
    gate.hear(conversation.contact.consent_subject, "STOP ALL", at=timezone.now())
    template = make_template(conversation.channel)

    with pytest.raises(gate.NotAllowed) as caught:
        replies.send_template(conversation, template, values={}, draft_key=uuid4(), by=agent)

    assert caught.value.reason is gate.Reason.CONTACT_BAN


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "PAUSED"},
        {"status": "WHO_KNOWS"},
        {"gone_at": timezone.now()},
        {"waba_id": "another account"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_only_usable_templates_of_the_same_account_are_sent(
    agent: Agent, conversation: Conversation, fields: dict[str, Any]
) -> None:
    template = make_template(conversation.channel, **fields)

    with pytest.raises(replies.NotSendable) as caught:
        replies.send_template(conversation, template, values={}, draft_key=uuid4(), by=agent)

    assert caught.value.field == "template"


@pytest.mark.parametrize("value", ["", "two\nlines", "x" * 1025])
def test_values_are_checked(agent: Agent, conversation: Conversation, value: str) -> None:
    template = make_template(conversation.channel, NEWS)
    values = {"body.1": value, "body.2": "4711"}

    with pytest.raises(replies.NotSendable) as caught:
        replies.send_template(
            conversation, template, values=values, draft_key=uuid4(), by=agent
        )

    assert caught.value.field == "template"
    assert not Message.objects.exists()


def test_a_restricted_number_may_not_start(agent: Agent) -> None:
    until = timezone.now() + timedelta(days=1)
    channel = make_channel(business_initiated_restricted_until=until)
    template = make_template(channel)
    stale = make_conversation(channel=channel, wrote=timedelta(hours=30))
    fresh = make_conversation(channel=channel)

    replies.send_template(fresh, template, values={}, draft_key=uuid4(), by=agent)
    with pytest.raises(replies.NotSendable, match="restricts"):
        replies.send_template(stale, template, values={}, draft_key=uuid4(), by=agent)


def test_a_heading_with_a_picture_takes_it_along(
    whatsapp: FakeGraph, agent: Agent, conversation: Conversation
) -> None:
    template = make_template(conversation.channel, PICTURE_ON_TOP, NEWS)

    message = replies.send_template(
        conversation, template, values=VALUES, file=picture(), draft_key=uuid4(), by=agent
    )
    deliveries.carry(conversation.channel_id)

    assert message.content["header_kind"] == "image"
    assert message.attachments.get().kind == "image"
    [sent] = whatsapp.messages
    assert sent["template"]["components"][0] == {
        "type": "header",
        "parameters": [{"type": "image", "image": {"id": "900001"}}],
    }


def test_a_heading_with_a_picture_needs_one(agent: Agent, conversation: Conversation) -> None:
    template = make_template(conversation.channel, PICTURE_ON_TOP, NEWS)
    words: dict[str, Any] = {"values": VALUES, "by": agent}

    with pytest.raises(replies.NotSendable, match="needs a file") as missing:
        replies.send_template(conversation, template, draft_key=uuid4(), **words)
    with pytest.raises(replies.NotSendable, match="JPEG") as wrong:
        file = upload("a.pdf", files.PDF)
        replies.send_template(conversation, template, file=file, draft_key=uuid4(), **words)

    assert missing.value.field == wrong.value.field == "file"


def test_a_template_quotes_nothing(
    whatsapp: FakeGraph, agent: Agent, conversation: Conversation
) -> None:
    template = make_template(conversation.channel)
    asked = make_message(conversation)

    message = replies.send_template(
        conversation, template, values={}, draft_key=uuid4(), by=agent, quoted=asked
    )
    deliveries.carry(conversation.channel_id)

    assert message.quoted is None
    assert "context" not in whatsapp.messages[0]


def test_a_template_that_disappears_while_it_waits_fails_with_a_reason(
    whatsapp: FakeGraph, agent: Agent, conversation: Conversation
) -> None:
    template = make_template(conversation.channel)
    message = replies.send_template(
        conversation, template, values={}, draft_key=uuid4(), by=agent
    )
    template.gone_at = timezone.now()
    template.save()

    deliveries.carry(conversation.channel_id)

    message.refresh_from_db()
    assert (message.status, message.failure_class) == ("failed", "template")
    assert not whatsapp.requests


def test_a_template_that_changed_while_it_waits_is_not_sent_half_filled(
    whatsapp: FakeGraph, agent: Agent, conversation: Conversation
) -> None:
    template = make_template(conversation.channel)
    message = replies.send_template(
        conversation, template, values={}, draft_key=uuid4(), by=agent
    )
    template.components = [NEWS]
    template.save()

    deliveries.carry(conversation.channel_id)

    message.refresh_from_db()
    assert (message.status, message.failure_class) == ("failed", "template")
    assert not whatsapp.requests
