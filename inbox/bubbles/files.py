"""A file of a message: how it is shown, and in words why it is not there."""

from __future__ import annotations

from typing import TypedDict

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from inbox.addresses import address
from inbox.bubbles.surroundings import StoredFile
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


def file_of(file: StoredFile) -> File:
    stored = file.state == State.STORED
    return File(
        shown_as=shown_as(file.mime_type) if stored else "",
        pending=file.state == State.PENDING,
        failure=_failure(file.failure) if file.state == State.FAILED else "",
        url=address("media", file.code) if stored else "",
        thumbnail=address("media_thumbnail", file.code) if file.thumbnail else "",
        name=file.filename or _default_name(file.kind),
        size=filesizeformat(file.size) if file.size else "",
        width=file.width,
        height=file.height,
        note=_("This file differs from what WhatsApp announced. Take care when opening it.")
        if file.hash_differs
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


def _failure(word: str) -> str:
    sentences = {
        "too_large": _("This file is too large to be fetched."),
        "gone": _("WhatsApp no longer has this file. Ask the customer to send it again."),
        "refused": _("WhatsApp did not hand out this file."),
        "missing": _("WhatsApp could not receive this file from the customer."),
    }
    default = _("This file could not be fetched. Ask the customer to send it again.")
    return sentences.get(word, default)
