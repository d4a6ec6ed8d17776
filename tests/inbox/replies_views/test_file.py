"""POST /conversations/<code>/file/"""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import Settings
from pytest_django.asserts import assertContains

from inbox.models import Agent, Attachment, Message
from tests.factories import make_conversation, make_message
from tests.inbox.replies_views.drafts import hidden_channel, post

pytestmark = pytest.mark.django_db


def _picture() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(content, "PNG")
    return SimpleUploadedFile("chair.png", content.getvalue(), "image/png")


def test_a_picture_goes_out_with_its_caption(agent_client: Client, agent: Agent) -> None:
    conversation = make_conversation()

    r = post(agent_client, "file", conversation.code, file=_picture(), caption="The chair")

    message = Message.objects.get()
    assert (message.kind, message.body, message.author) == ("image", "The chair", agent)
    attachment = Attachment.objects.get()
    assertContains(r, f"/media/{attachment.code}/")
    assertContains(r, "The chair")


def test_a_repeat_finds_the_first(agent_client: Client) -> None:
    conversation, key = make_conversation(), uuid4()

    for _attempt in range(2):
        post(agent_client, "file", conversation.code, file=_picture(), draft_key=key)

    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "This field is required."),
        ({"file": SimpleUploadedFile("a.txt", b"")}, "This file is empty."),
        ({"caption": "x" * 1025}, "at most 1024 characters"),
    ],
)
def test_mistakes_are_said(agent_client: Client, fields: dict[str, object], words: str) -> None:
    r = post(agent_client, "file", make_conversation().code, **fields)

    assert r.status_code == 422
    assert words in r.content.decode()
    assert not Message.objects.exists()


def test_a_file_that_is_too_large_is_refused(agent_client: Client, settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 10

    r = post(agent_client, "file", make_conversation().code, file=_picture())

    assert r.status_code == 422
    assert "up to 100 MB" in r.content.decode()


def test_a_closed_window_is_explained(agent_client: Client) -> None:
    conversation = make_conversation(wrote=timedelta(hours=25))

    r = post(agent_client, "file", conversation.code, file=_picture())

    assert r.status_code == 422
    assert "More than 24 hours" in r.content.decode()
    assert not Attachment.objects.exists()


def test_a_colleague_who_was_faster_stops_it_once(
    agent_client: Client, colleague: Agent
) -> None:
    conversation = make_conversation()
    seen = make_message(conversation)
    make_message(conversation, "Tuesday!", direction="out", author=colleague)

    r = post(agent_client, "file", conversation.code, file=_picture(), seen=seen.pk)

    assertContains(r, "Tuesday!", status_code=409)


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert post(client, "file", make_conversation().code).status_code == 302


def test_hidden_and_unknown_ones_are_the_same_404(agent_client: Client) -> None:
    hidden = make_conversation(channel=hidden_channel())

    for code in (hidden.code, uuid4()):
        assert post(agent_client, "file", code, file=_picture()).status_code == 404


def test_it_rejects_get(agent_client: Client) -> None:
    url = reverse("inbox:file", args=[make_conversation().code])

    assert agent_client.get(url).status_code == 405
