"""Drawing rows of the list. A row that shows the same is not drawn twice.

What is remembered is keyed by everything that is shown, so it can never be out of date; an
agent's screen asks for the same thirty rows again and again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from uuid import UUID

from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from inbox import rows
from inbox.listing import Columns, Entry, Listing, Sort
from inbox.templatetags.people import COLOURS, initials

REMEMBERED = 4096  # about 10 MB
CHIPS = 3  # the others are counted: "+2"


def draw(
    entries: Iterable[Entry], listing: Listing, *, now: datetime, current: UUID | None = None
) -> SafeString:
    """The rows as HTML."""
    language, zone = get_language() or "", timezone.get_current_timezone_name()
    today, minute = timezone.localdate(now), int(now.timestamp()) // 60
    parts = [
        _drawn(
            entry,
            listing.folder.slug,
            listing.sort,
            listing.folder.mixed,
            entry.columns.code == current,
            language,
            zone,
            today,
            minute if _is_ticking(entry.columns, now) else 0,
        )
        for entry in entries
    ]
    return mark_safe("".join(parts))  # noqa: S308 (each part comes out of a template)


def _is_ticking(columns: Columns, now: datetime) -> bool:
    end = columns.window_expires_at
    return columns.waiting_since is not None or (end is not None and end > now)


@lru_cache(maxsize=REMEMBERED)
def _drawn(
    entry: Entry,
    folder: str,
    sort: Sort,
    shows_assignee: bool,
    is_current: bool,
    language: str,
    zone: str,
    today: date,
    minute: int,
) -> str:
    columns = entry.columns
    # Where nothing ticks any moment after the end of the window says the same.
    now = datetime.fromtimestamp(minute * 60, UTC) if minute else timezone.now()
    context = {
        "c": columns,
        "url": f"{reverse('inbox:conversation', args=[columns.code])}?in={folder}",
        "order": columns.key(sort),
        "is_current": is_current,
        "is_unread": columns.unread_count > 0 or columns.is_marked_unread,
        "initials": initials(columns.contact__display_name),
        "colour": columns.contact__code.int % COLOURS,
        "preview": rows.preview(
            kind=columns.last_message_kind,
            direction=columns.last_message_direction,
            status=columns.last_message_status,
            text=columns.last_message_preview,
        ),
        "priority": rows.priority_name(columns.priority),
        "labels": entry.labels[:CHIPS],
        "more_labels": entry.labels[CHIPS:],
        "waiting": rows.waiting(columns.waiting_since, now=now),
        "window": rows.window(columns.window_expires_at, now=now),
    }
    if shows_assignee and columns.assignee__code and columns.assignee__name:
        context["assignee_initials"] = initials(columns.assignee__name)
        context["assignee_colour"] = columns.assignee__code.int % COLOURS
    return get_template("inbox/_row.html").render(context)
