"""inbox.actions.media.fetch"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import timedelta
from typing import BinaryIO

import pytest
from django.utils import timezone
from PIL import Image

from inbox import events, graph
from inbox.actions import media
from inbox.models import Attachment, Channel
from inbox.whatsapp import (
    Downloaded,
    ErrorClass,
    GraphError,
    MediaInfo,
    MediaRefused,
    NoAnswer,
)
from tests.factories import make_conversation, make_message

pytestmark = pytest.mark.django_db


def _picture() -> bytes:
    into = io.BytesIO()
    Image.new("RGB", (900, 600), "blue").save(into, "PNG")
    return into.getvalue()


PICTURE = _picture()
SHA256 = hashlib.sha256(PICTURE).hexdigest()


class MediaHost:
    """Stands in for the Graph client where it hands out files."""

    def __init__(self, body: bytes = PICTURE) -> None:
        self.body = body
        self.size: int | None = len(body)
        self.trouble: Exception | None = None
        self.asked: list[tuple[str, str, object, int]] = []

    def media_info(self, media_id: str, *, phone_number_id: str, token: object) -> MediaInfo:
        self.asked.append((media_id, phone_number_id, token, 0))
        return MediaInfo(media_id=media_id, url="https://x.fbsbx.com/1", size=self.size)

    def download_media(
        self, url: str, into: BinaryIO, *, token: object, max_bytes: int
    ) -> Downloaded:
        self.asked.append((url, "", token, max_bytes))
        if self.trouble:
            raise self.trouble
        into.write(self.body)
        digest = hashlib.sha256(self.body).hexdigest()
        return Downloaded(size=len(self.body), sha256=digest, mime_type="text/html")


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> MediaHost:
    host = MediaHost()
    client_of: Callable[[Channel], MediaHost] = lambda channel: host  # noqa: E731
    monkeypatch.setattr(graph, "client_of", client_of)
    return host


@pytest.fixture
def attachment() -> Attachment:
    message = make_message(make_conversation(), "", kind="image")
    return Attachment.objects.create(
        message=message,
        kind="image",
        media_id="7001",
        claimed_type="image/jpeg",
        claimed_sha256=SHA256,
        due_at=timezone.now() - timedelta(seconds=1),
    )


def test_it_keeps_the_file_and_makes_it_small(
    host: MediaHost, attachment: Attachment, published: list[events.HintBody]
) -> None:
    media.fetch(attachment.pk)

    attachment.refresh_from_db()
    assert (attachment.state, attachment.due_at) == ("stored", None)
    with attachment.file.open() as file:
        assert file.read() == PICTURE
    assert (attachment.size, attachment.sha256) == (len(PICTURE), SHA256)
    assert attachment.mime_type == "image/png"  # not what the sender says, nor the server
    assert not attachment.hash_differs
    assert attachment.thumbnail
    assert (attachment.width, attachment.height) == (900, 600)
    assert published == [events.about(attachment.message.conversation)]
    number = attachment.message.channel.phone_number_id
    assert host.asked[0][:3] == ("7001", number, "test-token")
    assert host.asked[1][3] == 100_000_000


def test_the_bubble_is_told_to_change(host: MediaHost, attachment: Attachment) -> None:
    before = attachment.message.changed_at
    media.fetch(attachment.pk)

    attachment.message.refresh_from_db()
    assert attachment.message.changed_at > before


def test_fetching_again_does_nothing(host: MediaHost, attachment: Attachment) -> None:
    media.fetch(attachment.pk)
    media.fetch(attachment.pk)

    assert len(host.asked) == 2


def test_two_workers_do_not_fetch_the_same(host: MediaHost, attachment: Attachment) -> None:
    media._claim(attachment.pk, timezone.now())
    media.fetch(attachment.pk)

    assert host.asked == []
    attachment.refresh_from_db()
    assert attachment.due_at is not None  # should the other die, the sweeper comes


@pytest.mark.parametrize("change", ["hash", "size"])
def test_a_file_that_differs_is_kept_with_a_warning(
    host: MediaHost, attachment: Attachment, change: str
) -> None:
    if change == "hash":
        Attachment.objects.update(claimed_sha256="0" * 64)
    else:
        host.size = 5
    media.fetch(attachment.pk)

    attachment.refresh_from_db()
    assert attachment.state == "stored"
    assert attachment.hash_differs


def test_a_picture_that_is_html_is_kept_as_html(
    host: MediaHost, attachment: Attachment
) -> None:
    host.body = b"<html><script>alert(1)</script></html>"
    media.fetch(attachment.pk)

    attachment.refresh_from_db()
    assert (attachment.state, attachment.mime_type) == ("stored", "text/html")
    assert not attachment.thumbnail


@pytest.mark.parametrize(
    ("trouble", "word"),
    [
        (MediaRefused("size"), "too_large"),
        (MediaRefused("address"), "refused"),
        (GraphError(ErrorClass.BAD_REQUEST, code=100, subcode=33, http_status=400), "gone"),
    ],
    ids=["too large", "strange address", "deleted"],
)
def test_what_will_never_come_fails_with_a_word(
    host: MediaHost,
    attachment: Attachment,
    published: list[events.HintBody],
    trouble: Exception,
    word: str,
) -> None:
    host.trouble = trouble
    media.fetch(attachment.pk)

    attachment.refresh_from_db()
    assert (attachment.state, attachment.failure, attachment.due_at) == ("failed", word, None)
    assert len(published) == 1


@pytest.mark.parametrize(
    "trouble",
    [
        NoAnswer(ErrorClass.RETRY_DOUBTFUL),
        GraphError(ErrorClass.MEDIA, http_status=404),
        GraphError(ErrorClass.AUTH, code=190, http_status=401),
        MediaRefused("time"),
    ],
    ids=["no answer", "address is over", "token", "slow"],
)
def test_what_may_come_yet_is_tried_again_later(
    host: MediaHost, attachment: Attachment, trouble: Exception
) -> None:
    host.trouble = trouble
    media.fetch(attachment.pk)

    attachment.refresh_from_db()
    assert (attachment.state, attachment.attempts) == ("pending", 1)
    assert attachment.due_at is not None
    assert attachment.due_at > timezone.now()


def test_it_gives_up_in_the_end(host: MediaHost, attachment: Attachment) -> None:
    host.trouble = NoAnswer(ErrorClass.RETRY_DOUBTFUL)
    for _ in range(len(media.PAUSES) + 1):
        Attachment.objects.update(due_at=timezone.now() - timedelta(seconds=1))
        media.fetch(attachment.pk)

    attachment.refresh_from_db()
    assert (attachment.state, attachment.due_at) == ("failed", None)
    assert attachment.failure


def test_all_tries_lie_within_what_meta_keeps() -> None:
    assert sum(media.PAUSES, timedelta()) < timedelta(days=7)
