"""inbox.actions.replies.resend and discard"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from django.utils import timezone

from consent import gate
from inbox import failures
from inbox.actions import deliveries, replies
from inbox.models import Agent, Conversation, Message
from tests.factories import make_conversation, make_message
from tests.fakes import FakeGraph
from tests.inbox.outbound.conftest import Say
from tests.inbox.outbound.files import picture
from tests.inbox.outbound.templates import body, make_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation() -> Conversation:
    return make_conversation()


@pytest.fixture
def failed(whatsapp: FakeGraph, conversation: Conversation, say: Say) -> Message:
    message = say(conversation, "It is 5 €")
    whatsapp.refuse(131026)
    deliveries.carry(conversation.channel_id)
    message.refresh_from_db()
    return message


def test_what_failed_can_be_sent_again(
    whatsapp: FakeGraph, failed: Message, colleague: Agent
) -> None:
    again = replies.resend(failed, by=colleague)
    deliveries.carry(failed.channel_id)

    assert whatsapp.texts == ["It is 5 €"]
    again.refresh_from_db()
    assert (again.status, again.author) == ("sent", colleague)
    assert again.code != failed.code  # statuses of the first must not touch the second
    failed.refresh_from_db()
    assert failed.status == "failed"
    assert failed.content["resent_as"] == again.pk
    assert not failures.can_resend(failed)


def test_a_double_click_sends_again_once(failed: Message, agent: Agent) -> None:
    first = replies.resend(failed, by=agent)

    assert replies.resend(failed, by=agent) == first

    assert Message.objects.count() == 2


def test_a_message_in_doubt_waits_for_two_minutes_and_a_person(
    whatsapp: FakeGraph, conversation: Conversation, say: Say, agent: Agent
) -> None:
    message = say(conversation, "Did it arrive?")
    whatsapp.fail(httpx.ReadTimeout("no answer"))
    deliveries.carry(conversation.channel_id)

    with pytest.raises(replies.NotSendable):
        replies.resend(message, by=agent)
    deliveries.sweep(now=timezone.now() + timedelta(minutes=3))
    replies.resend(message, by=agent)
    deliveries.carry(conversation.channel_id)

    assert whatsapp.texts == ["Did it arrive?", "Did it arrive?"]  # a person's word


@pytest.mark.parametrize("status", ["queued", "sending", "sent", "delivered", "read"])
def test_nothing_else_is_sent_again(
    conversation: Conversation, agent: Agent, status: str
) -> None:
    message = make_message(conversation, direction="out", status=status)

    with pytest.raises(replies.NotSendable) as caught:
        replies.resend(message, by=agent)

    assert caught.value.field == "message"


def test_a_window_that_closed_meanwhile_is_explained(failed: Message, agent: Agent) -> None:
    contact, channel = failed.conversation.contact, failed.channel
    gate.deny_window(contact.consent_subject, channel.phone_number_id)

    with pytest.raises(gate.NotAllowed):
        replies.resend(failed, by=agent)

    assert Message.objects.count() == 1


def test_a_file_is_copied(
    whatsapp: FakeGraph, conversation: Conversation, agent: Agent
) -> None:
    message = replies.send_file(
        conversation, file=picture(), caption="Look", draft_key=uuid4(), by=agent
    )
    whatsapp.refuse(131053)
    deliveries.carry(conversation.channel_id)
    message.refresh_from_db()

    again = replies.resend(message, by=agent)
    deliveries.carry(conversation.channel_id)

    first, second = message.attachments.get(), again.attachments.get()
    assert first.file.name != second.file.name
    assert first.sha256 == second.sha256
    assert second.thumbnail
    assert whatsapp.messages[-1]["image"]["caption"] == "Look"


def test_a_template_is_filled_in_again(
    whatsapp: FakeGraph, conversation: Conversation, agent: Agent
) -> None:
    template = make_template(conversation.channel, body("Hello {{1}}!", "Ana"))
    message = replies.send_template(
        conversation, template, values={"body.1": "Ana"}, draft_key=uuid4(), by=agent
    )
    whatsapp.refuse(132012)
    deliveries.carry(conversation.channel_id)
    message.refresh_from_db()

    replies.resend(message, by=agent)
    deliveries.carry(conversation.channel_id)

    [sent] = whatsapp.messages
    assert sent["template"]["components"][0]["parameters"][0]["text"] == "Ana"


def test_what_waits_can_be_taken_back(
    whatsapp: FakeGraph, conversation: Conversation, say: Say, agent: Agent
) -> None:
    asked = make_message(conversation, at=timezone.now() - timedelta(minutes=5))
    message = say(conversation, "Oh no")

    replies.discard(message, by=agent)
    deliveries.carry(conversation.channel_id)

    assert (message.status, message.failure_class) == ("failed", "discarded")
    assert not whatsapp.requests
    conversation.refresh_from_db()
    assert conversation.waiting_since == asked.at  # the customer waits again
    assert "taken back" in failures.sentence_for(message)


@pytest.mark.parametrize("status", ["sending", "sent", "failed"])
def test_what_has_left_cannot_be_taken_back(
    conversation: Conversation, agent: Agent, status: str
) -> None:
    message = make_message(conversation, direction="out", status=status)

    with pytest.raises(replies.NotSendable, match="too late"):
        replies.discard(message, by=agent)

    message.refresh_from_db()
    assert message.status == status
