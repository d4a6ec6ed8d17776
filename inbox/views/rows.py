"""Drawing rows of the list. A row that shows the same is not drawn twice.

What is remembered is keyed by everything that is shown, so it can never be out of date; an
agent's screen asks for the same thirty rows again and again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from html import escape
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inbox import rows, stencils
from inbox.addresses import address, folder_address
from inbox.labelled import LabelOnRow
from inbox.listing import Columns, Entry, Listing, Sort
from inbox.models import Conversation
from inbox.rows import Countdown
from inbox.stencils import Word
from inbox.templatetags.moments import told
from inbox.templatetags.people import COLOURS, initials

REMEMBERED = 8192  # about 12 MB
CHIPS = 3  # the others are counted: "+2"
MOST_UNREAD = 99


class Eyes(NamedTuple):
    """What a row looks like depends on who looks: asked once for all rows."""

    language: str
    zone: tzinfo
    today: date

    def moment(self, at: datetime | None) -> str:
        return told(at, self.today, self.zone, self.language) if at else ""


def draw(
    entries: Iterable[Entry], listing: Listing, *, now: datetime, current: UUID | None = None
) -> SafeString:
    """The rows as HTML."""
    zone = timezone.get_current_timezone()
    eyes = Eyes(get_language() or "", zone, now.astimezone(zone).date())
    minute = int(now.timestamp()) // 60
    parts = [
        _drawn(
            entry,
            listing.folder.slug,
            listing.sort,
            listing.folder.mixed,
            entry.columns.code == current,
            eyes,
            minute if _is_ticking(entry.columns, now) else 0,
        )
        for entry in entries
    ]
    return SafeString("".join(parts))


def way_to_more(folder: str, query: str) -> str:
    """Fetches the next page when it is scrolled to; without scripts a link leads there."""
    more = escape(f"{folder_address('rows', folder)}?{query}")
    page = escape(f"{folder_address('folder', folder)}?{query}")
    return (
        f'<li id="rows-more" class="rows__more" hx-get="{more}" hx-trigger="intersect once"'
        ' hx-target="this" hx-swap="outerHTML">'
        f'<a href="{page}">{escape(_("More"))}</a></li>'
    )


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
    eyes: Eyes,
    minute: int,
) -> str:
    # Where nothing ticks any moment after the end of the window says the same.
    now = datetime.fromtimestamp(minute * 60, UTC) if minute else timezone.now()
    columns = entry.columns
    code = str(columns.code)
    row = {
        "code": code,
        "url": f"{address('conversation', code)}?in={folder}",
        "labels_url": address("conversation_labels", code),
        "order": str(columns.key(sort)),
        "is_current": is_current,
        "assignee": _assignee(columns) if shows_assignee else None,
        "last_at": eyes.moment(columns.last_message_at),
        "until": _until(columns, eyes),
        **_who_and_what(columns),
        **_labels(entry.labels),
        **_countdowns(columns, now),
    }
    return stencils.draw("inbox/_row.html", {"row": row})


def _until(columns: Columns, eyes: Eyes) -> str:
    """How long it is put off; without a moment the customer's next message ends it."""
    if columns.status == Conversation.Status.SNOOZED and columns.snoozed_until is None:
        return _("until they write")
    return eyes.moment(columns.snoozed_until)


def _who_and_what(columns: Columns) -> dict[str, object]:
    unread = columns.unread_count
    preview = rows.preview(
        kind=columns.last_message_kind,
        direction=columns.last_message_direction,
        status=columns.last_message_status,
        text=columns.last_message_preview,
    )
    priority = rows.priority_name(columns.priority)
    return {
        "status": columns.status,
        "name": columns.contact__display_name,
        "initials": initials(columns.contact__display_name),
        "colour": str(columns.contact__code.int % COLOURS),
        "is_unread": unread > 0 or columns.is_marked_unread,
        "unread_count": f"{MOST_UNREAD}+" if unread > MOST_UNREAD else str(unread or ""),
        "priority": str(columns.priority) if priority else "",
        "priority_name": priority,
        "preview": {
            "text": preview.text,
            "icon": Word(preview.icon),
            "tick": Word(preview.tick),
            "status": preview.status,
            "status_word": preview.status_word,
        },
    }


def _labels(labels: tuple[LabelOnRow, ...]) -> dict[str, object]:
    shown, more = labels[:CHIPS], labels[CHIPS:]
    return {
        "labels": [{"pk": str(label.pk), "name": label.name} for label in shown],
        "more_labels": ", ".join(label.name for label in more),
        "more_count": str(len(more)),
    }


def _countdowns(columns: Columns, now: datetime) -> dict[str, object]:
    window = rows.window(columns.window_expires_at, now=now)
    is_closed = columns.status == Conversation.Status.CLOSED
    return {
        "waiting": _countdown(rows.waiting(columns.waiting_since, now=now)),
        "window": None if is_closed else _countdown(window),
    }


def _countdown(its: Countdown | None) -> dict[str, object] | None:
    if its is None:
        return None
    return {"moment": its.moment.isoformat(), "text": its.text, "is_urgent": its.is_urgent}


def _assignee(columns: Columns) -> dict[str, str] | None:
    code, name = columns.assignee__code, columns.assignee__name
    if not (code and name):
        return None
    return {"name": name, "initials": initials(name), "colour": str(code.int % COLOURS)}
