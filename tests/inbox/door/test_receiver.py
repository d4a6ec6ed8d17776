"""GET and POST /webhooks/whatsapp/"""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from django.db import connection

from inbox import nudges
from inbox.door import receiver
from inbox.door.receiver import Receiver, lane_of
from inbox.encryption import fingerprint
from inbox.models import AppSecret, Webhook
from inbox.whatsapp import signature
from tests.factories import APP_SECRET, make_channel
from tests.inbox.door.posting import BODY, call, post

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_stores_a_signed_post_byte_for_byte(door: Receiver) -> None:
    make_channel()
    body = b'{"object":"x",  "entry":[{"metadata":{"phone_number_id": "109"}}], "a":"\\u00e1"}'

    assert post(door, body) == 200

    webhook = Webhook.objects.get()
    assert bytes(webhook.body) == body
    assert webhook.lane == "109"
    assert webhook.signed_by == fingerprint(APP_SECRET)
    assert webhook.processed_at is None


def test_it_nudges_a_drainer_after_the_commit(
    door: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_channel()
    seen: list[tuple[str, int]] = []

    def look(task: Any, lane: str) -> None:
        seen.append((lane, Webhook.objects.count()))
        connection.close()

    monkeypatch.setattr(nudges, "now", look)

    post(door, b'{"phone_number_id":"7"}')
    door.intake.close()

    assert seen == [("7", 1)]


@pytest.mark.parametrize(
    "header",
    [
        "",
        "sha256=" + "0" * 64,
        "sha256=" + "0" * 63,
        "sha1=" + "0" * 40,
        "sha256=" + "é" * 64,
        signature.sign(BODY, "somebody else's"),
        signature.sign(BODY + b" ", APP_SECRET),
        signature.sign(BODY, APP_SECRET).upper(),
    ],
    ids=["none", "wrong", "short", "sha1", "no ascii", "other secret", "other body", "upper"],
)
def test_a_bad_signature_is_refused_and_nothing_is_kept(door: Receiver, header: str) -> None:
    make_channel()

    assert post(door, BODY, header) == 403
    assert not Webhook.objects.exists()


def test_without_any_number_nobody_can_sign(door: Receiver) -> None:
    assert post(door, BODY, signature.sign(BODY, "")) == 403


def test_each_secret_of_each_number_counts(door: Receiver) -> None:
    make_channel(secret="first")
    channel = make_channel(secret="second")
    AppSecret.objects.create(channel=channel, secret="third", fingerprint=fingerprint("third"))

    for secret in ("third", "first", "second", "first"):
        assert post(door, BODY, signature.sign(BODY, secret)) == 200

    signers = list(Webhook.objects.order_by("pk").values_list("signed_by", flat=True))
    assert signers == [fingerprint(s) for s in ("third", "first", "second", "first")]


def test_a_secret_stored_a_moment_ago_works(
    door: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_channel(secret="old")
    assert post(door, BODY, signature.sign(BODY, "old")) == 200
    make_channel(secret="new")
    monkeypatch.setattr("inbox.door.receiver.PATIENCE_SECONDS", -1.0)

    assert post(door, BODY, signature.sign(BODY, "new")) == 200


def test_a_retired_number_no_longer_signs(door: Receiver) -> None:
    channel = make_channel()
    channel.retired_at = channel.created_at
    channel.save()

    assert post(door, BODY) == 403


def test_four_megabytes_are_taken_and_one_byte_more_is_not(door: Receiver) -> None:
    make_channel()
    largest = b" " * (4 * 2**20)

    assert post(door, largest) == 200
    assert post(door, largest + b" ") == 413
    assert Webhook.objects.count() == 1


def test_a_long_body_is_refused_before_it_is_read(door: Receiver) -> None:
    make_channel()
    assert post(door, BODY, **{"Content-Length": str(4 * 2**20 + 1)}) == 413


def test_a_body_that_never_ends_is_cut_off(door: Receiver) -> None:
    make_channel()
    chunks = [b"x" * 2**20] * 50

    assert post(door, BODY, chunks=chunks) == 413


def test_a_body_in_pieces_is_one_body(door: Receiver) -> None:
    make_channel()
    assert post(door, BODY, chunks=[BODY[:9], BODY[9:10], BODY[10:]]) == 200
    assert bytes(Webhook.objects.get().body) == BODY


def test_whoever_hangs_up_halfway_leaves_nothing(door: Receiver) -> None:
    make_channel()

    async def hang_up() -> tuple[int, bytes]:
        headers = {"X-Hub-Signature-256": signature.sign(BODY, APP_SECRET)}
        told = [{"type": "http.request", "body": BODY[:5], "more_body": True}]
        scope = {
            "type": "http",
            "method": "POST",
            "query_string": b"",
            "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
        }

        async def receive() -> Any:
            return told.pop() if told else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            raise AssertionError("nobody listens any more")

        await door.respond(scope, receive, send)
        return 0, b""

    asyncio.run(hang_up())
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("hub.mode=subscribe&hub.verify_token=test-verify&hub.challenge=1158", (200, b"1158")),
        ("hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1158", (403, b"")),
        ("hub.mode=subscribe&hub.verify_token=&hub.challenge=1158", (403, b"")),
        ("hub.mode=other&hub.verify_token=test-verify&hub.challenge=1158", (403, b"")),
        ("hub.mode=subscribe&hub.verify_token=test-verify", (403, b"")),
        (
            "hub.mode=subscribe&hub.verify_token=test-verify&hub.challenge=" + "1" * 201,
            (403, b""),
        ),
        ("hub.mode=subscribe&hub.verify_token=\xff&hub.challenge=1", (403, b"")),
        ("&".join(["a=b"] * 50), (403, b"")),
        ("", (403, b"")),
    ],
    ids=["right", "wrong", "empty", "mode", "no challenge", "long", "bytes", "many", "none"],
)
def test_the_handshake(door: Receiver, query: str, expected: tuple[int, bytes]) -> None:
    make_channel()
    assert asyncio.run(call(door, "GET", query=query)) == expected


def test_other_methods_are_not_for_this_door(door: Receiver) -> None:
    assert asyncio.run(call(door, "PUT", chunks=[BODY]))[0] == 405


@pytest.mark.parametrize(
    ("body", "lane"),
    [
        (b'{"phone_number_id":"109200774410451"}', "109200774410451"),
        (b'{"phone_number_id" : 42}', "42"),
        (b'{"phone_number_id":"1"},{"phone_number_id":"2"}', "1"),
        (b'{"phone_number_id":"' + b"9" * 65 + b'"}', ""),
        (b'{"phone_number_id":"\\u0031"}', ""),
        (b"\xff\xfe", ""),
        (json.dumps({"entry": []}).encode(), ""),
    ],
    ids=["digits", "number", "first", "too long", "escaped", "no text", "none"],
)
def test_the_lane_is_the_first_number_in_the_body(body: bytes, lane: str) -> None:
    assert lane_of(body) == lane


def test_the_application_answers_the_lifespan(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    said: list[str] = []

    async def receive() -> Any:
        return told.pop(0)

    async def send(message: Any) -> None:
        said.append(message["type"])

    asyncio.run(receiver.application({"type": "lifespan"}, receive, send))

    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
