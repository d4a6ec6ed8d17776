"""Files of messages being written: stored before their message, gone again if it is refused.

Writing a large file takes its time, and a transaction should not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import File

from inbox.models import Attachment

LONGEST_NAME = 240
CHUNK = 1 << 20


def new_attachment(file: File[bytes], *, kind: str, mime_type: str, claimed: str) -> Attachment:
    """Write the file to storage. Its row follows with the message."""
    attachment = Attachment(
        kind=kind,
        state=Attachment.State.STORED,
        claimed_type=claimed[:120],
        mime_type=mime_type,
        filename=clean_name(file.name or ""),
        size=file.size,
        sha256=_sha256(file),
    )
    file.seek(0)
    attachment.file.save("", file, save=False)
    return attachment


@contextmanager
def forget_unless_used(attachment: Attachment | None) -> Iterator[None]:
    """Delete the stored file when no message came to need it: refused, or sent before."""
    try:
        yield
    finally:
        if attachment is not None and attachment.pk is None:
            for stored in (attachment.file, attachment.thumbnail):
                if stored:
                    stored.delete(save=False)


def clean_name(name: str) -> str:
    """What the customer sees of a document's name: no folders, no control characters."""
    name = re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", name)
    name = re.split(r"[\\/]", name)[-1].strip()
    ending = Path(name).suffix[-20:]
    return name.removesuffix(ending)[: LONGEST_NAME - len(ending)] + ending


def _sha256(file: File[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
