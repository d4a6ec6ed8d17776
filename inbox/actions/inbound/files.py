"""Files that came with messages: noted as pending, fetched by a task of their own."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence

from django.utils import timezone

from inbox.actions.inbound.news import News
from inbox.models import Attachment, Message
from inbox.whatsapp import media_kinds
from inbox.whatsapp.happenings import Media, Sent

_HEX = re.compile(r"[0-9a-f]{64}")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\\u202a-\u202e\u2066-\u2069]+")


UNAVAILABLE = 131052  # WhatsApp could not take the file over itself


def expect(sent: Sequence[tuple[Message, Sent]], news: News) -> None:
    """Of those that hold a file."""
    stored = Attachment.objects.bulk_create(
        [
            _pending(message, said.content, {error.code for error in said.errors})
            for message, said in sent
            if isinstance(said.content, Media) and not said.group_id
        ]
    )
    news.files += [a.pk for a in stored if a.state == Attachment.State.PENDING]


def _pending(message: Message, media: Media, errors: set[int]) -> Attachment:
    now = timezone.now()
    attachment = Attachment(
        message=message,
        kind=media.kind[:16],
        media_id=media.media_id[:128],
        claimed_type=media_kinds.plain_mime(media.mime_type)[:120],
        claimed_sha256=hex_of(media.sha256),
        filename=safe_name(media.filename),
        due_at=now,
        created_at=now,
    )
    if UNAVAILABLE in errors or not 0 < len(media.media_id) <= 128:
        attachment.state, attachment.due_at = Attachment.State.FAILED, None
        attachment.failure = "unavailable"
    return attachment


def hex_of(claimed: str) -> str:
    """A SHA-256 as Meta writes it, in base64 or hex; "" when it is neither."""
    if _HEX.fullmatch(claimed.lower()):
        return claimed.lower()
    try:
        digest = base64.b64decode(claimed, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return digest.hex() if len(digest) == 32 else ""


def safe_name(filename: str) -> str:
    """For people and for Content-Disposition only: names never reach the disk."""
    return _UNSAFE.sub(" ", filename).strip()[:255]
