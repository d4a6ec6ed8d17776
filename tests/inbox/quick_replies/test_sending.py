"""POST /conversations/<code>/reply/ and /file/ with quick replies in them"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from consent.gate import MessageClass
from inbox.actions.deliveries.classes import class_of
from inbox.models import (
    Agent,
    Attachment,
    Conversation,
    Label,
    Message,
    QuickReply,
    QuickReplyUse,
)
from tests.factories import make_agent, make_channel, make_conversation, make_team
from tests.inbox.quick_replies.made import add_file, make_quick_reply
from tests.inbox.replies_views.drafts import post

pytestmark = pytest.mark.django_db
OUT, EVENT = Message.Direction.OUT, Message.Kind.EVENT


def uses(reply: QuickReply) -> int:
    return sum(QuickReplyUse.objects.filter(quick_reply=reply).values_list("count", flat=True))


def events_of(conversation: Conversation) -> list[str]:
    events = conversation.messages.filter(kind=EVENT).order_by("pk")
    return [event.content["event"] for event in events]


def done(response: Any) -> dict[str, Any]:
    [found] = re.findall(r'data-done="([^"]*)"', response.content.decode())
    answer: dict[str, Any] = json.loads(unescape(found))
    return answer


@pytest.fixture
def label() -> Label:
    return Label.objects.create(name="Retoure")


def make_acting(label: Label, **acts: Any) -> QuickReply:
    return make_quick_reply("r", "Text", acts={"labels": [str(label.code)], **acts})


def test_a_use_is_counted_once_however_often_it_is_posted(agent_client: Client) -> None:
    reply, conversation, key = make_quick_reply(), make_conversation(), uuid4()

    for _attempt in range(2):
        fields = {"body": "Thank you", "draft_key": key, "quick_reply": reply.code}
        r = post(agent_client, "reply", conversation.code, **fields)
        assertNotContains(r, "data-done")

    assert Message.objects.filter(direction=OUT).count() == 1
    assert uses(reply) == 1


def test_what_goes_along_is_done_with_a_line_each_and_only_once(
    agent_client: Client, label: Label, colleague: Agent
) -> None:
    reply = make_acting(label, close=True, assign_agent=str(colleague.code))
    conversation, key = make_conversation(), uuid4()
    words = [f"label:{label.code}", f"assign:{colleague.code}", "close"]

    fields = {"body": "Text", "draft_key": key, "quick_reply": reply.code, "act": words}
    first = post(agent_client, "reply", conversation.code, **fields)
    again = post(agent_client, "reply", conversation.code, **fields)

    conversation.refresh_from_db()
    assert conversation.status == "closed"
    assert conversation.assignee == colleague
    assert list(conversation.labels.all()) == [label]
    assert events_of(conversation) == ["labelled", "assigned", "closed"]
    assert done(first)["text"] == (
        "Label “Retoure” · Assign to Jana Meier · Close the conversation"
    )
    assertNotContains(again, "data-done")


def test_what_was_switched_off_is_not_done(agent_client: Client, label: Label) -> None:
    reply, conversation = make_acting(label, close=True), make_conversation()

    post(
        agent_client, "reply", conversation.code,
        body="Text", quick_reply=reply.code, act=[f"label:{label.code}"],
    )  # fmt: skip

    conversation.refresh_from_db()
    assert conversation.status == "open"
    assert events_of(conversation) == ["labelled"]


def test_nothing_is_done_that_does_not_belong_to_it(agent_client: Client, label: Label) -> None:
    reply, conversation = make_quick_reply("plain"), make_conversation()
    words = [f"label:{label.code}", "close", "snooze:9999999", "drop table", "label:"]

    r = post(
        agent_client, "reply", conversation.code,
        body="Text", quick_reply=reply.code, act=words,
    )  # fmt: skip

    assert events_of(conversation) == []
    assert "has changed" in done(r)["text"]
    assert "undo" not in done(r)


def test_acts_without_a_quick_reply_are_nothing(agent_client: Client) -> None:
    conversation = make_conversation()

    post(agent_client, "reply", conversation.code, body="Text", act=["close"])

    assert events_of(conversation) == []


def test_it_is_put_off(agent_client: Client, label: Label) -> None:
    reply, conversation = make_acting(label, snooze_hours=4), make_conversation()

    post(
        agent_client, "reply", conversation.code,
        body="Text", quick_reply=reply.code, act=["snooze:4"],
    )  # fmt: skip

    conversation.refresh_from_db()
    assert conversation.status == "snoozed"
    left = (conversation.snoozed_until or timezone.now()) - timezone.now()
    assert timedelta(hours=3, minutes=59) < left <= timedelta(hours=4)


def test_what_cannot_be_done_is_said_and_the_message_goes(
    agent_client: Client, label: Label
) -> None:
    ours, channel = make_team(), make_channel()
    channel.teams.add(ours)
    agent = Agent.objects.get()
    agent.team = ours
    agent.save()
    stranger = make_agent("Jo Fremd")
    reply = make_acting(label, assign_agent=str(stranger.code))
    conversation = make_conversation(channel=channel)

    r = post(
        agent_client, "reply", conversation.code,
        body="Text", quick_reply=reply.code,
        act=[f"assign:{stranger.code}", f"label:{label.code}"],
    )  # fmt: skip

    assert events_of(conversation) == ["labelled"]
    assert "Jo Fremd does not see conversations of this number." in done(r)["text"]
    assert Message.objects.filter(direction=OUT).count() == 1


def test_it_can_all_be_undone(agent_client: Client, label: Label, colleague: Agent) -> None:
    reply = make_acting(label, close=True, assign_agent=str(colleague.code))
    conversation = make_conversation(assignee=Agent.objects.get(name="Anna Keller"))
    words = [f"label:{label.code}", f"assign:{colleague.code}", "close"]
    r = post(
        agent_client, "reply", conversation.code,
        body="Text", quick_reply=reply.code, act=words,
    )  # fmt: skip

    undo = done(r)["undo"]
    answer = agent_client.post(undo["url"], undo["fields"])

    assert answer.json() == {"text": "Undone."}
    conversation.refresh_from_db()
    assert conversation.status == "open"
    assert conversation.assignee and conversation.assignee.name == "Anna Keller"
    assert not conversation.labels.exists()


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


def test_an_answer_of_several_messages_counts_and_acts_with_the_last(
    agent_client: Client, label: Label
) -> None:
    reply, conversation = make_acting(label, close=True), make_conversation()
    given = {"quick_reply": reply.code, "act": ["close"]}

    file = SimpleUploadedFile("a.txt", b"a")
    post(agent_client, "file", conversation.code, file=file, continues="on", **given)
    assert (uses(reply), events_of(conversation)) == (0, [])
    post(agent_client, "reply", conversation.code, body="Text", **given)

    assert (uses(reply), events_of(conversation)) == (1, ["closed"])


def test_what_one_may_not_know_of_is_not_taken_back(agent_client: Client) -> None:
    secret = Label.objects.create(name="Health", is_sensitive=True)
    conversation = make_conversation()
    conversation.labels.add(secret)
    url = reverse("inbox:quick_undo", args=[conversation.code])

    known = agent_client.post(url, {"label": [secret.code]})
    unknown = agent_client.post(url, {"label": [uuid4()]})

    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    assert known.status_code == 422
    assert conversation.labels.exists()
