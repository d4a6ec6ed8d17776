"""Files that go along with a quick reply, looked at as those from the composer are."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from inbox import media_files
from inbox.actions.replies.stored_files import clean_name
from inbox.models import Agent, QuickReply, QuickReplyEvent, QuickReplyFile
from inbox.whatsapp import NotSendable, media_kinds

__all__ = ["MOST", "NotSendable", "change", "require_sendable"]

MOST = 5


def require_sendable(file: UploadedFile[bytes]) -> None:
    """Raises NotSendable for what WhatsApp does not take."""
    size = file.size or 0
    if not size:
        raise NotSendable("file", _("This file is empty."))
    too_large = size > settings.MAX_UPLOAD_BYTES
    if too_large or media_kinds.kind_for(media_files.sniff(file), size) is None:
        raise NotSendable("file", _("WhatsApp takes files of up to 100 MB."))


def change(
    reply: QuickReply,
    *,
    add: Sequence[UploadedFile[bytes]],
    remove: Collection[str],
    by: Agent | None,
) -> None:
    """``remove``: codes. Bytes leave the disk only once nothing points to them."""
    made = [_stored(file) for file in add]
    try:
        _write(reply, made, remove, by=by)
    except BaseException:
        _forget(made)
        raise


@transaction.atomic
def _write(
    reply: QuickReply, made: list[QuickReplyFile], remove: Collection[str], *, by: Agent | None
) -> None:
    QuickReply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    gone = list(reply.files.filter(code__in=remove))
    reply.files.filter(pk__in=[file.pk for file in gone]).delete()
    last = reply.files.aggregate(last=Max("position"))["last"] or 0
    for position, file in enumerate(made, last + 1):
        file.quick_reply, file.position = reply, position
        file.save(force_insert=True)
    if made or gone:
        detail = {"added": [f.name for f in made], "removed": [f.name for f in gone]}
        QuickReplyEvent.objects.create(quick_reply=reply, by=by, what="files", detail=detail)
    transaction.on_commit(lambda: _forget(gone))


def _stored(file: UploadedFile[bytes]) -> QuickReplyFile:
    row = QuickReplyFile(
        name=clean_name(file.name or ""), mime=media_files.sniff(file), size=file.size or 0
    )
    file.seek(0)
    row.file.save("", file, save=False)
    return row


def _forget(files: list[QuickReplyFile]) -> None:
    for file in files:
        file.file.storage.delete(file.file.name or "")
