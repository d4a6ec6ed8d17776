"""``{% ticks status %}``: how far an outgoing message has come, as a drawing and a word."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from inbox.models import Message
from inbox.templatetags.icons import icon

register = template.Library()

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


@register.simple_tag
def ticks(status: str) -> SafeString:
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
