"""``{% moment dt %}``: the time where it is near, the day where it is not, all of it on hover.

The server's words hold at the moment of drawing; static/js/moments.js keeps them true.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from html import escape

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

register = template.Library()
REMEMBERED = 8192  # about 4 MB


@register.simple_tag
def moment(at: datetime | None) -> SafeString | str:
    if at is None:
        return ""
    zone = timezone.get_current_timezone()
    return told(at, timezone.localdate(timezone=zone), zone, get_language() or "")


@lru_cache(maxsize=REMEMBERED)
def told(at: datetime, today: date, zone: tzinfo, language: str) -> SafeString:
    """The words hold all day, so they are found once for each day, clock and language.

    ``language`` is that of now; many rows or bubbles need not ask for it, each for itself.
    """
    local = at.astimezone(zone)
    day, clock = local.date(), clock_time(local)
    words, whole = _near(day, clock, today, language), f"{_in_full(day, language)}, {clock}"
    written = at.astimezone(UTC).isoformat(timespec="seconds")
    return SafeString(
        f'<time data-moment datetime="{written}" title="{escape(whole)}">{escape(words)}</time>'
    )


def near(at: datetime, *, now: datetime | None = None) -> str:
    """09:42 · Yesterday · Monday · 3 Nov · 22 Mar 2025"""
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    return _near(local.date(), clock_time(local), today, get_language() or "")


def in_full(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{_in_full(local.date(), get_language() or '')}, {clock_time(local)}"


def clock_time(local: datetime) -> str:
    return f"{local:%H:%M}"


def _near(day: date, clock: str, today: date, language: str) -> str:
    return clock if day == today else _day(day, today, language)


# Most moments lie on a few days, and words for one take longer than all else of it.


@lru_cache(maxsize=2048)
def _day(day: date, today: date, language: str) -> str:
    days = (today - day).days
    if days in {1, -1}:
        return _("Yesterday") if days == 1 else _("Tomorrow")
    if 1 < days < 7:
        return date_format(day, "l")
    if day.year == today.year:
        return date_format(day, pgettext("day without year, Django format", "j M"))
    return date_format(day, pgettext("day with year, Django format", "j M Y"))


@lru_cache(maxsize=2048)
def _in_full(day: date, language: str) -> str:
    return date_format(day, pgettext("weekday and day, Django format", "l, j F Y"))
