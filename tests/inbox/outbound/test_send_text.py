"""inbox.actions.replies.send_text, and what all replies have in common"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from consent import gate
from inbox import events, search
from inbox.actions import replies
from inbox.models import Agent, Message
from inbox.models.conversation import END_OF_QUEUE
from tests.factories import make_conversation, make_message

pytestmark = pytest.mark.django_db


def test_it_queues_the_reply(
    agent: Agent,
    nudged: list[tuple[Any, ...]],
    published: list[events.HintBody],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    conversation = make_conversation()

    with django_capture_on_commit_callbacks(execute=True):
        message = replies.send_text(
            conversation, body="  On its way ", draft_key=uuid4(), by=agent
        )

    stored = Message.objects.get()
    assert stored == message
    assert (stored.status, stored.kind, stored.origin) == ("queued", "text", "agent")
    assert (stored.body, stored.author) == ("On its way", agent)
    assert stored.due_at is not None
    assert nudged == [("carry", conversation.channel_id)]
    assert published == [events.about(conversation)]


def test_the_row_in_the_list_follows(agent: Agent) -> None:
    conversation = make_conversation(unread_count=3, is_marked_unread=True)

    message = replies.send_text(conversation, body="On\nits  way", draft_key=uuid4(), by=agent)

    row = type(conversation).objects.get()
    assert (row.last_message_id, row.last_message_status) == (message.pk, "queued")
    assert (row.last_message_preview, row.last_message_direction) == ("On its way", "out")
    assert (row.unread_count, row.is_marked_unread) == (0, False)
    assert (row.waiting_since, row.queued_at) == (None, END_OF_QUEUE)
    assert row.first_replied_at == message.created_at
    assert row.changed_at == message.changed_at
    assert conversation.last_message_id == message.pk  # also what the caller holds


def test_the_first_reply_stays_the_first(agent: Agent) -> None:
    first = timezone.now() - timedelta(hours=1)
    conversation = make_conversation(first_replied_at=first)

    replies.send_text(conversation, body="Again", draft_key=uuid4(), by=agent)

    assert conversation.first_replied_at == first


def test_nobody_is_assigned_by_replying(agent: Agent) -> None:
    conversation = make_conversation()

    replies.send_text(conversation, body="Hello", draft_key=uuid4(), by=agent)

    conversation.refresh_from_db()
    assert conversation.assignee is None


def test_what_was_unread_is_marked_as_read_at_whatsapp(
    agent: Agent,
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    conversation = make_conversation(unread_count=1)

    with django_capture_on_commit_callbacks(execute=True):
        replies.send_text(conversation, body="Hello", draft_key=uuid4(), by=agent)

    assert ("mark_read", conversation.pk) in nudged


def test_it_is_found_by_its_words(agent: Agent) -> None:
    conversation = make_conversation()

    replies.send_text(conversation, body="Heißluftballon", draft_key=uuid4(), by=agent)

    found = search.find(agent, "heißluftballon")
    assert [hit.conversation_code for hit in found.messages] == [conversation.code]


def test_a_double_click_sends_once(
    agent: Agent,
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    conversation, key = make_conversation(), uuid4()

    with django_capture_on_commit_callbacks(execute=True):
        first = replies.send_text(conversation, body="Hello", draft_key=key, by=agent)
        again = replies.send_text(conversation, body="Hello", draft_key=key, by=agent)

    assert first == again
    assert Message.objects.count() == 1
    assert len(nudged) == 1


def test_a_double_click_is_harmless_when_the_window_closed_in_between(agent: Agent) -> None:
    conversation, key = make_conversation(), uuid4()
    first = replies.send_text(conversation, body="Hello", draft_key=key, by=agent)
    gate.deny_window(conversation.contact.consent_subject, conversation.channel.phone_number_id)

    again = replies.send_text(conversation, body="Hello", draft_key=key, by=agent)

    assert again == first


def test_a_draft_goes_to_one_conversation_only(agent: Agent) -> None:
    key = uuid4()
    replies.send_text(make_conversation(), body="Hello", draft_key=key, by=agent)

    with pytest.raises(replies.NotSendable) as caught:
        replies.send_text(make_conversation(), body="Hello", draft_key=key, by=agent)

    assert caught.value.field == "draft_key"
    assert Message.objects.count() == 1


def test_a_reply_quotes(agent: Agent) -> None:
    conversation = make_conversation()
    asked = make_message(conversation, "Is it red?")

    message = replies.send_text(
        conversation, body="Yes", draft_key=uuid4(), by=agent, quoted=asked
    )

    assert (message.quoted, message.quoted_wamid) == (asked, asked.wamid)


def test_a_reply_quotes_an_earlier_case_of_the_same_person(agent: Agent) -> None:
    before = make_conversation(status="closed")
    now = make_conversation(contact=before.contact, channel=before.channel)

    message = replies.send_text(
        now, body="As I said", draft_key=uuid4(), by=agent, quoted=make_message(before)
    )

    assert message.quoted is not None


def test_nobody_elses_message_is_quoted(agent: Agent) -> None:
    with pytest.raises(replies.NotSendable) as caught:
        replies.send_text(
            make_conversation(),
            body="Yes",
            draft_key=uuid4(),
            by=agent,
            quoted=make_message(make_conversation()),
        )

    assert caught.value.field == "quoted"


def test_answering_in_a_closed_case_opens_it_again(agent: Agent) -> None:
    conversation = make_conversation(status="closed", waiting_since=None)

    replies.send_text(conversation, body="One more thing", draft_key=uuid4(), by=agent)

    conversation.refresh_from_db()
    assert conversation.status == "open"
    assert conversation.waiting_since is None


def test_an_old_case_is_not_answered_beside_a_new_one(agent: Agent) -> None:
    old = make_conversation(status="closed")
    make_conversation(contact=old.contact, channel=old.channel)

    with pytest.raises(replies.NotSendable, match="newer conversation"):
        replies.send_text(old, body="Hello", draft_key=uuid4(), by=agent)

    assert not Message.objects.exists()


def test_a_snoozed_case_stays_snoozed(agent: Agent) -> None:
    later = timezone.now() + timedelta(days=1)
    conversation = make_conversation(status="snoozed", snoozed_until=later)

    replies.send_text(conversation, body="We look into it", draft_key=uuid4(), by=agent)

    conversation.refresh_from_db()
    assert conversation.status == "snoozed"


def test_writing_takes_the_conversation_over_from_another_app(agent: Agent) -> None:
    conversation = make_conversation(owned_elsewhere=True)

    replies.send_text(conversation, body="Hello", draft_key=uuid4(), by=agent)

    conversation.refresh_from_db()
    assert not conversation.owned_elsewhere
    assert Message.objects.get(kind="event").content["event"] == "ownership"


def test_a_reply_stands_below_what_it_answers_even_if_clocks_differ(agent: Agent) -> None:
    ahead = timezone.now() + timedelta(seconds=30)
    conversation = make_conversation(last_message_at=ahead)
    asked = make_message(conversation, at=ahead)

    message = replies.send_text(conversation, body="Yes", draft_key=uuid4(), by=agent)

    assert (message.at, message.pk) > (asked.at, asked.pk)


def test_a_clock_that_is_far_off_moves_nothing(agent: Agent) -> None:
    conversation = make_conversation(last_message_at=timezone.now() + timedelta(days=9))

    message = replies.send_text(conversation, body="Yes", draft_key=uuid4(), by=agent)

    assert message.at < timezone.now() + timedelta(minutes=1)
