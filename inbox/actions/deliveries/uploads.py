"""Bringing our files to WhatsApp before the message that shows them."""

from __future__ import annotations

import mimetypes
from datetime import datetime, timedelta
from typing import BinaryIO, cast

from inbox import graph
from inbox.models import Attachment, Channel

# Meta keeps uploads for 30 days; a day is room for clocks and queues.
GOOD_FOR = timedelta(days=29)


def is_fresh(attachment: Attachment, now: datetime) -> bool:
    uploaded_at = attachment.media_id_at
    if not attachment.media_id or uploaded_at is None:
        return False
    return now - uploaded_at < GOOD_FOR


def upload(attachment: Attachment, channel: Channel) -> str:
    """Return Meta's id for the file. Raises GraphError or OSError; touches no database."""
    with attachment.file.open("rb") as file:
        return graph.client_of(channel).upload_media(
            channel.phone_number_id,
            cast(BinaryIO, file),
            mime_type=attachment.mime_type,
            filename=_filename(attachment),
            token=graph.token_of(channel),
        )


def _filename(attachment: Attachment) -> str:
    """Only its ending matters to Meta; names that people gave stay with us and the customer."""
    return f"file{mimetypes.guess_extension(attachment.mime_type) or ''}"
