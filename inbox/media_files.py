"""What a file really is, and a small picture of it. Nothing of it is believed or run.

The type comes from the bytes. Only four picture formats are ever decoded, with a limit on
pixels and on bytes; what is larger or broken is kept as it came, without a thumbnail.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

from inbox.models import Attachment

HEAD_BYTES = 4096
THUMBNAIL_SIDE = 640
MAX_PICTURE_BYTES = 25 * 2**20
# A JPEG is scaled while it is decoded, so it may have more pixels for the same memory.
MAX_PIXELS = 20_000_000
MAX_JPEG_PIXELS = 40_000_000
FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/gif": "GIF",
}
TURNED = frozenset({5, 6, 7, 8})  # EXIF orientations that swap width and height
UNKNOWN = "application/octet-stream"

# Refused by Pillow as soon as it has read the size, before anything is decoded.
Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
)
_OFFICE = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OLD_OFFICE = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
}
_MARKUP = re.compile(
    rb"<(!doctype|html|head|body|script|iframe|svg|\?xml|!--|style|title|a |div|img|meta)",
    re.IGNORECASE,
)


def sniff(file: IO[bytes] | Any) -> str:
    """The type that the first bytes show; plain text and unknown bytes are that."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    name = getattr(file, "name", "") or ""
    return type_of(head, name if isinstance(name, str) else "")


def type_of(head: bytes, name: str = "") -> str:
    for magic, mime_type in _MAGIC:
        if head.startswith(magic):
            return _old_office(name) if mime_type == "application/x-ole-storage" else mime_type
    if head.startswith(b"RIFF"):
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12])
    if head.startswith(b"PK\x03\x04"):
        inside = (mime for part, mime in _OFFICE.items() if part in head)
        return next(inside, "application/zip")
    return _text_type(head)


def _by_brand(brand: bytes) -> str:
    """The container of MP4 and its relatives names what it is for."""
    if brand in {b"M4A ", b"M4B "}:
        return "audio/mp4"
    if brand.startswith(b"3g"):
        return "video/3gpp"
    if brand in {b"heic", b"heix", b"mif1", b"msf1", b"avif"}:
        return "image/avif" if brand == b"avif" else "image/heic"
    return "video/quicktime" if brand == b"qt  " else "video/mp4"


def _old_office(name: str) -> str:
    ending = "." + name.rpartition(".")[2].lower()
    return _OLD_OFFICE.get(ending, "application/x-ole-storage")


def _text_type(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1024]
    if _MARKUP.search(start):
        return "image/svg+xml" if b"<svg" in start.lower() else "text/html"
    if not head or b"\x00" in head:
        return UNKNOWN
    try:
        # The last character may be cut in half.
        head[:-4].decode("utf-8")
    except UnicodeDecodeError:
        return UNKNOWN
    return "text/plain"


def make_thumbnail(attachment: Attachment) -> bool:
    """Note size and thumbnail of a stored picture; the row is not saved. False: none made."""
    if attachment.mime_type not in FORMATS or not attachment.file:
        return False
    with _opened(attachment) as file:
        if attachment.file.size > MAX_PICTURE_BYTES:
            return False
        try:
            small, size = _shrink(file, FORMATS[attachment.mime_type])
        except Exception:  # whatever a hostile file does to the decoder: no thumbnail
            return False
    attachment.width, attachment.height = size
    attachment.thumbnail.save("", ContentFile(small), save=False)
    return True


@contextmanager
def _opened(attachment: Attachment) -> Iterator[IO[bytes]]:
    with attachment.file.storage.open(attachment.file.name or "") as file:
        yield cast(IO[bytes], file)


def _shrink(file: IO[bytes], format_name: str) -> tuple[bytes, tuple[int, int]]:
    """A small first frame without anything but pixels, and how large the original is."""
    with Image.open(file, formats=[format_name]) as picture:
        limit = MAX_JPEG_PIXELS if format_name == "JPEG" else MAX_PIXELS
        if picture.width * picture.height > limit:
            raise Image.DecompressionBombError
        width, height = picture.size
        if picture.getexif().get(0x0112) in TURNED:
            width, height = height, width
        picture.draft("RGB", (THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        picture.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        upright = ImageOps.exif_transpose(picture)
    return _encoded(upright), (width, height)


def _encoded(picture: Image.Image) -> bytes:
    transparent = picture.has_transparency_data
    clean = picture.convert("RGBA" if transparent else "RGB")
    clean.info.clear()  # no place, no camera, no colour profile
    into = io.BytesIO()
    clean.save(into, "WEBP" if transparent else "JPEG", quality=80)
    return into.getvalue()
