"""Files of messages: to agents who may see the conversation, and never able to run.

Only pictures, sound, video and PDF are shown in the browser, by what their bytes are
(``mime_type``), not by what the sender says; everything else is a download.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.storage import Storage
from django.db.models.fields.files import FieldFile
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from inbox.bubbles.files import SAFE_PICTURES
from inbox.http import AgentRequest
from inbox.models import Attachment, Conversation

CHUNK = 64 * 1024
SHOWN_SOUNDS = {
    "audio/aac",
    "audio/amr",
    "audio/mp4",
    "audio/mpeg",
    "audio/ogg",
    "audio/wav",
    "audio/webm",
    "audio/x-wav",
}
SHOWN_VIDEOS = {"video/mp4", "video/3gpp", "video/webm", "video/quicktime", "video/ogg"}
SHOWN = SAFE_PICTURES | SHOWN_SOUNDS | SHOWN_VIDEOS | {"application/pdf"}
POLICY = "sandbox; default-src 'none'"
# The PDF reader of Chromium does not start in a sandbox; it runs no script of the page.
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@login_required
@require_safe
def media(request: AgentRequest, code: UUID) -> HttpResponseBase:
    attachment = _access_attachment(request, code)
    return stored_file(
        request,
        attachment.file,
        tag=f'"{attachment.sha256 or attachment.code}"',
        mime_type=attachment.mime_type,
        name=attachment.filename or f"{attachment.kind}-{str(attachment.code)[:8]}",
    )


def stored_file(
    request: AgentRequest, file: FieldFile, *, tag: str, mime_type: str, name: str
) -> HttpResponseBase:
    """``mime_type`` is what the bytes say; whether it may be seen was asked before."""
    shown = mime_type if mime_type in SHOWN else _DOWNLOAD
    response = _answer(request, file.storage, file.name or "", tag)
    response.headers["Content-Type"] = shown
    response.headers["Content-Disposition"] = _disposition(
        name, inline=shown != _DOWNLOAD and "download" not in request.GET
    )
    return _guard(response, PDF_POLICY if shown == "application/pdf" else POLICY)


@login_required
@require_safe
def thumbnail(request: AgentRequest, code: UUID) -> HttpResponseBase:
    attachment = _access_attachment(request, code)
    if not attachment.thumbnail:
        raise Http404
    storage, name = attachment.thumbnail.storage, attachment.thumbnail.name or ""
    response = _answer(request, storage, name, f'"{attachment.code}-thumbnail"')
    response.headers["Content-Type"] = _picture_type(storage, name)
    response.headers["Content-Disposition"] = "inline"
    return _guard(response, POLICY)


_DOWNLOAD = "application/octet-stream"


def _access_attachment(request: AgentRequest, code: UUID) -> Attachment:
    """The stored file, or the same 404 as for one that does not exist."""
    visible = Conversation.objects.visible_to(request.user)
    attachments = Attachment.objects.filter(
        message__conversation__in=visible, state=Attachment.State.STORED
    )
    attachment = get_object_or_404(attachments.select_related("message"), code=code)
    if attachment.message.revoked_at and not request.user.is_lead:
        raise Http404
    return attachment


def _answer(request: AgentRequest, storage: Storage, name: str, tag: str) -> HttpResponseBase:
    if request.headers.get("If-None-Match") == tag:
        return _tagged(HttpResponseNotModified(), tag)
    try:
        size = storage.size(name)
    except (OSError, ValueError) as exc:
        raise Http404 from exc
    span = _span(request, size, tag)
    if span is None:
        response: HttpResponseBase = FileResponse(storage.open(name))
        response.headers["Content-Length"] = str(size)
        return _tagged(response, tag)
    return _tagged(_partial(storage, name, size, *span), tag)


def _span(request: AgentRequest, size: int, tag: str) -> tuple[int, int] | None:
    """First and last byte asked for; None: all. One span only, as players ask for."""
    match = _RANGE.fullmatch(request.headers.get("Range", ""))
    if match is None or request.headers.get("If-Range", tag) != tag:
        return None
    first, last = match.groups()
    if not first:
        return (max(size - int(last), 0), size - 1) if last else None
    return int(first), min(int(last), size - 1) if last else size - 1


def _partial(storage: Storage, name: str, size: int, first: int, last: int) -> HttpResponseBase:
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(
        _chunks(storage, name, first, last - first + 1), status=206
    )
    response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    response.headers["Content-Length"] = str(last - first + 1)
    return response


def _chunks(storage: Storage, name: str, first: int, length: int) -> Iterator[bytes]:
    with storage.open(name) as file:
        file.seek(first)
        while length > 0 and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk


def _picture_type(storage: Storage, name: str) -> str:
    """Thumbnails are our own; only their format is read from the first bytes."""
    with storage.open(name) as file:
        start: Any = file.read(12)
    if start.startswith(b"\xff\xd8"):
        return "image/jpeg"
    if start.startswith(b"\x89PNG"):
        return "image/png"
    return "image/webp" if start[8:12] == b"WEBP" else _DOWNLOAD


def _disposition(name: str, *, inline: bool) -> str:
    """RFC 5987: a plain name for all, the real one for those who read it."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _tagged(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response.headers["ETag"] = tag
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


def _guard(response: HttpResponseBase, policy: str) -> HttpResponseBase:
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
