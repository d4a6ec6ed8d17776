"""Small files of many kinds, made on the spot, and sending them."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from inbox.actions import replies
from inbox.models import Agent, Conversation, Message


def picture(name: str = "photo.jpg", form: str = "JPEG") -> SimpleUploadedFile:
    bytes_ = io.BytesIO()
    Image.new("RGB", (32, 24), "teal").save(bytes_, form)
    return SimpleUploadedFile(name, bytes_.getvalue(), "application/x-lie")


def upload(name: str, content: bytes, claimed: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, claimed or "application/octet-stream")


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><script>alert(1)</script>"
WEBM = b"\x1a\x45\xdf\xa3" + bytes(60)


def ogg(channels: int = 1) -> bytes:
    """The first page of Opus in Ogg."""
    head = b"OpusHead\x01" + bytes([channels]) + b"\x38\x01\x80\xbb\x00\x00\x00\x00\x00"
    page = b"OggS\x00\x02" + bytes(8) + b"\x01\x00\x00\x00" + bytes(4) + bytes(4) + b"\x01"
    return page + bytes([len(head)]) + head


def record(folder: Path, name: str, *options: str) -> ContentFile[bytes]:
    """A second of a tone, as a browser would record it."""
    path = folder / name
    tone = ["-f", "lavfi", "-i", "sine=frequency=440:duration=1"]
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", *tone, *options, str(path)]
    subprocess.run(command, check=True, timeout=30)
    return ContentFile(path.read_bytes(), name=name)


def send(
    conversation: Conversation, agent: Agent, file: SimpleUploadedFile, **words: Any
) -> Message:
    return replies.send_file(conversation, file=file, **words, draft_key=uuid4(), by=agent)
