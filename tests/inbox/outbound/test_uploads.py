"""inbox.actions.deliveries.uploads: files on their way to WhatsApp"""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from django.utils import timezone

from inbox.actions import deliveries
from inbox.models import Agent, Attachment, Conversation
from tests.factories import make_conversation
from tests.fakes import FakeGraph
from tests.inbox.outbound.files import picture, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation() -> Conversation:
    return make_conversation()


def test_an_upload_is_used_again_while_meta_keeps_it(
    whatsapp: FakeGraph, conversation: Conversation, agent: Agent
) -> None:
    message = send(conversation, agent, picture())
    Attachment.objects.update(media_id="123", media_id_at=timezone.now() - timedelta(days=28))

    deliveries.carry(conversation.channel_id)

    assert whatsapp.uploads == 0
    assert whatsapp.messages[0]["image"] == {"id": "123"}
    message.refresh_from_db()
    assert message.status == "sent"


def test_an_upload_that_meta_forgot_is_repeated(
    whatsapp: FakeGraph, conversation: Conversation, agent: Agent
) -> None:
    send(conversation, agent, picture())
    Attachment.objects.update(
        media_id="123", media_id_at=timezone.now() - timedelta(days=29, minutes=1)
    )

    deliveries.carry(conversation.channel_id)

    assert whatsapp.messages[0]["image"] == {"id": "900001"}


@pytest.mark.parametrize(
    "failure",
    [httpx.ReadError("no answer"), httpx.ConnectError("refused")],
    ids=["no answer", "no connection"],
)
def test_an_upload_without_an_answer_is_surely_no_message(
    whatsapp: FakeGraph, conversation: Conversation, agent: Agent, failure: Exception
) -> None:
    message = send(conversation, agent, picture())
    whatsapp.fail(failure, at="media")

    deliveries.carry(conversation.channel_id)

    message.refresh_from_db()
    assert message.status == "queued"
    assert not whatsapp.messages


def test_a_file_that_whatsapp_refuses_is_uploaded_anew_next_time(
    whatsapp: FakeGraph, conversation: Conversation, agent: Agent
) -> None:
    message = send(conversation, agent, picture())
    whatsapp.refuse(131053)

    deliveries.carry(conversation.channel_id)

    message.refresh_from_db()
    assert (message.status, message.failure_class) == ("failed", "media")
    assert message.attachments.get().media_id == ""


def test_a_file_that_is_gone_is_a_failure_with_a_reason(
    whatsapp: FakeGraph, conversation: Conversation, agent: Agent
) -> None:
    message = send(conversation, agent, picture())
    attachment = message.attachments.get()
    attachment.file.storage.delete(attachment.file.name or "")

    deliveries.carry(conversation.channel_id)

    message.refresh_from_db()
    assert (message.status, message.failure_class) == ("failed", "media")
    assert not whatsapp.requests
