"""The lines between days. Each has its own place and id, so that pages may overlap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from inbox.thread_paging import Key


@dataclass(frozen=True, slots=True)
class DayLine:
    name: str
    order: str
    label: str


def day_line(day: date, zone: tzinfo, today: date) -> DayLine:
    midnight = datetime.combine(day, time.min, tzinfo=zone)
    return DayLine(day.isoformat(), str(Key(midnight, 0)), _label(day, today))


def _label(day: date, today: date) -> str:
    if day == today:
        return _("Today, %(date)s") % {"date": date_format(day, "MONTH_DAY_FORMAT")}
    if day == today - timedelta(days=1):
        return _("Yesterday, %(date)s") % {"date": date_format(day, "MONTH_DAY_FORMAT")}
    return date_format(day, "DATE_FORMAT")
