"""The lines across a thread: where a day begins, and where the unread messages begin.

Each has its own place and id, so that pages may overlap.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from inbox import stencils
from inbox.thread_paging import Key


@lru_cache(maxsize=1024)
def day_line(day: date, zone: tzinfo, today: date, language: str) -> SafeString:
    """``language`` is that of now. The same days are asked for again and again."""
    midnight = datetime.combine(day, time.min, tzinfo=zone)
    return _line(f"day-{day.isoformat()}", str(Key(midnight, 0)), _day(day, today))


def unread_line(first: str) -> SafeString:
    """Above the message with this key."""
    return _line("unread-line", first[:-1], _("New"), is_new=True)


def _line(line_id: str, order: str, label: str, *, is_new: bool = False) -> SafeString:
    line = {"id": line_id, "order": order, "label": label, "is_new": is_new}
    return stencils.draw("inbox/_thread_line.html", {"line": line})


def _day(day: date, today: date) -> str:
    if day == today:
        return _("Today, %(date)s") % {"date": date_format(day, "MONTH_DAY_FORMAT")}
    if day == today - timedelta(days=1):
        return _("Yesterday, %(date)s") % {"date": date_format(day, "MONTH_DAY_FORMAT")}
    return date_format(day, "DATE_FORMAT")
