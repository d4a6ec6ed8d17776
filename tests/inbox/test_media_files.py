"""inbox.media_files: what a file really is, and a small picture of it"""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from inbox import media_files
from inbox.models import Attachment
from tests.factories import make_conversation, make_message

pytestmark = pytest.mark.django_db


def picture(
    format_name: str = "JPEG", size: tuple[int, int] = (1200, 800), **how: Any
) -> bytes:
    into = io.BytesIO()
    mode = how.pop("mode", "RGB")
    Image.new(mode, size, how.pop("colour", "red")).save(into, format_name, **how)
    return into.getvalue()


def bomb() -> bytes:
    """A tiny PNG that claims to be 30,000 pixels square."""
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    packed = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def stored(body: bytes) -> Attachment:
    attachment = Attachment(message=make_message(make_conversation()), kind="image")
    attachment.mime_type = media_files.sniff(io.BytesIO(body))
    attachment.file.save("", ContentFile(body), save=False)
    return attachment


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (picture("JPEG", (8, 8)), "image/jpeg"),
        (picture("PNG", (8, 8)), "image/png"),
        (picture("GIF", (8, 8)), "image/gif"),
        (picture("WEBP", (8, 8)), "image/webp"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"OggS\x00\x02" + b"\x00" * 20, "audio/ogg"),
        (b"ID3\x04\x00", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"#!AMR\n", "audio/amr"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00", "video/mp4"),
        (b"\x00\x00\x00\x20ftypM4A \x00\x00", "audio/mp4"),
        (b"\x00\x00\x00\x20ftyp3gp5\x00\x00", "video/3gpp"),
        (b"\x00\x00\x00\x20ftypqt  \x00\x00", "video/quicktime"),
        (b"\x1a\x45\xdf\xa3\x01", "video/webm"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"[Content_Types].xml", "application/zip"),
        (
            b"PK\x03\x04" + b"\x00" * 26 + b"word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "image/svg+xml"),
        (b"\xef\xbb\xbf \n<?xml version='1.0'?><svg>", "image/svg+xml"),
        (b"<!-- hi --><html><script>alert(1)</script>", "text/html"),
        (b"GIF<html>", "text/html"),
        (b"Dear customer,\nhello", "text/plain"),
        ("Grüße aus Köln".encode(), "text/plain"),
        (b"MZ\x90\x00", "application/x-msdownload"),
        (b"\x00\x01\x02\x03", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_the_bytes_say_what_it_is(head: bytes, expected: str) -> None:
    file = io.BytesIO(head)
    assert media_files.sniff(file) == expected
    assert file.tell() == 0


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_gets_a_thumbnail(format_name: str) -> None:
    attachment = stored(picture(format_name))

    assert media_files.make_thumbnail(attachment)

    assert (attachment.width, attachment.height) == (1200, 800)
    with attachment.thumbnail.open() as file, Image.open(file) as small:
        assert small.size == (640, 427)


def test_a_picture_on_its_side_is_turned_and_tells_no_place() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned to the right
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0)}  # where it was taken
    attachment = stored(picture(exif=exif))

    media_files.make_thumbnail(attachment)

    assert (attachment.width, attachment.height) == (800, 1200)
    with attachment.thumbnail.open() as file, Image.open(file) as small:
        assert small.height > small.width
        assert not small.getexif()
        assert "exif" not in small.info


def test_a_see_through_picture_stays_so() -> None:
    attachment = stored(picture("PNG", mode="RGBA", colour=(255, 0, 0, 0)))
    media_files.make_thumbnail(attachment)

    with attachment.thumbnail.open() as file, Image.open(file) as small:
        assert (small.format, small.mode) == ("WEBP", "RGBA")


@pytest.mark.parametrize(
    "body",
    [
        bomb(),
        picture("PNG", (6000, 4000)),
        picture()[:2000],
        b"\xff\xd8\xff" + b"nonsense" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html><img src=x onerror=alert(1)>",
        b"%PDF-1.7 " + b"x" * 100,
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
    ],
    ids=["bomb", "too many pixels", "cut off", "lie", "svg", "html", "pdf", "postscript"],
)
def test_what_is_dangerous_or_broken_gets_none(body: bytes) -> None:
    attachment = stored(body)

    assert not media_files.make_thumbnail(attachment)

    assert not attachment.thumbnail
    assert attachment.width is None


def test_a_huge_file_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    attachment = stored(picture())
    monkeypatch.setattr(media_files, "MAX_PICTURE_BYTES", 100)

    assert not media_files.make_thumbnail(attachment)
