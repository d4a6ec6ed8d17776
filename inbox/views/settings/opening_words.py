"""Opening hours in words: open now or not, which week holds, how holidays are kept."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from inbox.hours import reckoning, writing
from inbox.hours.plan import CLOSED, Plan, Spans
from inbox.models import OpeningHours, OpeningWeek, SpecialOpening
from inbox.models.opening_hours import read_spans

AHEAD = timedelta(days=365)


class Line(NamedTuple):
    """A set of hours in the list of them."""

    hours: OpeningHours
    is_open: bool
    state: str
    users: list[str]


class WeekShown(NamedTuple):
    valid_from: date
    state: str  # "" once another has taken its place
    days: list[tuple[str, str]]  # "Mon", "09:00–17:00"


class SpecialShown(NamedTuple):
    code: uuid.UUID
    name: str
    when: str
    hours: str


class HolidayShown(NamedTuple):
    when: str
    key: str
    name: str
    kept: str  # "closed", "usual", "hours"
    hours: str


def line(hours: OpeningHours, now: datetime) -> Line:
    plan = hours.plan(get_language() or "en")
    return Line(hours, reckoning.is_open(plan, now), state(plan, now), users(hours))


def users(hours: OpeningHours) -> list[str]:
    return [str(one) for one in (*hours.channels.all(), *hours.teams.all())]


def state(plan: Plan, now: datetime) -> str:
    if reckoning.is_open(plan, now):
        closes = reckoning.closes_at(plan, now)
        if closes is None or closes - now > AHEAD:
            return _("Always open")
        return _("Open until %(moment)s") % {"moment": _moment(closes, plan, now)}
    opens = reckoning.next_opening(plan, now)
    if opens is None:
        return _("Closed, and never opens")
    return _("Closed until %(moment)s") % {"moment": _moment(opens, plan, now)}


def weeks(stored: Sequence[OpeningWeek], today: date) -> list[WeekShown]:
    """As they follow each other; those that are over say so by having no state."""
    held = [week.valid_from for week in stored if week.valid_from <= today]
    return [
        WeekShown(week.valid_from, _week_state(week.valid_from, held, today), _days(week))
        for week in stored
    ]


def special_days(hours: OpeningHours) -> list[SpecialShown]:
    return [
        SpecialShown(one.code, one.name, _when(one), hours_text(read_spans(one.spans)))
        for one in hours.special_days.all()
    ]


def holidays(hours: OpeningHours, today: date) -> list[HolidayShown]:
    """Those of a year from today, in order."""
    calendar = hours.calendar(get_language() or "en")
    if calendar is None:
        return []
    days = {**calendar.year(today.year), **calendar.year(today.year + 1)}
    return [
        HolidayShown(day_text(day), holiday.key, holiday.name, *_kept(hours, holiday.key))
        for day, found in sorted(days.items())
        for holiday in found
        if today <= day < today + AHEAD
    ]


def hours_text(spans: Spans) -> str:
    return writing.write(spans) or _("closed")


def day_text(day: date) -> str:
    """Friday, 25 December 2026"""
    return date_format(day, pgettext("weekday and day, Django format", "l, j F Y"))


def _week_state(valid_from: date, held: list[date], today: date) -> str:
    if valid_from > today:
        return _("from then on")
    return _("holds now") if valid_from == max(held) else ""


def _days(week: OpeningWeek) -> list[tuple[str, str]]:
    names = [str(name) for name in WEEKDAYS_ABBR.values()]
    texts = [hours_text(spans) for spans in week.as_week().days]
    return list(zip(names, texts, strict=True))


def _when(special: SpecialOpening) -> str:
    """24 December – 1 January, every year · 3 August 2026"""
    form = "DATE_FORMAT"
    if special.every_year:
        form = pgettext("day without year, Django format", "j F")
    days = sorted({special.first_day, special.last_day})
    when = " – ".join(date_format(day, form) for day in days)
    return _("%(days)s, every year") % {"days": when} if special.every_year else when


def _kept(hours: OpeningHours, key: str) -> tuple[str, str]:
    spans = hours.holidays.get(key, CLOSED)
    if spans is None:
        return "usual", ""
    return ("hours", writing.write(read_spans(spans))) if spans else ("closed", "")


def _moment(moment: datetime, plan: Plan, now: datetime) -> str:
    """18:00 · Monday, 23 November, 09:00"""
    local = moment.astimezone(plan.zone)
    if local.date() == now.astimezone(plan.zone).date():
        return f"{local:%H:%M}"
    form = pgettext("weekday and day without year, Django format", "l, j F")
    return f"{date_format(local.date(), form)}, {local:%H:%M}"
