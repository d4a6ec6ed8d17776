"""``{% moment dt %}``: the time where it is near, the day where it is not, all of it on hover.

The server's words hold at the moment of drawing; static/js/moments.js keeps them true.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

register = template.Library()
REMEMBERED = 8192  # about 4 MB


@register.simple_tag
def moment(at: datetime | None) -> SafeString | str:
    if at is None:
        return ""
    written, zone = at.isoformat(timespec="seconds"), timezone.get_current_timezone_name()
    return _told(at, written, timezone.localdate(), zone, get_language() or "")


@lru_cache(maxsize=REMEMBERED)
def _told(at: datetime, written: str, today: date, zone: str, language: str) -> SafeString:
    """The words hold all day, so they are found once for each day, clock and language."""
    return format_html(
        '<time data-moment datetime="{}" title="{}">{}</time>', written, in_full(at), near(at)
    )


def near(at: datetime, *, now: datetime | None = None) -> str:
    """09:42 · Yesterday · Monday · 3 Nov · 22 Mar 2025"""
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    days = (today - local.date()).days
    if days == 0:
        return clock_time(local)
    if days in {1, -1}:
        return _("Yesterday") if days == 1 else _("Tomorrow")
    if 1 < days < 7:
        return _day(local.date(), "l", get_language())
    if local.year == today.year:
        return _day(
            local.date(), pgettext("day without year, Django format", "j M"), get_language()
        )
    return _day(local.date(), pgettext("day with year, Django format", "j M Y"), get_language())


def in_full(at: datetime) -> str:
    local = timezone.localtime(at)
    form = pgettext("weekday and day, Django format", "l, j F Y")
    return f"{_day(local.date(), form, get_language())}, {clock_time(local)}"


def clock_time(local: datetime) -> str:
    return f"{local:%H:%M}"


@lru_cache(maxsize=2048)
def _day(day: date, form: str, language: str | None) -> str:
    """Most moments lie on a few days, and words for one take longer than all else of it."""
    return date_format(day, form)
