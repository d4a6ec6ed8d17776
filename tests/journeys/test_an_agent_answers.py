"""The second journey of docs/journeys.md, step by step: from the reply to the ticks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from consent.models import Decision, ServiceWindow
from inbox.actions import deliveries, draining
from inbox.models import Agent, Channel, Conversation, Message
from simulator.options import DEMO_NUMBER
from simulator.remote import Remote, running
from tests.browsing import AgentAtWork
from tests.desk import APP_SECRET, Desk, wait_for
from tests.inbox.inbound.posting import store
from tests.inbox.outcomes import page
from tests.inbox.replies_views.drafts import post
from tests.simulated import connect
from tests.simulator.desk import Desk as Letterbox

PHONE = "4915112345678"


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    """Takes what WhatsApp posts; the test hands it to the desk when it wants."""
    letterbox = Letterbox()
    yield letterbox
    letterbox.close()


@pytest.fixture
def whatsapp(letterbox: Letterbox) -> Iterator[Remote]:
    with running(desk_webhook=letterbox.url, ladder="sent:0,delivered:0") as remote:
        yield remote


@pytest.fixture
def channel(whatsapp: Remote, transactional_db: None) -> Channel:
    return connect(whatsapp)


def hand_over(letterbox: Letterbox, count: int) -> None:
    """The first journey, in short: so many posts are stored and drained."""
    letterbox.wait_for_posts(count)
    while letterbox.posts:
        store(letterbox.posts.pop(0).raw, secret=APP_SECRET)
    draining.drain(DEMO_NUMBER)


def test_step_by_step(
    agent_client: Client,
    agent: Agent,
    channel: Channel,
    whatsapp: Remote,
    letterbox: Letterbox,
    nudged: list[tuple[Any, ...]],
) -> None:
    lena = whatsapp.person(name="Lena Hofmann", phone=PHONE)
    whatsapp.says(lena, "Guten Morgen!")
    hand_over(letterbox, 1)
    conversation = Conversation.objects.get()
    nudged.clear()
    key = uuid4()

    # The browser posts; the gate is asked, and a row is made: a double click makes one.
    for _click in range(2):
        answer = post(
            agent_client, "reply", conversation.code, body="Guten Morgen, Lena!", draft_key=key
        )
        assert "Waiting to be sent" in answer.content.decode()
    message = Message.objects.get(draft_key=key)
    assert (message.status, message.author) == (Message.Status.QUEUED, agent)
    assert not Decision.objects.exists()

    # A nudge after commit; nothing has left yet.
    assert set(nudged) >= {("carry", channel.pk)}
    assert whatsapp.sent(to=lena) == []

    # Carrying: the gate again, and its decision is stored; the call bears our id.
    deliveries.carry(channel.pk)
    [decision] = Decision.objects.all()
    assert (decision.allowed, decision.subject_id) == (
        True,
        conversation.contact.consent_subject,
    )
    [heard] = whatsapp.sent(to=lena, count=1)
    assert heard["body"]["text"]["body"] == "Guten Morgen, Lena!"
    assert heard["body"]["biz_opaque_callback_data"] == message.callback_data

    # The outcome: sent, under WhatsApp's id.
    message.refresh_from_db()
    assert (message.status, message.wamid) == (Message.Status.SENT, heard["id"])
    assert message.decision_id == decision.pk
    assert ticks(agent_client, conversation) == "Sent"

    # Statuses come back on the first journey, and only move forward.
    hand_over(letterbox, 2)
    assert ticks(agent_client, conversation) == "Delivered"
    whatsapp.reads(lena)
    hand_over(letterbox, 1)
    assert ticks(agent_client, conversation) == "Read"
    whatsapp.status(heard["id"], "delivered")
    hand_over(letterbox, 1)
    assert ticks(agent_client, conversation) == "Read"


def test_a_refusal_stands_where_the_agent_types(
    agent_client: Client, channel: Channel, whatsapp: Remote, letterbox: Letterbox
) -> None:
    whatsapp.says(whatsapp.person(name="Lena Hofmann", phone=PHONE), "Guten Morgen!")
    hand_over(letterbox, 1)
    conversation = Conversation.objects.get()
    ServiceWindow.objects.update(last_wrote_at=timezone.now() - timedelta(hours=25))

    answer = post(agent_client, "reply", conversation.code, body="Are you still there?")

    assert answer.status_code == 422
    assert "More than 24 hours have passed" in answer.content.decode()
    assert not Message.objects.filter(direction=Message.Direction.OUT).exists()


@pytest.mark.processes
def test_on_a_running_desk(desk: Desk) -> None:
    """Web, worker and WhatsApp are processes of their own; only HTTP between them."""
    jonas = desk.whatsapp.person(name="Jonas Becker", language="de")
    desk.whatsapp.says(jonas, "Ist jemand da?")
    with AgentAtWork(desk, "Jana") as jana:
        code = wait_for(lambda: _row_of(jana, "Jonas Becker"), "the conversation is listed")

        assert jana.reply(code, "Ja, was können wir tun?", uuid4()).is_success

        [heard] = desk.whatsapp.sent(to=jonas, count=1)
        assert heard["body"]["text"]["body"] == "Ja, was können wir tun?"
        wait_for(lambda: "Delivered" in _thread(jana, code), "the second tick")
        desk.whatsapp.reads(jonas)
        wait_for(lambda: "Read" in _thread(jana, code), "the ticks turn blue")


def ticks(client: Client, conversation: Conversation) -> str:
    """The word beside the ticks of the only answer."""
    html = client.get(f"/conversations/{conversation.code}/").content.decode()
    [answer] = [
        each
        for each in page.read(html).all("li.message")
        if each.attributes["data-direction"] == "out"
    ]
    return answer.one("span.ticks").words


def _row_of(agent: AgentAtWork, name: str) -> str:
    rows = page.read(agent.http.get("/inbox/all/rows/").text).all("li.row")
    return next((row.attributes["data-code"] for row in rows if name in row.words), "")


def _thread(agent: AgentAtWork, code: str) -> str:
    return page.read(agent.http.get(f"/conversations/{code}/").text).one("#thread").words
