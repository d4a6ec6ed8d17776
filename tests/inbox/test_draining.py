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
from inbox.actions.inbound import messages
from inbox.actions.inbound.news import News
from inbox.models import Channel, Conversation, Message, ParkedHappening, Webhook
from tests.factories import APP_SECRET, make_channel, make_conversation, make_message
from tests.inbox.inbound.posting import change, deliver, of_number, status, store, text

pytestmark = pytest.mark.django_db

SAMPLE: dict[str, Any] = {
    "contacts": [{"profile": {"name": "Ida"}, "wa_id": "491700000123", "user_id": "DE.1"}],
    "messages": [text("A whole message", context={"id": "wamid.X"}, from_user_id="DE.1")],
}


@pytest.fixture
def channel() -> Channel:
    return make_channel()


def bodies() -> list[str]:
    said = Message.objects.filter(direction="in").order_by("pk")
    return [message.body for message in said]


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


def test_a_repeat_changes_nothing(channel: Channel) -> None:
    post = of_number(channel, messages=[text("once")])
    deliver(post, post)
    deliver(post)

    assert bodies() == ["once"]
    assert Conversation.objects.get().unread_count == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not JSON",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b'{"entry": 5}',
        b'{"entry": [null, 7, "x", [], {"changes": [null, {"value": []}]}]}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"a":' * 1000 + b"1" + b"}" * 1000,
        b'{"object":"whatsapp_business_account","entry":['
        + b"0," * 100_000
        + b"0]}"
        + b" " * 3_900_000,
    ],
    ids=[
        *("empty", "no json", "list", "null", "text", "object", "entry", "shapes"),
        *("no text", "deep list", "deep object", "four megabytes"),
    ],
)
def test_signed_nonsense_is_parked_and_its_neighbours_go_on(
    channel: Channel, body: bytes
) -> None:
    webhook = store(body)
    Webhook.objects.filter(pk=webhook.pk).update(lane=channel.phone_number_id)
    deliver(of_number(channel, messages=[text("A neighbour")]))

    assert bodies() == ["A neighbour"]
    assert ParkedHappening.objects.filter(webhook=webhook).exists()
    assert not Webhook.objects.filter(processed_at=None).exists()


@pytest.mark.parametrize(
    "odd",
    ["NUL \x00 inside", "half a \ud83d pair", "\u202e backwards", "{{ 7 * 7 }}<script>"],
    ids=["NUL", "surrogate", "bidi", "markup"],
)
def test_odd_text_is_text(channel: Channel, odd: str) -> None:
    profile = [{"profile": {"name": odd}, "wa_id": "491700000123"}]
    deliver(of_number(channel, contacts=profile, messages=[text(odd), text("next")]))

    first, second = bodies()
    assert second == "next"
    assert first == odd.replace("\x00", "").replace("\ud83d", "\ufffd")
    assert not ParkedHappening.objects.exists()


def test_every_key_may_be_missing(channel: Channel) -> None:
    whole = of_number(channel, **SAMPLE)
    for number, path in enumerate(_paths(whole)):
        broken = json.loads(json.dumps(whole))
        _delete(broken, path)
        store(json.dumps(broken).encode(), received_at=channel.created_at)
        deliver(of_number(channel, messages=[text(f"neighbour {number}")]))
        for webhook in Webhook.objects.filter(processed_at=None):
            draining.drain(webhook.lane)

        assert f"neighbour {number}" in bodies()
    assert not Webhook.objects.filter(processed_at=None).exists()


def _paths(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        keys: list[Any] = list(value)
    else:
        keys = list(range(len(value))) if isinstance(value, list) else []
    paths = [(*before, key) for key in keys if isinstance(value, dict)]
    return paths + [p for key in keys for p in _paths(value[key], (*before, key))]


def _delete(value: Any, path: tuple[Any, ...]) -> None:
    for key in path[:-1]:
        value = value[key]
    del value[path[-1]]


def test_one_that_fails_is_parked_and_its_neighbours_go_on(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = messages._place

    def stumble(new: Any, cases: Any) -> None:
        if new.said.happening.content.body == "trap":
            raise ZeroDivisionError("our mistake")
        place(new, cases)

    monkeypatch.setattr(messages, "_place", stumble)
    deliver(of_number(channel, messages=[text("before"), text("trap"), text("after")]))

    assert bodies() == ["before", "after"]
    parked = ParkedHappening.objects.get()
    assert (parked.state, parked.kind) == ("failed", "MessageReceived")
    assert parked.reason == "ZeroDivisionError: our mistake"
    assert parked.raw["text"] == {"body": "trap"}
    assert Conversation.objects.get().unread_count == 2


def test_what_search_cannot_take_holds_up_nobody(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell = News.tell

    def stumble(news: News) -> None:
        if any(message.body == "trap" for message in news.words.values()):
            raise ValueError("string is too long for tsvector")
        tell(news)

    monkeypatch.setattr(News, "tell", stumble)
    deliver(of_number(channel, messages=[text("before"), text("trap"), text("after")]))

    assert bodies() == ["before", "after"]
    assert ParkedHappening.objects.get().state == "failed"


@pytest.mark.parametrize(
    "keys",
    [{"id": "w" * 350}, {"from_user_id": "D" * 200}, {"from_": "   "}],
    ids=["message id", "person id", "nobody"],
)
def test_what_cannot_be_kept_is_parked_at_once(
    channel: Channel, keys: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    deliver(of_number(channel, messages=[text("odd", **keys), text("A neighbour")]))

    assert bodies() == ["A neighbour"]
    assert ParkedHappening.objects.get().state == "failed"
    assert "one by one" not in caplog.text


def test_a_number_that_is_not_ours_is_dropped_with_a_line_in_the_log(
    channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = Channel(phone_number_id="555", waba_id="777", display_phone_number="1")
    with caplog.at_level("INFO"):
        deliver(of_number(stranger, messages=[text("Private words")]))

    assert bodies() == []
    assert not ParkedHappening.objects.exists()
    assert "not about a number of ours" in caplog.text
    assert "Private" not in caplog.text
    assert "491700000123" not in caplog.text


def test_a_signer_may_only_speak_of_its_own_numbers(channel: Channel) -> None:
    make_channel(secret="somebody else's")
    deliver(of_number(channel, messages=[text("forged")]), secret="somebody else's")

    assert bodies() == []
    deliver(of_number(channel, messages=[text("real")]), secret=APP_SECRET)
    assert bodies() == ["real"]


def test_a_message_without_a_number_goes_to_the_only_one(channel: Channel) -> None:
    channel.waba_id = "solo"
    channel.save()
    deliver(change(channel, "messages", {"messages": [text("whose?")]}))

    assert bodies() == ["whose?"]


def test_a_message_without_a_number_among_several_is_parked(channel: Channel) -> None:
    make_channel(waba_id=channel.waba_id)
    deliver(change(channel, "messages", {"messages": [text("whose?")]}))

    assert bodies() == []
    assert ParkedHappening.objects.get().reason == "names no number"


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


def test_it_remembers_when_it_last_heard_of_a_number(channel: Channel) -> None:
    deliver(of_number(channel, messages=[text()]))
    channel.refresh_from_db()
    assert channel.webhook_heard_at == Webhook.objects.get().received_at


def test_several_numbers_in_one_post(channel: Channel) -> None:
    other = make_channel()
    both = of_number(channel, messages=[text("here")])
    both["entry"] += of_number(other, messages=[text("there")])["entry"]

    deliver(both)

    assert set(Conversation.objects.values_list("channel", flat=True)) == {channel.pk, other.pk}


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

    assert draining._apply(webhook.lane, read_before)

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
