"""Files of quick replies, sent as copies: the browser names them instead of sending them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404
from django.utils.datastructures import MultiValueDict

from inbox.http import AgentRequest
from inbox.models import QuickReply, QuickReplyFile

Files = MultiValueDict[str, "UploadedFile[bytes]"]


@contextmanager
def posted(request: AgentRequest) -> Iterator[Files]:
    """What came with the request, or the stored file it names; 404 for a foreign one."""
    named = request.POST.get("quick_file")
    if not named:
        yield request.FILES
        return
    stored = _access(request, named)
    try:
        opened = stored.file.open("rb")
    except OSError as exc:
        raise Http404 from exc
    with opened:
        copy = UploadedFile(
            opened, name=stored.name, content_type=stored.mime, size=stored.size
        )
        yield MultiValueDict({"file": [copy]})


def _access(request: AgentRequest, code: str) -> QuickReplyFile:
    visible = QuickReply.objects.visible_to(request.user)
    try:
        return QuickReplyFile.objects.get(code=UUID(code), quick_reply__in=visible)
    except (ValueError, QuickReplyFile.DoesNotExist) as exc:
        raise Http404 from exc
