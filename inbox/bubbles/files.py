"""A file of a message: how it is shown, and in words why it is not there."""

from __future__ import annotations

from typing import TypedDict

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from inbox.bubbles import addresses
from inbox.models import Attachment

State = Attachment.State


class File(TypedDict):
    shown_as: str  # picture, video, sound, document; "" while there is nothing to show
    pending: bool
    failure: str
    url: str
    thumbnail: str
    name: str
    size: str
    width: int | None
    height: int | None
    note: str


def file_of(attachment: Attachment) -> File:
    stored = attachment.state == State.STORED
    return File(
        shown_as=shown_as(attachment.mime_type) if stored else "",
        pending=attachment.state == State.PENDING,
        failure=_failure(attachment) if attachment.state == State.FAILED else "",
        url=addresses.media(attachment.code) if stored else "",
        thumbnail=addresses.thumbnail(attachment.code) if attachment.thumbnail else "",
        name=attachment.filename or _default_name(attachment.kind),
        size=filesizeformat(attachment.size) if attachment.size else "",
        width=attachment.width,
        height=attachment.height,
        note=_("This file differs from what WhatsApp announced. Take care when opening it.")
        if attachment.hash_differs
        else "",
    )


def shown_as(mime_type: str) -> str:
    """By what the bytes are, never by what the sender says."""
    if mime_type in SAFE_PICTURES:
        return "picture"
    if mime_type.startswith("video/"):
        return "video"
    return "sound" if mime_type.startswith("audio/") else "document"


SAFE_PICTURES = {"image/jpeg", "image/png", "image/webp", "image/gif"}


def _default_name(kind: str) -> str:
    names = {
        "image": _("Picture"),
        "video": _("Video"),
        "audio": _("Sound"),
        "voice": _("Voice message"),
        "sticker": _("Sticker"),
    }
    return names.get(kind, _("Document"))


def _failure(attachment: Attachment) -> str:
    sentences = {
        "too_large": _("This file is too large to be fetched."),
        "gone": _("WhatsApp no longer has this file. Ask the customer to send it again."),
        "dangerous": _("This file looked dangerous and was not kept."),
        "refused": _("WhatsApp did not hand out this file."),
        "unavailable": _("WhatsApp could not receive this file from the customer."),
    }
    default = _("This file could not be fetched. Ask the customer to send it again.")
    return sentences.get(attachment.failure, default)
