"""inbox.actions.replies.send_file"""

from __future__ import annotations

import hashlib
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from consent import gate
from inbox import voice_notes
from inbox.actions import deliveries, replies
from inbox.actions.replies.stored_files import clean_name
from inbox.models import Agent, Attachment, Conversation, Message
from inbox.whatsapp import media_kinds
from tests.factories import make_conversation
from tests.fakes import FakeGraph
from tests.inbox.outbound import files
from tests.inbox.outbound.files import picture, record, send, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation() -> Conversation:
    return make_conversation()


def stored_files(settings: Settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_picture_is_stored_and_queued(conversation: Conversation, agent: Agent) -> None:
    file = picture("Kratzer am Lack.jpg")
    content = file.read()

    message = send(conversation, agent, file, caption=" Look ")

    assert (message.kind, message.body, message.status) == ("image", "Look", "queued")
    attachment = message.attachments.get()
    assert (attachment.state, attachment.kind) == ("stored", "image")
    assert attachment.mime_type == "image/jpeg"  # by its bytes, not by what was claimed
    assert attachment.claimed_type == "application/x-lie"
    assert attachment.filename == "Kratzer am Lack.jpg"
    assert attachment.sha256 == hashlib.sha256(content).hexdigest()
    assert attachment.size == len(content)
    with attachment.file.open() as stored:
        assert stored.read() == content
    assert attachment.thumbnail
    assert (attachment.width, attachment.height) == (32, 24)


def test_it_is_uploaded_and_then_sent(
    whatsapp: FakeGraph, conversation: Conversation, agent: Agent
) -> None:
    message = send(conversation, agent, picture(), caption="Look")

    deliveries.carry(conversation.channel_id)

    assert [request.url.path.rpartition("/")[2] for request in whatsapp.requests] == [
        "media",
        "messages",
    ]
    assert b"image/jpeg" in whatsapp.requests[0].content
    [body] = whatsapp.messages
    assert body["image"] == {"id": "900001", "caption": "Look"}
    attachment = message.attachments.get()
    assert attachment.media_id == "900001"
    assert attachment.media_id_at is not None


@pytest.mark.parametrize(
    ("name", "content", "kind", "mime_type"),
    [
        ("a.pdf", files.PDF, "document", "application/pdf"),
        ("a.mp4", files.MP4, "video", "video/mp4"),
        ("a.ogg", files.ogg(), "audio", "audio/ogg"),
        ("stereo.ogg", files.ogg(2), "document", "application/ogg"),
        ("a.webm", files.WEBM, "document", "video/webm"),
        ("a.txt", b"Hello", "document", "text/plain"),
        ("picture.jpg", files.SVG, "document", "image/svg+xml"),
        ("picture.png", files.HTML, "document", "text/html"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_file_goes_out_as_what_it_is(
    whatsapp: FakeGraph,
    conversation: Conversation,
    agent: Agent,
    name: str,
    content: bytes,
    kind: str,
    mime_type: str,
) -> None:
    message = send(conversation, agent, upload(name, content))
    deliveries.carry(conversation.channel_id)

    attachment = message.attachments.get()
    assert (message.kind, attachment.kind, attachment.mime_type) == (kind, kind, mime_type)
    [body] = whatsapp.messages
    assert body["type"] == kind
    if kind == "document":
        assert body["document"]["filename"] == name


def test_a_picture_too_large_for_a_picture_is_a_document(
    conversation: Conversation, agent: Agent
) -> None:
    large = picture().read() + bytes(media_kinds.IMAGE.max_bytes)

    message = send(conversation, agent, upload("large.jpg", large))

    assert message.kind == "document"


def test_a_voice_note_is_sent_as_one(
    whatsapp: FakeGraph, conversation: Conversation, agent: Agent
) -> None:
    message = send(conversation, agent, upload("voice.ogg", files.ogg()), voice=True)
    deliveries.carry(conversation.channel_id)

    assert message.kind == "voice"
    assert whatsapp.messages[0]["audio"] == {"id": "900001", "voice": True}


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_a_recording_of_the_browser_becomes_a_voice_note(
    conversation: Conversation, agent: Agent, tmp_path: Path
) -> None:
    recording = record(tmp_path, "a.webm", "-c:a", "libopus", "-ac", "2").read()

    message = send(conversation, agent, upload("voice.webm", recording), voice=True)

    attachment = message.attachments.get()
    assert (message.kind, attachment.mime_type) == ("voice", "audio/ogg")
    with attachment.file.open() as stored:
        assert voice_notes.is_ready(stored, attachment.mime_type)


def test_a_recording_that_cannot_be_read_is_refused(
    conversation: Conversation, agent: Agent
) -> None:
    with pytest.raises(replies.NotSendable) as caught:
        send(conversation, agent, upload("voice.webm", files.WEBM), voice=True)

    assert caught.value.field == "file"
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("file", "words", "field"),
    [
        (upload("empty.pdf", b""), {}, "file"),
        (upload("a.ogg", files.ogg()), {"caption": "Listen"}, "caption"),
        (upload("a.pdf", files.PDF), {"caption": "x" * 1025}, "caption"),
    ],
    ids=["empty", "a sound with a caption", "a caption too long"],
)
def test_what_whatsapp_would_refuse_leaves_nothing_behind(
    conversation: Conversation,
    agent: Agent,
    settings: Settings,
    file: SimpleUploadedFile,
    words: dict[str, str],
    field: str,
) -> None:
    with pytest.raises(replies.NotSendable) as caught:
        send(conversation, agent, file, **words)

    assert caught.value.field == field
    assert not Message.objects.exists()
    assert not stored_files(settings)


def test_a_file_beyond_all_limits_is_refused(
    conversation: Conversation, agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = upload("film.bin", b"\x00\x01")
    file.size = media_kinds.DOCUMENT_BYTES + 1

    with pytest.raises(replies.NotSendable, match="100"):
        send(conversation, agent, file)


def test_a_refusal_leaves_no_file_behind(agent: Agent, settings: Settings) -> None:
    conversation = make_conversation(wrote=timedelta(hours=25))

    with pytest.raises(gate.NotAllowed):
        send(conversation, agent, picture())

    assert not stored_files(settings)


def test_a_double_click_stores_one_file(
    conversation: Conversation, agent: Agent, settings: Settings
) -> None:
    key = uuid4()
    words: dict[str, Any] = {"draft_key": key, "by": agent}

    first = replies.send_file(conversation, file=upload("a.pdf", files.PDF), **words)
    again = replies.send_file(conversation, file=upload("a.pdf", files.PDF), **words)

    assert first == again
    assert len(stored_files(settings)) == Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anna\\offer.pdf", "offer.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\nb\x00.pdf", "ab.pdf"),
        ("x" * 300 + ".pdf", "x" * 236 + ".pdf"),
        ("Größe.pdf", "Größe.pdf"),
    ],
)
def test_names_lose_what_could_mislead(given: str, kept: str) -> None:
    assert clean_name(given) == kept
