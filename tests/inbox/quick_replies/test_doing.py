"""What goes along with quick replies, done after sending, and taken back"""

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
from pytest_django.asserts import assertNotContains

from inbox.models import (
    Agent,
    Label,
    Message,
    QuickReply,
)
from tests.factories import make_agent, make_channel, make_conversation, make_team
from tests.inbox.quick_replies.made import events_of, make_quick_reply, uses
from tests.inbox.replies_views.drafts import post

pytestmark = pytest.mark.django_db
OUT = Message.Direction.OUT


def done(response: Any) -> dict[str, Any]:
    [found] = re.findall(r'data-done="([^"]*)"', response.content.decode())
    answer: dict[str, Any] = json.loads(unescape(found))
    return answer


@pytest.fixture
def label() -> Label:
    return Label.objects.create(name="Retoure")


def make_acting(label: Label, **acts: Any) -> QuickReply:
    return make_quick_reply("r", "Text", acts={"labels": [str(label.code)], **acts})


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
