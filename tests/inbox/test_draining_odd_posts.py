"""inbox.actions.draining: what nobody expects in a post is kept, and holds up nobody"""

from __future__ import annotations

import json
from typing import Any

import pytest

from inbox.actions import draining
from inbox.actions.inbound import messages
from inbox.actions.inbound.news import News
from inbox.models import Channel, Conversation, ParkedHappening, Webhook
from tests.factories import make_channel
from tests.inbox.inbound.posting import bodies, deliver, of_number, store, text

pytestmark = pytest.mark.django_db


SAMPLE: dict[str, Any] = {
    "contacts": [{"profile": {"name": "Ida"}, "wa_id": "491700000123", "user_id": "DE.1"}],
    "messages": [text("A whole message", context={"id": "wamid.X"}, from_user_id="DE.1")],
}


@pytest.fixture
def channel() -> Channel:
    return make_channel()


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
