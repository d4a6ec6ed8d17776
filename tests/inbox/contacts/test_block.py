"""Blocking a person, here and at WhatsApp"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.asserts import assertContains

from inbox import graph
from inbox.actions import contact_blocks, replies, sweeping
from inbox.models import Agent, Contact, ContactBlock, Message
from tests.factories import make_channel, make_contact, make_conversation
from tests.fakes import FakeGraph

pytestmark = pytest.mark.django_db
AT = "block_users"


@pytest.fixture
def whatsapp(monkeypatch: pytest.MonkeyPatch) -> FakeGraph:
    fake = FakeGraph()
    fake.documents[AT] = {"block_users": {"added_users": [{"input": "x"}]}}
    monkeypatch.setattr(graph, "client_of", lambda channel: fake.client)
    return fake


def known(**fields: Any) -> Contact:
    return make_conversation(contact=make_contact(**fields)).contact


def settled(agent: Agent, contact: Contact) -> ContactBlock:
    contact_blocks.block(contact, by=agent)
    row = ContactBlock.objects.get()
    contact_blocks.settle(row.pk)
    row.refresh_from_db()
    return row


def methods(whatsapp: FakeGraph) -> list[str]:
    return [request.method for request in whatsapp.requests]


def test_whatsapp_is_asked_at_each_number_they_wrote_to(
    agent: Agent,
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    contact = known()
    make_conversation(contact=contact, status="closed")
    make_conversation(contact=contact, channel=make_channel(retired_at=timezone.now()))

    with django_capture_on_commit_callbacks(execute=True):
        assert contact_blocks.block(contact, by=agent)
        assert not contact_blocks.block(contact, by=agent)

    contact.refresh_from_db()
    assert contact.blocked_at is not None
    rows = ContactBlock.objects.order_by("pk")
    assert [row.state for row in rows] == ["asked", "asked"]
    assert nudged == [("settle_block", row.pk) for row in rows]
    assert Message.objects.filter(content__event="blocked").count() == 2
    assert contact.events.get().word == "blocked"


def test_it_is_done(agent: Agent, whatsapp: FakeGraph) -> None:
    row = settled(agent, known(bsuid="DE.1", phone="491700000001"))

    assert (row.state, row.due_at) == ("done", None)
    [request] = whatsapp.requests
    assert request.method == "POST"
    assert b'{"user_id":"DE.1"}' in request.content.replace(b" ", b"")


def test_whatsapp_refuses_after_a_day(
    agent: Agent, agent_client: Client, whatsapp: FakeGraph
) -> None:
    errors = [{"message": "no", "code": 131047}]
    failed = {"input": "x", "errors": errors}
    whatsapp.refuse(139100, at=AT)
    whatsapp.documents[AT] = {"block_users": {"failed_users": [failed]}}
    contact = known()

    contact_blocks.block(contact, by=agent)
    row = ContactBlock.objects.get()
    contact_blocks.settle(row.pk)
    contact_blocks.unblock(contact, by=agent)
    row = settled(agent, contact)

    assert (row.state, row.failure_code) == ("failed", 131047)
    page = agent_client.get(f"/contacts/{contact.code}/")
    assertContains(page, "WhatsApp blocks only who wrote in the last 24 hours")


def test_who_cannot_be_reached_is_asked_again_and_not_for_ever(
    agent: Agent, whatsapp: FakeGraph
) -> None:
    for _ in range(4):
        whatsapp.fail(httpx.ConnectError("down"), at=AT)
    contact_blocks.block(known(), by=agent)
    for attempt in range(1, 5):
        row = ContactBlock.objects.get()
        assert (row.state, row.attempts) == ("asked", attempt - 1)
        ContactBlock.objects.update(due_at=timezone.now())
        contact_blocks.settle(row.pk)

    row = ContactBlock.objects.get()
    assert (row.state, row.failure_class) == ("failed", "retry_safe")


def test_unblocking_while_whatsapp_is_asked_to_block_ends_unblocked(
    agent: Agent, whatsapp: FakeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = known()
    contact_blocks.block(contact, by=agent)
    row = ContactBlock.objects.get()
    call = contact_blocks._call

    def slowly(claimed: ContactBlock) -> contact_blocks.Answer:
        if claimed.is_wanted:
            contact_blocks.unblock(contact, by=agent)
            contact_blocks.settle(row.pk)  # another worker: not its turn
        return call(claimed)

    monkeypatch.setattr(contact_blocks, "_call", slowly)
    contact_blocks.settle(row.pk)

    row.refresh_from_db()
    assert methods(whatsapp) == ["POST", "DELETE"]
    assert (row.is_wanted, row.state, row.due_at) == (False, "done", None)


def test_the_sweeper_finds_what_was_left(agent: Agent, nudged: list[tuple[Any, ...]]) -> None:
    contact_blocks.block(known(), by=agent)
    nudged.clear()

    sweeping.sweep()

    assert ("settle_block", ContactBlock.objects.get().pk) in nudged


def test_nothing_is_written_to_them(agent: Agent, agent_client: Client) -> None:
    contact = known()
    conversation = contact.conversations.get()
    contact_blocks.block(contact, by=agent)

    with pytest.raises(replies.NotSendable, match="You have blocked this person"):
        replies.send_text(conversation, body="Hello", draft_key=uuid4(), by=agent)
    r = agent_client.get(conversation.get_absolute_url())
    assertContains(r, "Unblock them before you write.")
    assertContains(r, 'data-state="blocked"')


def test_an_agent_blocks_and_takes_it_back(agent_client: Client, agent: Agent) -> None:
    contact = known()
    url = f"/contacts/{contact.code}/"

    r = agent_client.post(f"{url}block/", headers={"X-Requested-With": "fetch"})
    contact.refresh_from_db()
    assert contact.blocked_at
    undo = r.json()["undo"]
    agent_client.post(undo["url"], undo["fields"])

    contact.refresh_from_db()
    assert contact.blocked_at is None
    words = contact.events.order_by("pk").values_list("word", "by")
    assert list(words) == [("blocked", agent.pk), ("unblocked", agent.pk)]
    assertContains(agent_client.get(url), "Anna Keller unblocked this person")
