"""inbox.whatsapp.payloads.read is total: whatever comes, it answers and never raises."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inbox.whatsapp import happenings as h
from inbox.whatsapp.payloads import read
from inbox.whatsapp.payloads.changes import _LISTS, _WHOLES

from .bodies import FILES, change, encoded, read_value
from .shapes import assert_sound

ODD: list[Any] = [None, 7, [], "", {}, True, -1.5, "x" * 500, ["y"], 10**30, {"id": 1}]

quiet = settings(
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in a document."""
    inner = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in list(inner):
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from _places(value, (*path, key))


def _variants(document: Any) -> Iterator[Any]:
    """The document without each of its keys, and with each value replaced by odd ones."""
    for *way, last in _places(document):
        for replacement in [..., *ODD]:
            variant = copy.deepcopy(document)
            node = variant
            for key in way:
                node = node[key]
            if replacement is ...:
                del node[last]
            else:
                node[last] = replacement
            yield variant


@pytest.mark.parametrize("name", [file.stem for file in FILES])
def test_no_missing_and_no_odd_value_stops_it(name: str) -> None:
    (file,) = (file for file in FILES if file.stem == name)
    document = json.loads(file.read_bytes())

    for variant in _variants(document):
        for happening in read(encoded(variant)):
            assert_sound(happening)


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)
KEYS = st.sampled_from(
    [
        *("messages", "statuses", "contacts", "errors", "metadata", "type"),
        *("id", "from", "timestamp", "text", "body", "image"),
        *("reaction", "edit", "revoke", "system", "interactive", "button"),
        *("order", "context", "history", "threads", "standby", "message_echoes"),
        *("state_sync", "calls", "groups", "event", "user_id", "wa_id"),
        *("profile", "field", "value"),
    ]
)
FIELDS = st.sampled_from([*_LISTS, *_WHOLES, "", "new_field"])
LIKELY_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=8) | KEYS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=30,
)


@quiet
@given(st.binary(max_size=200))
def test_any_bytes(body: bytes) -> None:
    for happening in read(body):
        assert_sound(happening)


@quiet
@given(ANY_JSON)
def test_any_json(document: Any) -> None:
    for happening in read(encoded(document)):
        assert_sound(happening)


@quiet
@given(FIELDS, LIKELY_JSON)
def test_any_value_in_any_field(field: str, value: Any) -> None:
    happenings = read(encoded(change(field, value)))

    assert happenings
    for happening in happenings:
        assert_sound(happening)


def test_what_is_no_json_is_unreadable() -> None:
    for body in (b"", b"{", b"<html>", b"\xff\xfe", b"null", b'"text"', b"[]", b"17"):
        (happening,) = read(body)
        assert type(happening) is h.Unreadable


def test_no_entries_are_no_news() -> None:
    assert read(b'{"object":"whatsapp_business_account","entry":[]}') == []


def test_a_change_in_the_place_of_its_entry_is_read() -> None:
    entry = {"id": "1", "field": "account_review_update", "value": {"decision": "APPROVED"}}

    (happening,) = read(encoded({"entry": [entry]}))

    assert type(happening) is h.AccountReviewed


def test_other_products_are_not_read() -> None:
    document = change("messages", {"statuses": [{"id": "w", "status": "read"}]})

    (happening,) = read(encoded({**document, "object": "page"}))

    assert type(happening) is h.Unknown


@pytest.mark.parametrize("depth", [100, 900, 1_000, 100_000])
@pytest.mark.parametrize("bracket", ["[]", "{}"])
def test_nesting_without_end_is_survived(depth: int, bracket: str) -> None:
    opening = "[" if bracket == "[]" else '{"a":'
    deep = opening * depth + "1" + bracket[1] * depth
    body = encoded(change("messages", {"messages": [{"id": "w", "x": "DEEP"}]}))

    (happening,) = read(body.replace(b'"DEEP"', deep.encode()))

    assert_sound(happening)


def test_a_deep_fragment_keeps_the_rest_readable() -> None:
    deep = json.loads("[" * 100 + "]" * 100)
    message = {"id": "w", "from": "491", "type": "text", "text": {"body": "hi"}, "x": deep}

    (happening,) = read_value({"messages": [message]})

    assert isinstance(happening, h.MessageReceived)
    assert happening.content == h.Text("hi")


def test_numbers_without_end_are_survived() -> None:
    message = b'{"id":"w","type":"text","text":{"body":"hi"},"timestamp":%s,"y":[%s]}'
    numbers = (b"9" * 5000, b"NaN, -Infinity, 1e999, " + b"8" * 6000)
    body = encoded(change("messages", {"messages": ["HERE"]}))

    (happening,) = read(body.replace(b'"HERE"', message % numbers))

    assert isinstance(happening, h.MessageReceived)
    assert happening.at is None
    assert_sound(happening)


@pytest.mark.parametrize(
    ("sent", "read_as"),
    [
        (rb"a\u0000b", "ab"),
        (rb"\ud83d\udeb2", "🚲"),
        (rb"half \ud83d", "half �"),
        (rb"\udeb2 half", "� half"),
        (rb"\ud83d\ud83d\udeb2", "�🚲"),
        (rb"\uD83D\uDEB2", "🚲"),
        (b"a\x00b", "ab"),
        ("rå ☂".encode(), "rå ☂"),
        (b"\xff", "�"),
        (rb"\/ \u00e1", "/ á"),
    ],
)
def test_texts_no_database_takes_are_mended(sent: bytes, read_as: str) -> None:
    message = {"id": "w", "type": "text", "text": {"body": "HERE"}}
    body = encoded(change("messages", {"messages": [message]})).replace(b"HERE", sent)

    (happening,) = read(body)

    assert isinstance(happening, h.MessageReceived)
    assert happening.content == h.Text(read_as)
    assert_sound(happening)


@pytest.mark.parametrize(
    ("sent", "seconds"),
    [
        ("1793000000", 1793000000),
        (1793000000, 1793000000),
        (" 1793000000 ", 1793000000),
        (1793000000.7, 1793000000),
        ("1793000000123", 1793000000),
        (1793000000123, 1793000000),
        (0, None),
        (-5, None),
        ("-5", None),
        ("--5", None),
        ("gestern", None),
        ("", None),
        (None, None),
        (True, None),
        ("99999999999999999", None),
        ("१७९३", None),
        ([1793000000], None),
    ],
)
def test_times_come_as_texts_numbers_and_milliseconds(sent: Any, seconds: int | None) -> None:
    message = {"id": "w", "type": "text", "text": {"body": ""}, "timestamp": sent}

    (happening,) = read_value({"messages": [message]})

    assert (int(happening.at.timestamp()) if happening.at else None) == seconds


@pytest.mark.parametrize("broken", ODD, ids=lambda value: repr(value)[:20])
def test_a_broken_sibling_leaves_its_neighbours_alone(broken: Any) -> None:
    one = {"id": "w1", "type": "text", "text": {"body": "1"}}
    two = {"id": "w2", "type": "text", "text": {"body": "2"}}

    first, *_middle, last = read_value({"messages": [one, broken, two]})

    assert isinstance(first, h.MessageReceived)
    assert isinstance(last, h.MessageReceived)
    assert (first.wamid, last.wamid) == ("w1", "w2")
    assert last.path == "entry[0].changes[0].value.messages[2]"


def test_a_mistake_of_our_own_costs_one_message_only(monkeypatch: pytest.MonkeyPatch) -> None:
    from inbox.whatsapp.payloads import changes

    def stumble(fragment: Any) -> h.Happening:
        if fragment.raw["id"] == "w1":
            raise KeyError("secret")
        return fragment.unknown("fine")  # type: ignore[no-any-return]

    monkeypatch.setitem(changes._CONVERSATION, "messages", stumble)

    first, second = read_value({"messages": [{"id": "w1"}, {"id": "w2"}]})

    assert getattr(first, "reason", "") == "KeyError while reading"
    assert getattr(second, "reason", "") == "fine"


def test_a_thousand_statuses_are_read_one_by_one() -> None:
    statuses = [{"id": f"w{n}", "status": "read", "timestamp": "1"} for n in range(1000)]

    happenings = read_value({"statuses": statuses})

    assert [getattr(x, "wamid", "") for x in happenings] == [f"w{n}" for n in range(1000)]
