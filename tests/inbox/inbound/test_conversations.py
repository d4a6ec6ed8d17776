"""inbox.actions.inbound.messages and cases: where a message goes and what the list shows"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from consent import gate
from inbox import events
from inbox.models import Channel, Conversation, Message, Webhook
from inbox.models.conversation import END_OF_QUEUE
from tests.factories import (
    make_agent,
    make_channel,
    make_contact,
    make_conversation,
    make_message,
)
from tests.inbox.inbound.posting import deliver, message, of_number, text

pytestmark = pytest.mark.django_db

PHONE = "491700000123"


@pytest.fixture
def channel() -> Channel:
    return make_channel()


def arrive(channel: Channel, *messages: dict[str, Any]) -> None:
    deliver(of_number(channel, messages=list(messages)))


def echo(channel: Channel, body: str, **keys: Any) -> None:
    said = text(body, **keys) | {"to": PHONE}
    said["from"] = "4930901820"
    deliver(of_number(channel, "smb_message_echoes", message_echoes=[said]))


def conversation_of(channel: Channel, **fields: Any) -> Conversation:
    contact = make_contact(phone=PHONE)
    return make_conversation(contact=contact, channel=channel, **fields)


def lines(conversation: Conversation) -> list[str]:
    told = conversation.messages.filter(kind="event").order_by("pk")
    return [line.content["event"] for line in told]


def test_a_first_message_opens_a_conversation(
    channel: Channel, published: list[events.HintBody]
) -> None:
    at = timezone.now().replace(microsecond=0) - timedelta(minutes=3)

    arrive(channel, text("  Is my\nbike ready?", at=at))

    conversation = Conversation.objects.get()
    assert lines(conversation) == ["opened"]
    assert (conversation.status, conversation.unread_count) == ("open", 1)
    assert conversation.waiting_since == conversation.queued_at == at
    assert conversation.window_expires_at == at + timedelta(hours=24)
    newest = conversation.messages.get(direction="in")
    assert (conversation.last_message_id, conversation.last_message_at) == (newest.pk, at)
    assert conversation.last_message_preview == "Is my bike ready?"
    assert (newest.body, newest.status, newest.author) == (
        "  Is my\nbike ready?",
        "received",
        None,
    )
    assert published == [events.about(conversation, incoming=True)]


def test_the_next_message_joins_the_open_one(channel: Channel) -> None:
    first = timezone.now().replace(microsecond=0) - timedelta(minutes=9)
    arrive(channel, text("one", at=first), text("two", at=first + timedelta(minutes=1)))
    arrive(channel, text("three", at=first + timedelta(minutes=2)))

    conversation = Conversation.objects.get()
    assert conversation.unread_count == 3
    assert conversation.waiting_since == first
    assert conversation.last_message_preview == "three"


def test_a_late_message_does_not_take_over_the_row_nor_the_window(channel: Channel) -> None:
    now = timezone.now().replace(microsecond=0)
    arrive(channel, text("new", at=now))
    arrive(channel, text("late", at=now - timedelta(days=5)))

    conversation = Conversation.objects.get()
    assert conversation.last_message_preview == "new"
    assert conversation.window_expires_at == now + timedelta(hours=24)
    assert [m.body for m in conversation.messages.filter(direction="in").order_by("at")] == [
        *("late", "new"),
    ]


def test_writing_wakes_a_snoozed_conversation(channel: Channel) -> None:
    later = timezone.now() + timedelta(days=2)
    conversation = conversation_of(channel, status="snoozed", snoozed_until=later)

    arrive(channel, text())

    conversation.refresh_from_db()
    assert (conversation.status, conversation.snoozed_until) == ("open", None)
    assert lines(conversation) == ["woken"]


def test_writing_soon_after_closing_reopens_with_its_assignee(channel: Channel) -> None:
    agent = make_agent()
    conversation = conversation_of(
        channel, status="closed", closed_at=timezone.now() - timedelta(hours=23), assignee=agent
    )

    arrive(channel, text())

    conversation.refresh_from_db()
    assert (conversation.status, conversation.closed_at) == ("open", None)
    assert conversation.assignee == agent
    assert lines(conversation) == ["reopened"]


def test_writing_long_after_closing_opens_a_new_one(channel: Channel) -> None:
    closed = conversation_of(
        channel, status="closed", closed_at=timezone.now() - timedelta(hours=25)
    )

    arrive(channel, text())

    closed.refresh_from_db()
    assert closed.status == "closed"
    assert Conversation.objects.filter(contact=closed.contact).count() == 2


def test_each_number_has_conversations_of_its_own(channel: Channel) -> None:
    other = make_channel()
    arrive(channel, text())
    arrive(other, text())

    assert Conversation.objects.count() == 2
    assert Conversation.objects.values("contact").distinct().count() == 1


def test_a_message_opens_the_window_at_the_gate(channel: Channel) -> None:
    arrive(channel, text())

    subject = Conversation.objects.get().contact.consent_subject
    request = gate.Request(subject, channel.phone_number_id, gate.MessageClass.REPLY)
    assert gate.ask(request, now=timezone.now()).allowed


@pytest.mark.parametrize(
    "said",
    [
        text("  Stopp!! "),
        message("image", {"image": {"id": "1", "mime_type": "image/png", "caption": "STOP"}}),
        message("button", {"button": {"payload": "stop", "text": "Keine Mails mehr"}}),
        message("button", {"button": {"payload": "x:1", "text": "Abmelden"}}),
    ],
    ids=["text", "caption", "payload", "title"],
)
def test_an_opt_out_is_heard_wherever_it_stands(channel: Channel, said: dict[str, Any]) -> None:
    arrive(channel, said)

    conversation = Conversation.objects.get()
    subject = conversation.contact.consent_subject
    request = gate.Request(subject, channel.phone_number_id, gate.MessageClass.MARKETING)
    assert gate.ask(request, now=timezone.now()).reason == gate.Reason.OBJECTED
    assert lines(conversation) == ["opened", "opted_out"]


def test_what_we_wrote_on_the_phone_answers(channel: Channel) -> None:
    conversation = conversation_of(channel, wrote=timedelta(minutes=30))

    echo(channel, "Coming")

    conversation.refresh_from_db()
    assert (conversation.waiting_since, conversation.queued_at) == (None, END_OF_QUEUE)
    assert conversation.first_replied_at is not None
    assert conversation.last_message_direction == "out"


def test_what_we_wrote_before_they_asked_answers_nothing(channel: Channel) -> None:
    conversation = conversation_of(channel, wrote=timedelta(minutes=5))

    echo(channel, "Hello", at=timezone.now() - timedelta(hours=1))

    conversation.refresh_from_db()
    assert conversation.waiting_since is not None


def test_a_first_word_from_the_phone_waits_for_the_customer(channel: Channel) -> None:
    echo(channel, "Your bike is ready")

    conversation = Conversation.objects.get()
    assert (conversation.status, conversation.queued_at) == ("open", END_OF_QUEUE)
    assert conversation.window_expires_at is None
    assert conversation.unread_count == 0


def test_a_quote_of_the_same_batch_is_found(channel: Channel) -> None:
    first = text("one")
    arrive(channel, first, text("two", context={"id": first["id"]}))

    assert Message.objects.get(body="two").quoted == Message.objects.get(body="one")


def test_a_quote_of_another_number_is_not_found(channel: Channel) -> None:
    theirs = make_message(make_conversation())
    arrive(channel, text("two", context={"id": theirs.wamid}))

    said = Message.objects.get(body="two")
    assert (said.quoted, said.quoted_wamid) == (None, theirs.wamid)


def test_a_clock_from_the_future_is_not_believed(channel: Channel) -> None:
    arrive(channel, text(at=timezone.now() + timedelta(days=900)))

    said = Message.objects.get(direction="in")
    assert said.at == Webhook.objects.get().received_at


def test_imported_history_is_silent(channel: Channel, published: list[events.HintBody]) -> None:
    old = timezone.now().replace(microsecond=0) - timedelta(days=60)
    said = [text("Good morning", at=old), text("STOP", at=old + timedelta(days=1))]
    chunk = {"metadata": {"phase": 0}, "threads": [{"id": PHONE, "messages": said}]}

    deliver(of_number(channel, "history", history=[chunk]))

    conversation = Conversation.objects.get()
    assert (conversation.status, conversation.unread_count) == ("closed", 0)
    assert (conversation.opened_at, conversation.closed_at) == (old, old + timedelta(days=1))
    assert conversation.window_expires_at is None
    assert lines(conversation) == []
    subject = conversation.contact.consent_subject
    request = gate.Request(subject, channel.phone_number_id, gate.MessageClass.MARKETING)
    assert gate.ask(request, now=timezone.now()).reason == gate.Reason.NO_CONSENT
    assert not [h for h in published if getattr(h, "incoming", False)]


def test_a_file_of_the_history_takes_its_place(
    channel: Channel, nudged: list[tuple[Any, ...]]
) -> None:
    pending = text(type="media_placeholder")
    del pending["text"]
    chunk = {"metadata": {"phase": 0}, "threads": [{"id": PHONE, "messages": [pending]}]}
    deliver(of_number(channel, "history", history=[chunk]))
    assert Message.objects.get(wamid=pending["id"]).kind == "pending_file"

    file = {"image": {"id": "77", "mime_type": "image/jpeg", "caption": "Look"}}
    deliver(of_number(channel, "history", messages=[pending | file | {"type": "image"}]))

    message = Message.objects.get(wamid=pending["id"])
    assert (message.kind, message.body) == ("image", "Look")
    assert message.attachments.get().media_id == "77"


def test_a_missed_call_waits_for_somebody(channel: Channel) -> None:
    call = {"id": "wacid.1", "from": PHONE, "to": "4930901820", "direction": "USER_INITIATED"}
    at = int(timezone.now().timestamp()) - 60
    deliver(of_number(channel, "calls", calls=[call | {"event": "connect", "timestamp": at}]))
    deliver(
        of_number(
            channel,
            "calls",
            calls=[call | {"event": "terminate", "status": "FAILED", "timestamp": at + 20}],
        )
    )

    conversation = Conversation.objects.get()
    assert lines(conversation) == ["opened", "call"]
    assert (conversation.unread_count, conversation.status) == (1, "open")
    assert conversation.waiting_since is not None
    assert conversation.window_expires_at is not None


def test_a_call_that_was_taken_waits_no_longer(channel: Channel) -> None:
    call = {"id": "wacid.1", "from": PHONE, "to": "4930901820", "direction": "USER_INITIATED"}
    at = int(timezone.now().timestamp()) - 60
    end = {"event": "terminate", "status": "COMPLETED", "duration": 40, "timestamp": at + 40}
    deliver(of_number(channel, "calls", calls=[call | {"event": "connect", "timestamp": at}]))
    deliver(of_number(channel, "calls", calls=[call | end]))
    deliver(of_number(channel, "calls", calls=[call | {"event": "connect", "timestamp": at}]))

    conversation = Conversation.objects.get()
    assert conversation.waiting_since is None
    line = conversation.messages.get(content__event="call")
    assert (line.content["status"], line.content["duration"]) == ("COMPLETED", 40)
