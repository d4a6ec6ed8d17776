"""inbox.actions.sweeping: what lies about gets a worker, what is over goes"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from inbox.actions import sweeping
from inbox.models import Attachment, Conversation, Hint, Message, ParkedHappening, Webhook
from tests.factories import make_channel, make_contact, make_conversation, make_message
from tests.inbox.inbound.posting import deliver, of_number, status, store

pytestmark = pytest.mark.django_db

NOW = timezone.now()
Nudged = list[tuple[Any, ...]]


def test_a_webhook_that_nobody_took_gets_a_drainer(nudged: Nudged) -> None:
    for lane in ("1", "1", "2"):
        store(
            b'{"phone_number_id":"%s"}' % lane.encode(), received_at=NOW - timedelta(minutes=1)
        )
    store(b'{"phone_number_id":"3"}', received_at=NOW)
    store(b"{}", received_at=NOW - timedelta(minutes=1), processed_at=NOW)

    sweeping.sweep(now=NOW)

    assert sorted(nudged) == [("drain", "1"), ("drain", "2")]


def test_files_that_are_due_are_fetched(nudged: Nudged) -> None:
    message = make_message(make_conversation())
    due = [
        Attachment.objects.create(message=message, kind="image", due_at=due_at)
        for due_at in (NOW - timedelta(seconds=1), NOW + timedelta(minutes=1), None)
    ]

    sweeping.sweep(now=NOW)

    assert nudged == [("fetch_media", due[0].pk)]


def test_snoozed_conversations_wake_on_time() -> None:
    early = make_conversation(status="snoozed", snoozed_until=NOW - timedelta(seconds=1))
    late = make_conversation(status="snoozed", snoozed_until=NOW + timedelta(hours=1))

    sweeping.sweep(now=NOW)

    assert Conversation.objects.get(pk=early.pk).status == "open"
    assert Conversation.objects.get(pk=late.pk).status == "snoozed"


def test_what_waits_is_applied_when_its_message_is_there_after_all() -> None:
    conversation = make_conversation(contact=make_contact(phone="491700000123"))
    deliver(of_number(conversation.channel, statuses=[status("read", "wamid.LATER")]))
    message = make_message(conversation, direction="out", wamid="wamid.LATER")

    sweeping.sweep(now=timezone.now())

    message.refresh_from_db()
    assert message.status == "read"
    assert ParkedHappening.objects.get().state == "done"


def test_what_waits_for_nothing_is_given_up_after_a_day() -> None:
    deliver(of_number(make_channel(), statuses=[status("read", "wamid.NEVER")]))
    later = timezone.now() + timedelta(hours=23)
    sweeping.tidy(now=later)
    assert ParkedHappening.objects.get().state == "waiting"

    sweeping.tidy(now=later + timedelta(hours=2))

    parked = ParkedHappening.objects.get()
    assert parked.state == "dropped"
    assert parked.settled_at is not None


def test_an_idle_sweep_is_cheap(django_assert_max_num_queries: Any) -> None:
    make_conversation()
    # Webhooks, files, snoozed, waiting (with its transaction: 3), and the way out (5); whoever
    # was locked out and has something, numbers with rules for absence, numbers that assign,
    # acts on many whose worker is gone, and reminders; what rules wait for, and their work.
    with django_assert_max_num_queries(20):
        sweeping.sweep(now=NOW)


def test_old_webhooks_go_and_unprocessed_ones_stay() -> None:
    long_ago = NOW - timedelta(days=31)
    old = store(b"{}", received_at=long_ago, processed_at=long_ago)
    lying = store(b"{}", received_at=long_ago)
    young = store(b"{}", received_at=NOW - timedelta(days=29), processed_at=NOW)
    kept = ParkedHappening.objects.create(
        webhook=old, state="unknown", kind="Unknown", parked_at=long_ago,
        raw={"from": "491700000123"},
    )  # fmt: skip

    sweeping.tidy(now=NOW)

    assert set(Webhook.objects.values_list("pk", flat=True)) == {lying.pk, young.pk}
    kept.refresh_from_db()
    assert (kept.raw, kept.webhook) == ({}, None)


def test_hints_go_after_a_minute_and_settled_ones_after_a_week() -> None:
    Hint.objects.create(body="{}", created_at=NOW - timedelta(minutes=2))
    young = Hint.objects.create(body="{}", created_at=NOW)
    for days, state in ((8, "done"), (6, "done"), (8, "failed"), (8, "unknown")):
        ParkedHappening.objects.create(
            state=state, kind="X", path=f"{days}{state}", parked_at=NOW - timedelta(days=days)
        )

    sweeping.tidy(now=NOW)

    assert Hint.objects.get() == young
    assert set(ParkedHappening.objects.values_list("path", flat=True)) == {
        *("6done", "8failed", "8unknown"),
    }


def test_messages_are_never_swept() -> None:
    message = make_message(make_conversation(), created_at=NOW - timedelta(days=900))
    sweeping.tidy(now=NOW)
    assert Message.objects.get() == message
