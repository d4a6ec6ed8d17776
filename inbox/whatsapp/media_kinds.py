"""Which file goes out as what, how large it may be, and which may open in a browser."""

from __future__ import annotations

from dataclasses import dataclass

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE
DOCUMENT_BYTES = 100 * MEGABYTE
VOICE_BYTES = 512 * KILOBYTE  # beyond that WhatsApp shows a voice note as a file


@dataclass(frozen=True, slots=True)
class MediaKind:
    kind: str
    """image, video, audio, sticker or document: the word the API uses."""
    max_bytes: int


IMAGE = MediaKind("image", 5 * MEGABYTE)
VIDEO = MediaKind("video", 16 * MEGABYTE)
AUDIO = MediaKind("audio", 16 * MEGABYTE)
STICKER = MediaKind("sticker", 100 * KILOBYTE)
ANIMATED_STICKER = MediaKind("sticker", 500 * KILOBYTE)
DOCUMENT = MediaKind("document", DOCUMENT_BYTES)

BY_MIME: dict[str, MediaKind] = {
    "image/jpeg": IMAGE,
    "image/png": IMAGE,
    "video/mp4": VIDEO,
    "video/3gpp": VIDEO,
    "audio/aac": AUDIO,
    "audio/amr": AUDIO,
    "audio/mpeg": AUDIO,
    "audio/mp4": AUDIO,
    "audio/ogg": AUDIO,  # Opus only, mono only
}
"""All else goes out as a document."""

DOCUMENTS = frozenset(
    {
        "text/plain",
        "application/pdf",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    }
)
"""Documents WhatsApp promises to take. Others mostly pass, without a promise."""

INLINE = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/gif",
        "video/mp4",
        "video/3gpp",
        "video/webm",
        "audio/aac",
        "audio/amr",
        "audio/mpeg",
        "audio/mp4",
        "audio/ogg",
        "audio/webm",
        "application/pdf",
    }
)
"""What runs nothing when a browser opens it. Never HTML, SVG, XML or scripts."""


def plain_mime(mime_type: str) -> str:
    """``Audio/Ogg; codecs=opus`` → ``audio/ogg``."""
    return mime_type.partition(";")[0].strip().lower()


def kind_for(mime_type: str, size: int) -> MediaKind | None:
    """How to send this file; None if it is too large for WhatsApp altogether.

    What is too large for its own kind still goes out as a document.
    """
    own = BY_MIME.get(plain_mime(mime_type), DOCUMENT)
    return next((kind for kind in (own, DOCUMENT) if size <= kind.max_bytes), None)


def is_safe_inline(mime_type: str) -> bool:
    return plain_mime(mime_type) in INLINE


def can_be_voice(mime_type: str, size: int) -> bool:
    """Shown as a voice note that plays at a tap."""
    return plain_mime(mime_type) == "audio/ogg" and size <= VOICE_BYTES
