"""inbox.actions.contact_merges, while others are at work with the same two people"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection

from inbox.actions import contact_merges, contacts, draining, replies
from inbox.actions.contact_merges import NotPossible
from inbox.models import (
    Agent,
    Contact,
    ContactIdentity,
    ContactMerge,
    Conversation,
    Message,
    ParkedHappening,
)
from tests.factories import make_agent, make_channel, make_contact, make_conversation
from tests.inbox.inbound.posting import of_number, store, text

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite has one writer at a time"
    ),
]
PHONES = ("491700000001", "491700000002")


def at_once(*acts: Callable[[], object]) -> list[Exception]:
    """Started together, each on a connection of its own. What went wrong."""
    start = threading.Barrier(len(acts))
    mistakes: list[Exception] = []

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except Exception as mistake:
            mistakes.append(mistake)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return mistakes


@pytest.fixture
def lead() -> Agent:
    return make_agent(role="lead")


@pytest.fixture
def two() -> tuple[Contact, Contact]:
    first, second = (make_contact(phone=phone) for phone in PHONES)
    return first, second


@pytest.mark.parametrize("attempt", range(5))
def test_messages_arrive_while_merging(
    two: tuple[Contact, Contact], lead: Agent, attempt: int
) -> None:
    kept, gone = two
    channel = make_channel()
    ours = make_conversation(contact=gone, channel=channel)
    lanes = []
    for number in range(6):
        said = text(f"{number}", from_=PHONES[number % 2])
        webhook = store(json.dumps(of_number(channel, messages=[said])).encode())
        webhook.lane = f"lane-{number % 3}"
        webhook.save()
        lanes.append(webhook.lane)

    mistakes = at_once(
        lambda: contact_merges.merge(kept=kept, gone=gone, by=lead),
        *(lambda lane=lane: draining.drain(lane) for lane in set(lanes)),
        lambda: replies.send_text(ours, body="Hello", draft_key=uuid4(), by=lead),
        lambda: contacts.rename(gone, name="Renamed", by=lead),
    )

    assert [
        m for m in mistakes if not isinstance(m, Conversation.DoesNotExist | ValueError)
    ] == []
    assert not ParkedHappening.objects.filter(state="failed").exists()
    assert set(Conversation.objects.values_list("contact", flat=True)) == {kept.pk}
    assert Message.objects.filter(direction="in").count() == 6
    assert Conversation.objects.count() == 1
    assert set(ContactIdentity.objects.values_list("contact", flat=True)) == {kept.pk}


@pytest.mark.parametrize("attempt", range(3))
def test_the_same_merge_at_once_is_made_once(
    two: tuple[Contact, Contact], lead: Agent, attempt: int
) -> None:
    kept, gone = two

    mistakes = at_once(*[lambda: contact_merges.merge(kept=kept, gone=gone, by=lead)] * 3)

    assert mistakes == []
    assert ContactMerge.objects.count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_there_and_back_at_once_is_made_once(
    two: tuple[Contact, Contact], lead: Agent, attempt: int
) -> None:
    one, other = two

    mistakes = at_once(
        lambda: contact_merges.merge(kept=one, gone=other, by=lead),
        lambda: contact_merges.merge(kept=other, gone=one, by=lead),
    )

    assert [type(mistake) for mistake in mistakes] == [NotPossible]
    kept = ContactMerge.objects.get().kept
    assert set(ContactIdentity.objects.values_list("contact", flat=True)) == {kept.pk}


def test_two_splits_at_once_are_one(two: tuple[Contact, Contact], lead: Agent) -> None:
    kept, gone = two
    made = contact_merges.merge(kept=kept, gone=gone, by=lead)

    mistakes = at_once(*[lambda: contact_merges.split(made, by=lead)] * 3)

    assert mistakes == []
    owners = ContactIdentity.objects.order_by("pk").values_list("contact", flat=True)
    assert list(owners) == [kept.pk, gone.pk]
    assert gone.events.filter(word="split").count() == 1
