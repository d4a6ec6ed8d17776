"""The lines between days. Each has its own place and id, so that pages may overlap."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import TypedDict

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from inbox.thread_paging import Key


class DayLine(TypedDict):
    name: str
    order: str
    label: str


@lru_cache(maxsize=1024)
def day_line(day: date, zone: tzinfo, today: date, language: str) -> DayLine:
    """``language`` is that of now. The same days are asked for again and again."""
    midnight = datetime.combine(day, time.min, tzinfo=zone)
    return {
        "name": day.isoformat(),
        "order": str(Key(midnight, 0)),
        "label": _label(day, today),
    }


def _label(day: date, today: date) -> str:
    if day == today:
        return _("Today, %(date)s") % {"date": date_format(day, "MONTH_DAY_FORMAT")}
    if day == today - timedelta(days=1):
        return _("Yesterday, %(date)s") % {"date": date_format(day, "MONTH_DAY_FORMAT")}
    return date_format(day, "DATE_FORMAT")
