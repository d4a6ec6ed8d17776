"""Fetching files that customers sent: looked at, kept in storage, shown small.

Claimed by moving ``due_at`` on, so that a worker that dies leaves the file to the sweeper.
The download happens outside any transaction.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from inbox import events, graph, media_files, search
from inbox.actions.inbound.files import hex_of
from inbox.models import Attachment
from inbox.whatsapp import Downloaded, ErrorClass, GraphError, MediaInfo, MediaRefused

logger = logging.getLogger(__name__)
State = Attachment.State

LEASE = timedelta(minutes=10)
# Meta keeps what customers send for seven days; the last try is a day before that.
PAUSES = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=3),
    timedelta(hours=12),
    timedelta(days=2),
    timedelta(days=3),
)
REFUSALS = {"size": "too_large", "address": "refused"}
# Deleted, expired or never ours: asking again will not help.
GONE = frozenset({33, 100, 131052})


def fetch(attachment_id: int) -> None:
    """Fetch one file, unless somebody else is at it or it is settled."""
    now = timezone.now()
    if not _claim(attachment_id, now):
        return
    attachment = Attachment.objects.select_related("message__channel").get(pk=attachment_id)
    try:
        with TemporaryFile() as file:
            info, downloaded = _download(attachment, file)
            _keep(attachment, file, info, downloaded)
    except MediaRefused as refusal:
        _fail(attachment, REFUSALS.get(refusal.reason, ""), now)
    except GraphError as error:
        logger.warning("attachment %s not fetched: %s", attachment.pk, error)
        _fail(attachment, _word_for(error), now)


def _claim(attachment_id: int, now: datetime) -> bool:
    due = Attachment.objects.filter(pk=attachment_id, state=State.PENDING, due_at__lte=now)
    return bool(due.update(due_at=now + LEASE, attempts=F("attempts") + 1))


def _download(attachment: Attachment, file: IO[bytes]) -> tuple[MediaInfo, Downloaded]:
    channel = attachment.message.channel
    client, token = graph.client_of(channel), graph.token_of(channel)
    info = client.media_info(
        attachment.media_id, phone_number_id=channel.phone_number_id, token=token
    )
    into, limit = cast(BinaryIO, file), settings.MEDIA_MAX_BYTES
    return info, client.download_media(info.url, into, token=token, max_bytes=limit)


def _keep(
    attachment: Attachment, file: IO[bytes], info: MediaInfo, downloaded: Downloaded
) -> None:
    attachment.mime_type = media_files.sniff(file)
    attachment.size, attachment.sha256 = downloaded.size, downloaded.sha256
    claimed = attachment.claimed_sha256 or hex_of(info.sha256)
    # A difference is shown to whoever opens the file; it is not thrown away for it.
    attachment.hash_differs = bool(
        (claimed and claimed != downloaded.sha256)
        or (info.size is not None and info.size != downloaded.size)
    )
    attachment.file.save("", File(file), save=False)
    media_files.make_thumbnail(attachment)
    attachment.state, attachment.due_at, attachment.failure = State.STORED, None, ""
    _store(
        attachment,
        *("mime_type", "size", "sha256", "hash_differs", "file", "thumbnail"),
        *("width", "height"),
    )


def _word_for(error: GraphError) -> str:
    """Why it will never come; "" when it may come yet."""
    if error.kind is ErrorClass.BAD_REQUEST or error.code in GONE:
        return "gone"
    return ""


def _fail(attachment: Attachment, word: str, now: datetime) -> None:
    """Give up with this word; without one, try again later as long as that makes sense."""
    if not word and attachment.attempts <= len(PAUSES):
        Attachment.objects.filter(pk=attachment.pk).update(
            due_at=now + PAUSES[attachment.attempts - 1]
        )
        return
    attachment.state, attachment.due_at = State.FAILED, None
    attachment.failure = word or "gone"
    _store(attachment)


@transaction.atomic
def _store(attachment: Attachment, *fields: str) -> None:
    """The row, and word to those who look at the bubble."""
    message: Any = attachment.message
    attachment.save(update_fields=["state", "due_at", "failure", *fields])
    message.changed_at = timezone.now()
    message.save(update_fields=["changed_at"])
    search.index_messages([message])
    events.publish(events.about(message.conversation))
