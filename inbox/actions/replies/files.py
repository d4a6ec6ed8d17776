"""Pictures, videos, sounds and documents from an agent's machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Unpack, cast

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from inbox import media_files, voice_notes
from inbox.actions.replies.along import Along
from inbox.actions.replies.queueing import Draft, queue
from inbox.actions.replies.stored_files import forget_unless_used, new_attachment
from inbox.models import Attachment, Conversation, Message
from inbox.whatsapp import NotSendable, media_kinds

Kind = Message.Kind
_WITHOUT_CAPTION = frozenset({"audio", "sticker"})


def send_file(
    conversation: Conversation,
    *,
    file: UploadedFile[bytes],
    caption: str = "",
    voice: bool = False,
    **along: Unpack[Along],
) -> Message:
    """Send a file as what it is; ``voice``: a recording that plays at a tap."""
    with stored(file, voice=voice) as attachment:
        if caption.strip() and attachment.kind in _WITHOUT_CAPTION:
            raise NotSendable("caption", _("Sounds carry no caption. Send the words apart."))
        is_voice = voice and media_kinds.can_be_voice(attachment.mime_type, attachment.size)
        kind = Kind.VOICE if is_voice else Kind(attachment.kind)
        draft = Draft(kind, caption.strip(), {"animated": False}, attachment=attachment)
        return queue(conversation, draft, **along)


@contextmanager
def stored(
    file: UploadedFile[bytes], *, only: str = "", voice: bool = False
) -> Iterator[Attachment]:
    """The file in storage, looked at; deleted again unless a message takes it.

    Raises ``NotSendable`` for what WhatsApp does not take. ``only``: must be of this kind.
    """
    if not file.size:
        raise NotSendable("file", _("This file is empty."))
    with _prepared(file, voice=voice) as (content, mime_type):
        attachment = new_attachment(
            content,
            kind=_kind(mime_type, content.size, only),
            mime_type=mime_type,
            claimed=file.content_type or "",
        )
    with forget_unless_used(attachment):
        media_files.make_thumbnail(attachment)
        yield attachment


@contextmanager
def _prepared(file: UploadedFile[bytes], *, voice: bool) -> Iterator[tuple[File[bytes], str]]:
    mime_type = media_files.sniff(file)
    if voice and not voice_notes.is_ready(file, mime_type):
        with _converted(file, mime_type) as note:
            yield note, voice_notes.MIME_TYPE
    elif voice_notes.is_unplayable(file, mime_type):
        yield file, voice_notes.AS_DOCUMENT
    else:
        yield file, mime_type


@contextmanager
def _converted(file: UploadedFile[bytes], mime_type: str) -> Iterator[File[bytes]]:
    try:
        with voice_notes.converted(cast(IO[bytes], file), mime_type) as note:
            yield File(note, name=voice_notes.FILENAME)
    except voice_notes.CannotConvert as exc:
        raise NotSendable("file", str(exc)) from exc


def _kind(mime_type: str, size: int, only: str) -> str:
    """How WhatsApp takes it. Too large for its own kind, it still goes as a document."""
    found = media_kinds.kind_for(mime_type, size)
    if found is None:
        raise NotSendable("file", _too_large(size))
    if only and found.kind != only:
        raise NotSendable("file", _wrong_kind(only))
    return found.kind


def _too_large(size: int) -> str:
    return _("This file has %(size)s. WhatsApp takes %(most)s at most.") % {
        "size": filesizeformat(size),
        "most": filesizeformat(media_kinds.DOCUMENT_BYTES),
    }


def _wrong_kind(only: str) -> str:
    sentences = {
        "image": _("The heading needs a picture: JPEG or PNG, at most 5 MB."),
        "video": _("The heading needs a video: MP4 or 3GP, at most 16 MB."),
        "document": _("The heading needs a document such as a PDF, at most 100 MB."),
    }
    return sentences[only]
