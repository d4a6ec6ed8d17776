"""Automatic texts in the reader's words: which one it was, and why it goes or not."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.automatic.rules import Kind

_REMARKS: dict[str, str | Promise] = {
    Kind.GREETING: gettext_lazy("Automatic: greeting"),
    Kind.RETURNING: gettext_lazy("Automatic: returning customer"),
    Kind.AWAY: gettext_lazy("Automatic: outside opening hours"),
    Kind.BUSY: gettext_lazy("Automatic: nobody had answered yet"),
    Kind.PRIVACY: gettext_lazy("Automatic: privacy notice"),
}


def remark(kind: object) -> str:
    """What a message says of itself in the thread."""
    found = _REMARKS.get(kind) if isinstance(kind, str) else None
    return str(found or _("Sent automatically"))
