"""A second thought: sending once more what failed, taking back what has not left."""

from __future__ import annotations

import uuid

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inbox import failures
from inbox.actions.deliveries import classes, endings
from inbox.actions.replies.queueing import Draft, hold, queue
from inbox.actions.replies.stored_files import forget_unless_used
from inbox.models import Agent, Attachment, Message
from inbox.whatsapp import NotSendable


def resend(message: Message, *, by: Agent) -> Message:
    """Send it anew, as a message of its own: the old one keeps its fate for all to see.

    The answer to a person's word; nothing sends twice by itself. Doing it again finds the
    first new message.
    """
    template = classes.templates_of([message], message.channel)
    attachment = _copy_of_file(message)
    with forget_unless_used(attachment), transaction.atomic():
        hold(message.conversation)
        message.refresh_from_db()
        if again := message.content.get("resent_as"):
            return Message.objects.get(pk=again)
        if not failures.can_resend(message):
            raise NotSendable("message", _("This message cannot be sent again now."))
        draft = Draft(
            Message.Kind(message.kind),
            message.body,
            dict(message.content),
            classes.template_of(message, template),
            attachment,
        )
        new = queue(
            message.conversation, draft, draft_key=uuid.uuid4(), by=by, quoted=message.quoted
        )
        endings.change(message, due_at=None, content=message.content | {"resent_as": new.pk})
        return new


def _copy_of_file(message: Message) -> Attachment | None:
    """Each message has a file of its own, so that either can be deleted."""
    old = message.attachments.first()
    if old is None:
        return None
    new = Attachment(
        kind=old.kind,
        state=old.state,
        claimed_type=old.claimed_type,
        mime_type=old.mime_type,
        filename=old.filename,
        size=old.size,
        sha256=old.sha256,
        width=old.width,
        height=old.height,
    )
    for field in ("file", "thumbnail"):
        if stored := getattr(old, field):
            with stored.open("rb") as source:
                getattr(new, field).save("", File(source), save=False)
    return new


def discard(message: Message, *, by: Agent) -> None:
    """Take back what waits in the queue. What a carrier has claimed is on its way."""
    with transaction.atomic():
        queued = endings.hold(message.pk)
        if queued.status != Message.Status.QUEUED:
            raise NotSendable("message", _("It is too late: the message is on its way."))
        endings.fail(queued, failures.DISCARDED)
    endings.follow(queued)
    message.refresh_from_db()
