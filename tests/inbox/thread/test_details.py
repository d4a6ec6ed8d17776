"""GET /messages/<code>/details/"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from inbox.models import Message, MessageVersion
from tests.factories import make_channel, make_conversation, make_message, make_team
from tests.inbox.thread.messages import make_answer

pytestmark = pytest.mark.django_db


def _url(message: Message) -> str:
    return reverse("inbox:message_details", args=[message.code])


def _deleted() -> Message:
    now = timezone.now()
    message = make_message(make_conversation(), "", revoked_at=now)
    MessageVersion.objects.create(message=message, body="What it said", replaced_at=now)
    return message


def test_it_tells_when_it_was_sent_and_read(agent_client: Client) -> None:
    now = timezone.now()
    message = make_answer(make_conversation(), sent_at=now, read_at=now, status="read")

    r = agent_client.get(_url(message))

    for words in ("Written", "Sent", "Read"):
        assertContains(r, f"<dt>{words}</dt>")
    assertNotContains(r, "<dt>Delivered</dt>")


def test_earlier_versions_can_be_read(agent_client: Client) -> None:
    message = make_message(make_conversation(), "New", edited_at=timezone.now())
    MessageVersion.objects.create(
        message=message, body="<b>Old</b>", replaced_at=timezone.now()
    )

    r = agent_client.get(_url(message))

    assertContains(r, "Earlier versions")
    assertContains(r, "&lt;b&gt;Old&lt;/b&gt;")


def test_what_was_deleted_is_for_team_leads(agent_client: Client, lead_client: Client) -> None:
    message = _deleted()

    assertNotContains(agent_client.get(_url(message)), "What it said")
    assertContains(lead_client.get(_url(message)), "What it said")


def test_metas_words_are_for_admins(agent_client: Client, admin_client: Client) -> None:
    fields: dict[str, Any] = {"failure_detail": "Re-engagement", "failure_code": 131047}
    message = make_answer(make_conversation(), status="failed", **fields)

    assertNotContains(agent_client.get(_url(message)), "Re-engagement")
    assertContains(admin_client.get(_url(message)), "Re-engagement")


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.get(_url(_deleted())).status_code == 302


def test_hidden_and_unknown_ones_are_the_same_404(agent_client: Client) -> None:
    channel = make_channel()
    channel.teams.add(make_team())
    hidden = make_message(make_conversation(channel=channel))

    for code in (hidden.code, uuid4()):
        r = agent_client.get(reverse("inbox:message_details", args=[code]))
        assert r.status_code == 404


def test_it_rejects_post(agent_client: Client) -> None:
    assert agent_client.post(_url(_deleted())).status_code == 405
