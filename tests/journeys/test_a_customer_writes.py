"""The first journey of docs/journeys.md, step by step: from WhatsApp's post to the fragment."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from consent import gate
from inbox import events, graph
from inbox.actions import draining, media
from inbox.models import Attachment, Conversation, Webhook
from inbox.whatsapp import happenings
from inbox.whatsapp.payloads import read
from tests.browsing import AgentAtWork
from tests.desk import Desk, wait_for
from tests.factories import make_channel
from tests.inbox.inbound.posting import message, of_number, text
from tests.inbox.live.serving import Browser
from tests.inbox.outcomes import door, page
from tests.inbox.outcomes.files import MediaHost

LENA = {"wa_id": "491700000123", "profile": {"name": "Lena Hofmann"}}


@pytest.mark.django_db(transaction=True)
def test_step_by_step(
    agent_client: Client, nudged: list[tuple[Any, ...]], published: list[events.HintBody]
) -> None:
    channel = make_channel()
    body = json.dumps(
        of_number(channel, messages=[text("Where is my <b>bike</b>?")], contacts=[LENA])
    )

    # WhatsApp posts: stored byte for byte, then 200.
    assert door.post(body.encode()) == 200
    door.close()
    webhook = Webhook.objects.get()
    assert bytes(webhook.body) == body.encode()
    assert webhook.processed_at is None

    # A nudge: there is work for this number.
    assert nudged == [("drain", channel.phone_number_id)]

    # Reading: bytes to happenings.
    [happening] = read(bytes(webhook.body))
    assert isinstance(happening, happenings.MessageReceived)

    # Draining and applying: the row becomes a person, a conversation and a message.
    draining.drain(channel.phone_number_id)
    webhook.refresh_from_db()
    assert webhook.processed_at is not None
    conversation = Conversation.objects.get()
    assert conversation.contact.display_name == "Lena Hofmann"
    assert conversation.messages.exclude(kind="event").get().body == "Where is my <b>bike</b>?"

    # Consent hears: whoever wrote may be answered.
    gate.require(_reply_to(conversation), now=timezone.now())

    # Hints name what went stale, and tell nothing of it.
    [hint] = published
    assert isinstance(hint, events.ConversationChanged)
    assert (hint.code, hint.incoming) == (str(conversation.code), True)
    assert "bike" not in events.encode(hint)

    # The browser fetches: the row, and the thread with the words as words.
    rows = agent_client.get(f"/inbox/unassigned/changes/?code={hint.code}").content.decode()
    assert "Lena Hofmann" in rows
    thread = page.read(agent_client.get(f"/conversations/{hint.code}/").content.decode())
    [bubble] = thread.all("li.message")
    assert bubble.words == "Lena Hofmann: Where is my <b>bike</b>?"


@pytest.mark.django_db(transaction=True)
def test_a_file_is_fetched_by_its_own_task(
    agent_client: Client,
    nudged: list[tuple[Any, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    channel = make_channel()
    picture = message("image", {"image": {"id": "7001", "mime_type": "image/jpeg"}})
    body = json.dumps(of_number(channel, messages=[picture], contacts=[LENA])).encode()
    monkeypatch.setattr(graph, "client_of", lambda channel: MediaHost(body))
    door.post(body)
    door.close()
    nudged.clear()
    draining.drain(channel.phone_number_id)
    code = Conversation.objects.get().code

    waiting = agent_client.get(f"/conversations/{code}/").content.decode()
    assert "Being fetched …" in waiting
    attachment = Attachment.objects.get()
    assert nudged == [("fetch_media", attachment.pk)]
    media.fetch(attachment.pk)

    thread = page.read(agent_client.get(f"/conversations/{code}/").content.decode())
    [bubble] = thread.all("li.message")
    [shown] = bubble.all("img")
    with closing(agent_client.get(shown.attributes["src"])) as answer:
        assert (answer.status_code, answer.headers["X-Content-Type-Options"]) == (
            200,
            "nosniff",
        )
        assert answer.headers["Content-Type"].startswith("image/")


@pytest.mark.processes
def test_on_a_running_desk(desk: Desk) -> None:
    """Web, worker and WhatsApp are processes of their own; only HTTP between them."""
    with AgentAtWork(desk, "Anna") as anna:
        cookies = {cookie.name: cookie.value or "" for cookie in anna.http.cookies.jar}
        tab = Browser(f"{desk.url}/live/", cookies)
        tab.hear("connected")

        lena = desk.whatsapp.person(name="Lena Hofmann", language="de")
        desk.whatsapp.says(lena, "Wo bleibt mein Rad?")

        while (hint := tab.hear("hint"))["kind"] != "conversation":
            pass  # who came to work, say
        assert hint["incoming"]
        assert "Rad" not in json.dumps(hint)
        rows = anna.http.get(f"/inbox/unassigned/changes/?code={hint['code']}").text
        assert "Lena Hofmann" in rows
        thread = page.read(anna.http.get(f"/conversations/{hint['code']}/").text)
        assert [bubble.words for bubble in thread.all("li.message")] == [
            "Lena Hofmann: Wo bleibt mein Rad?"
        ]

        desk.whatsapp.says(lena, "STOP")
        wait_for(lambda: _lines(anna, hint["code"]), "the timeline tells of STOP")
        assert "does not want advertising" in _lines(anna, hint["code"])[-1]
        tab.close()


def _lines(agent: AgentAtWork, code: str) -> list[str]:
    """What the timeline tells between the messages, but for the beginning."""
    thread = page.read(agent.http.get(f"/conversations/{code}/").text)
    return [line.words for line in thread.all("li.event")][1:]


def _reply_to(conversation: Conversation) -> gate.Request:
    subject = conversation.contact.consent_subject
    return gate.Request(subject, conversation.channel.phone_number_id, gate.MessageClass.REPLY)
