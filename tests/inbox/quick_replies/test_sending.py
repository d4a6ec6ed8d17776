"""POST /conversations/<code>/reply/ and /file/ with quick replies in them"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from consent.gate import MessageClass
from inbox.actions.deliveries.classes import class_of
from inbox.models import (
    Attachment,
    Message,
)
from tests.factories import make_agent, make_conversation
from tests.inbox.quick_replies.made import add_file, make_quick_reply, uses
from tests.inbox.replies_views.drafts import post

pytestmark = pytest.mark.django_db
OUT = Message.Direction.OUT


def test_a_use_is_counted_once_however_often_it_is_posted(agent_client: Client) -> None:
    reply, conversation, key = make_quick_reply(), make_conversation(), uuid4()

    for _attempt in range(2):
        fields = {"body": "Thank you", "draft_key": key, "quick_reply": reply.code}
        r = post(agent_client, "reply", conversation.code, **fields)
        assertNotContains(r, "data-done")

    assert Message.objects.filter(direction=OUT).count() == 1
    assert uses(reply) == 1


def test_buttons_below_the_text_are_sent_as_reply_buttons(agent_client: Client) -> None:
    reply = make_quick_reply("ask", "Red or blue?", buttons=("Red", "Blue"))
    conversation = make_conversation()

    post(
        agent_client, "reply", conversation.code,
        body="Red or blue?", quick_reply=reply.code, button=["Red", "Blue"],
    )  # fmt: skip

    message = Message.objects.get(direction=OUT)
    assert message.kind == "buttons"
    assert [button["title"] for button in message.content["buttons"]] == ["Red", "Blue"]
    assert uses(reply) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"button": ["A", "A"]}, "a text of its own"),
        ({"button": ["A", "B", "C", "D"]}, "too many"),
        ({"button": ["x" * 21]}, "at most 20 characters"),
        ({"button": ["A"], "body": "x" * 1025}, "1024"),
        ({"quick_reply": ["nonsense"]}, "valid UUID"),
        ({"quick_reply": [str(uuid4())]}, "not there any more"),
        ({"quick_reply": [str(uuid4()) for _ in range(11)]}, "too many"),
        ({"body": "Hello {{ contact.first_name }}"}, "Fill in"),
        ({"body": "Hello {{contact.name|}}"}, "Fill in"),
    ],
)
def test_mistakes_are_said_and_the_text_is_kept(
    agent_client: Client, fields: dict[str, Any], words: str
) -> None:
    conversation = make_conversation()

    r = post(agent_client, "reply", conversation.code, **({"body": "Kept"} | fields))

    assertContains(r, words, status_code=422)
    assertContains(r, str(fields.get("body", "Kept"))[:10], status_code=422)
    assert not Message.objects.exists()


def test_braces_of_ones_own_may_be_sent_but_not_from_a_quick_reply(
    agent_client: Client,
) -> None:
    body, conversation = "Write {{ my_name }} there", make_conversation()

    ours = post(
        agent_client, "reply", conversation.code,
        body=body, quick_reply=make_quick_reply().code,
    )  # fmt: skip
    plain = post(agent_client, "reply", conversation.code, body=body)

    assertContains(ours, "Fill in “{{ my_name }}” first", status_code=422)
    assert plain.status_code == 200


def test_that_of_somebody_else_is_as_if_it_were_not(agent_client: Client) -> None:
    foreign = make_quick_reply("hers", owner=make_agent())
    conversation = make_conversation()

    r = post(agent_client, "reply", conversation.code, body="Hi", quick_reply=foreign.code)

    assertContains(r, "not there any more", status_code=422)
    assert uses(foreign) == 0


def test_advertising_asks_the_gate_as_advertising(agent_client: Client) -> None:
    reply = make_quick_reply("sale", "20 % off", content_class="advertising")
    conversation = make_conversation()

    r = post(agent_client, "reply", conversation.code, body="20 % off", quick_reply=reply.code)

    assertContains(r, "has not agreed to advertising", status_code=422)
    assertContains(r, "20 % off", status_code=422)
    assert not Message.objects.exists()
    assert uses(reply) == 0


def test_it_is_asked_again_as_advertising_when_it_leaves() -> None:
    message = Message(kind="text", content={"class": "advertising"})

    assert class_of(message, None) == MessageClass.PROMOTION


def test_a_stored_file_is_sent_as_a_copy(agent_client: Client) -> None:
    reply, conversation = make_quick_reply(), make_conversation()
    file = add_file(reply, "terms.pdf", b"%PDF-1.4 terms", "application/pdf")

    r = post(
        agent_client, "file", conversation.code,
        quick_file=file.code, caption="Here", quick_reply=reply.code,
    )  # fmt: skip

    assertContains(r, "terms.pdf")
    attachment = Attachment.objects.get()
    assert attachment.filename == "terms.pdf"
    assert attachment.file.name != file.file.name
    with attachment.file.open("rb") as stored:
        assert stored.read() == b"%PDF-1.4 terms"
    assert uses(reply) == 1


def test_a_file_of_somebody_else_or_none_is_not_sent(agent_client: Client) -> None:
    foreign = add_file(
        make_quick_reply("hers", owner=make_agent()), "a.txt", b"a", "text/plain"
    )
    lost = add_file(make_quick_reply(), "b.txt", b"b", "text/plain")
    lost.file.storage.delete(lost.file.name or "")
    conversation = make_conversation()

    for code in (foreign.code, lost.code, uuid4(), "nonsense", "\0"):
        assert post(agent_client, "file", conversation.code, quick_file=code).status_code == 404
    assert not Message.objects.exists()
