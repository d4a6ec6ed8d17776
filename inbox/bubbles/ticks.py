"""How far an outgoing message has come: a small drawing, and the word for it."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from inbox.models import Message
from inbox.templatetags.icons import icon

Status = Message.Status
DRAWINGS: dict[str, str] = {
    Status.QUEUED: "clock",
    Status.SENDING: "clock",
    Status.UNCERTAIN: "question",
    Status.SENT: "tick",
    Status.DELIVERED: "ticks",
    Status.READ: "ticks",
    Status.PLAYED: "ticks",
    Status.FAILED: "alert",
}


def ticks(status: str) -> SafeString:
    return _ticks(status, get_language() or "")


@lru_cache(maxsize=64)
def _ticks(status: str, language: str) -> SafeString:
    if status not in DRAWINGS:
        return SafeString("")
    word = Message.Status(status).label
    return format_html(
        '<span class="ticks" data-status="{}" title="{}">{}'
        '<span class="visually-hidden">{}</span></span>',
        status,
        word,
        icon(DRAWINGS[status]),
        word,
    )
