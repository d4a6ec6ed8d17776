"""POST /messages/<code>/react/, resend/ and discard/, and /conversations/<code>/typing/"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.asserts import assertContains

from inbox.models import Agent, Message
from tests.factories import make_channel, make_conversation, make_message
from tests.inbox.replies_views.drafts import hidden_channel, post

pytestmark = pytest.mark.django_db
NAMES = ("react", "resend", "discard")


def _answer(agent: Agent, **fields: Any) -> Message:
    fields.setdefault("wamid", None)
    return make_message(make_conversation(), "Hi", direction="out", author=agent, **fields)


def test_an_emoji_is_put_on_a_message(agent_client: Client) -> None:
    message = make_message(make_conversation())

    r = post(agent_client, "react", message.code, emoji="👍")

    assertContains(r, f'id="message-{message.pk}"')
    assertContains(r, "👍")
    assert Message.objects.filter(kind="reaction", status="queued").count() == 1


def test_and_taken_back(agent_client: Client) -> None:
    message = make_message(make_conversation())
    post(agent_client, "react", message.code, emoji="👍")

    r = post(agent_client, "react", message.code, emoji="")

    assert "👍" not in r.content.decode()


@pytest.mark.parametrize("emoji", ["ok", "<b>", "x" * 50])
def test_what_is_no_emoji_is_refused(agent_client: Client, emoji: str) -> None:
    message = make_message(make_conversation())

    r = post(agent_client, "react", message.code, emoji=emoji)

    assert r.status_code == 409
    assert r.json()["text"]


def test_what_is_not_at_whatsapp_yet_takes_no_reaction(
    agent_client: Client, agent: Agent
) -> None:
    r = post(agent_client, "react", _answer(agent, status="queued").code, emoji="👍")

    assert r.status_code == 409
    assert "nothing at WhatsApp yet" in r.json()["text"]


def test_what_failed_is_sent_again(agent_client: Client, agent: Agent) -> None:
    failed = _answer(agent, status="failed", failure_class="retry_safe")

    r = post(agent_client, "resend", failed.code)

    assert r.status_code == 200
    again = Message.objects.exclude(pk=failed.pk).get()
    assert (again.body, again.status) == ("Hi", "queued")


def test_what_was_sent_is_not_sent_again(agent_client: Client, agent: Agent) -> None:
    r = post(agent_client, "resend", _answer(agent, status="sent").code)

    assert r.status_code == 409
    assert "cannot be sent again" in r.json()["text"]


def test_what_waits_can_be_taken_back(agent_client: Client, agent: Agent) -> None:
    message = _answer(agent, status="queued", due_at=timezone.now())

    r = post(agent_client, "discard", message.code)

    message.refresh_from_db()
    assert message.status == "failed"
    assertContains(r, "taken back before it left")


def test_what_is_on_its_way_cannot(agent_client: Client, agent: Agent) -> None:
    r = post(agent_client, "discard", _answer(agent, status="sending").code)

    assert r.status_code == 409
    assert "too late" in r.json()["text"]


@pytest.mark.parametrize("name", NAMES)
def test_strangers_are_asked_to_sign_in(client: Client, name: str) -> None:
    message = make_message(make_conversation())

    assert post(client, name, message.code).status_code == 302


@pytest.mark.parametrize("name", NAMES)
def test_hidden_and_unknown_ones_are_the_same_404(agent_client: Client, name: str) -> None:
    hidden = make_message(make_conversation(channel=hidden_channel()))

    for code in (hidden.code, uuid4()):
        assert post(agent_client, name, code).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_they_reject_get(agent_client: Client, name: str) -> None:
    message = make_message(make_conversation())

    assert agent_client.get(reverse(f"inbox:{name}", args=[message.code])).status_code == 405


def test_that_somebody_writes_is_told_at_most_every_twenty_seconds(
    agent_client: Client,
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    conversation = make_conversation()

    with django_capture_on_commit_callbacks(execute=True):
        for _key in range(3):
            assert post(agent_client, "typing", conversation.code).status_code == 204

    assert nudged == [("mark_read", conversation.pk, True)]


def test_a_number_that_shows_no_typing_shows_none(
    agent_client: Client,
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    conversation = make_conversation(channel=make_channel(sends_typing=False))

    with django_capture_on_commit_callbacks(execute=True):
        post(agent_client, "typing", conversation.code)

    assert nudged == []


def test_typing_is_refused_like_all_else(client: Client, agent_client: Client) -> None:
    conversation = make_conversation()
    url = reverse("inbox:typing", args=[conversation.code])

    assert post(client, "typing", conversation.code).status_code == 302
    assert post(agent_client, "typing", uuid4()).status_code == 404
    assert agent_client.get(url).status_code == 405
