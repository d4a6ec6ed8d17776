"""A file of a message: how it is shown, and in words why it is not there."""

from __future__ import annotations

from typing import NamedTuple, TypedDict

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.addresses import address
from inbox.bubbles.surroundings import StoredFile
from inbox.models import Attachment
from inbox.stencils import Word

State = Attachment.State


class Sender(NamedTuple):
    """A name, or for what no person of ours wrote, how it was sent."""

    name: str
    is_named: bool


class File(TypedDict):
    shown_as: Word  # picture, video, sound, document; "" while there is nothing to show
    pending: bool
    failure: str
    url: str
    thumbnail: str
    name: str  # of a document, or as announced while there is nothing to show
    label: str  # what it is and who sent it, for those who do not see it
    size: str
    width: str
    height: str
    note: str


def file_of(file: StoredFile, sender: Sender) -> File:
    stored = file.state == State.STORED
    shown = shown_as(file.mime_type) if stored else ""
    is_document = shown == "document"
    return File(
        shown_as=Word(shown),
        pending=file.state == State.PENDING,
        failure=_failure(file.failure) if file.state == State.FAILED else "",
        url=address("media", file.code) if stored else "",
        thumbnail=address("media_thumbnail", file.code) if file.thumbnail else "",
        name=file.filename or _default_name(file.kind) if is_document else _announced(file),
        label=_label(shown, sender),
        size=filesizeformat(file.size) if is_document and file.size else "",
        width=str(file.width or ""),
        height=str(file.height or ""),
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


def _announced(file: StoredFile) -> str:
    return "" if file.state == State.STORED else file.filename


def _label(shown: str, sender: Sender) -> str:
    if shown not in LABELS:
        return ""
    what, from_whom = LABELS[shown]
    return from_whom % {"name": sender.name} if sender.is_named else f"{what} · {sender.name}"


SAFE_PICTURES = {"image/jpeg", "image/png", "image/webp", "image/gif"}


LABELS = {
    "picture": (gettext_lazy("Picture"), gettext_lazy("Picture from %(name)s")),
    "video": (gettext_lazy("Video"), gettext_lazy("Video from %(name)s")),
    "sound": (gettext_lazy("Sound"), gettext_lazy("Sound from %(name)s")),
}
NAMES: dict[str, str | Promise] = {
    "image": gettext_lazy("Picture"),
    "video": gettext_lazy("Video"),
    "audio": gettext_lazy("Sound"),
    "voice": gettext_lazy("Voice message"),
    "sticker": gettext_lazy("Sticker"),
}
FAILURES: dict[str, str | Promise] = {
    "too_large": gettext_lazy("This file is too large to be fetched."),
    "gone": gettext_lazy(
        "WhatsApp no longer has this file. Ask the customer to send it again."
    ),
    "refused": gettext_lazy("WhatsApp did not hand out this file."),
    "missing": gettext_lazy("WhatsApp could not receive this file from the customer."),
}


def _default_name(kind: str) -> str:
    return str(NAMES[kind]) if kind in NAMES else _("Document")


def _failure(word: str) -> str:
    if word in FAILURES:
        return str(FAILURES[word])
    return _("This file could not be fetched. Ask the customer to send it again.")
