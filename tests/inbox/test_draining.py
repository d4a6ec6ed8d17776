"""inbox.actions.draining: stored webhooks, worked through once and in order"""

from __future__ import annotations

import json
import math
import threading
from typing import Any

import pytest
from django.db import connection, transaction

from inbox import events
from inbox.actions import draining, inbound, lanes
from inbox.models import Channel, Conversation, ParkedHappening, Webhook
from tests.factories import make_channel, make_conversation, make_message
from tests.inbox.inbound.posting import bodies, deliver, of_number, status, store, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    return make_channel()


def test_it_works_through_all_that_lies_in_the_lane(channel: Channel) -> None:
    deliver(*(of_number(channel, messages=[text(str(n))]) for n in range(5)))

    assert bodies() == ["0", "1", "2", "3", "4"]
    assert not Webhook.objects.filter(processed_at=None).exists()


def test_other_lanes_are_left_to_others(channel: Channel) -> None:
    other = make_channel()
    store(json.dumps(of_number(other, messages=[text("theirs")])).encode())

    deliver(of_number(channel, messages=[text("ours")]))

    assert bodies() == ["ours"]
    assert Webhook.objects.get(processed_at=None).lane == other.phone_number_id


def test_small_batches_come_to_the_same(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draining, "BATCH_BYTES", 1)
    deliver(*(of_number(channel, messages=[text(str(n))]) for n in range(3)))

    assert bodies() == ["0", "1", "2"]


def test_in_a_rush_what_was_read_ahead_is_applied_once_and_in_order(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BATCH_ROWS", "SQLITE_BATCH_ROWS"):
        monkeypatch.setattr(draining, name, 2)
    deliver(*(of_number(channel, messages=[text(str(n))]) for n in range(7)))

    assert bodies() == ["0", "1", "2", "3", "4", "5", "6"]
    assert Conversation.objects.get().unread_count == 7


def test_a_batch_of_which_somebody_did_a_part_is_read_anew(channel: Channel) -> None:
    posts = [of_number(channel, messages=[text(str(n))]) for n in range(2)]
    webhook, _second = [store(json.dumps(post).encode()) for post in posts]
    read_before = next(draining._batches(webhook.lane, math.inf))
    Webhook.objects.filter(pk=webhook.pk).update(processed_at=webhook.received_at)

    outcome = draining._apply(webhook.lane, read_before)

    assert outcome is draining.Outcome.OVERTAKEN
    assert bodies() == []
    draining.drain(webhook.lane)

    assert bodies() == ["1"]


def test_what_was_read_ahead_does_not_pass_what_is_left_of_a_batch(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BATCH_ROWS", "SQLITE_BATCH_ROWS"):
        monkeypatch.setattr(draining, name, 2)
    first, *_rest = (
        store(json.dumps(of_number(channel, messages=[text(str(n))])).encode())
        for n in range(6)
    )
    outcomes: list[draining.Outcome] = []
    apply = draining._apply

    def apply_beside_another(lane: str, posts: list[draining.Post]) -> draining.Outcome:
        if not outcomes:
            Webhook.objects.filter(pk=first.pk).update(processed_at=first.received_at)
        outcomes.append(apply(lane, posts))
        return outcomes[-1]

    monkeypatch.setattr(draining, "_apply", apply_beside_another)
    draining.drain(first.lane)

    assert outcomes[0] is draining.Outcome.OVERTAKEN
    assert bodies() == ["1", "2", "3", "4", "5"]


def test_a_repeat_changes_nothing(channel: Channel) -> None:
    post = of_number(channel, messages=[text("once")])
    deliver(post, post)
    deliver(post)

    assert bodies() == ["once"]
    assert Conversation.objects.get().unread_count == 1


def test_more_messages_cost_no_more_queries(
    channel: Channel, django_assert_max_num_queries: Any
) -> None:
    def people(first: int, count: int) -> dict[str, Any]:
        return of_number(
            channel,
            messages=[text(f"m{n}", from_=f"49170{n:07}") for n in range(first, first + count)],
        )

    with django_assert_max_num_queries(45) as few:
        deliver(people(0, 2))
    with django_assert_max_num_queries(45) as many:
        deliver(people(100, 60))

    assert Conversation.objects.count() == 62
    # SQLite stores at most 999 values with one INSERT.
    assert len(many) - len(few) <= (0 if connection.vendor == "postgresql" else 12)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_only_one_drainer_works_in_a_lane() -> None:
    channel = make_channel()
    webhook = store(json.dumps(of_number(channel, messages=[text("mine")])).encode())
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            assert draining._take_lane(webhook.lane)
            held.set()
            done.wait(10)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    draining.drain(webhook.lane)
    assert bodies() == []

    done.set()
    holder.join()
    draining.drain(webhook.lane)
    assert bodies() == ["mine"]


def test_statuses_and_messages_in_one_post(channel: Channel) -> None:
    conversation = make_conversation(channel=channel)
    ours = make_message(conversation, direction="out")
    deliver(
        of_number(
            channel, messages=[text("thanks")], statuses=[status("read", ours.wamid or "")]
        )
    )

    ours.refresh_from_db()
    assert ours.status == "read"
    assert bodies() == ["thanks"]


def test_apply_waiting_for_nothing_is_nothing(channel: Channel) -> None:
    inbound.apply_waiting(channel, [])
    assert not ParkedHappening.objects.exists()


def test_a_second_drainer_in_the_same_process_leaves_at_once(channel: Channel) -> None:
    webhook = store(json.dumps(of_number(channel, messages=[text("mine")])).encode())

    with lanes.turn(webhook.lane):
        draining.drain(webhook.lane)
        assert bodies() == []

    draining.drain(webhook.lane)
    assert bodies() == ["mine"]


def test_what_somebody_else_applied_after_it_was_read_is_left_alone(channel: Channel) -> None:
    webhook = store(json.dumps(of_number(channel, messages=[text("once")])).encode())
    read_before = next(draining._batches(webhook.lane, math.inf))
    draining.drain(webhook.lane)

    outcome = draining._apply(webhook.lane, read_before)

    assert outcome is draining.Outcome.OVERTAKEN
    assert bodies() == ["once"]
    assert Conversation.objects.get().unread_count == 1


def test_what_comes_while_it_works_is_taken_without_being_told(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = [json.dumps(of_number(channel, messages=[text("late")])).encode()]
    apply_all = inbound.apply_all

    def apply_and_hear_more(arrivals: Any) -> None:
        apply_all(arrivals)
        if late:
            store(late.pop())

    monkeypatch.setattr(inbound, "apply_all", apply_and_hear_more)
    deliver(of_number(channel, messages=[text("early")]))

    assert bodies() == ["early", "late"]


def test_a_batch_tells_of_each_conversation_once(
    channel: Channel, published: list[events.HintBody]
) -> None:
    deliver(*(of_number(channel, messages=[text(str(n))]) for n in range(3)))

    conversation = Conversation.objects.get()
    assert published == [events.about(conversation, incoming=True)]
