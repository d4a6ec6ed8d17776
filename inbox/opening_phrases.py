"""When we are there again, in the words of a text's language. Pure: the moment is given.

"Montag, 23. November, ab 9 Uhr" is true across holidays and clock changes, because the
opening is reckoned as an instant and then read off the clock of the place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import translation
from django.utils.dates import MONTHS, WEEKDAYS

from inbox.hours import reckoning
from inbox.hours.plan import Plan

# So soon a clock time alone names one instant, also past midnight.
SOON = timedelta(hours=12)
# Past this a day needs its year.
NEEDS_YEAR = timedelta(days=300)
# What closes later is said never to close.
FAR = timedelta(days=365)


def _german_clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02} Uhr" if moment.minute else f"{moment.hour} Uhr"


def _english_clock(moment: datetime) -> str:
    if moment.minute == 0 and moment.hour in {0, 12}:
        return "midnight" if moment.hour == 0 else "noon"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes} {'am' if moment.hour < 12 else 'pm'}"


def _plain_clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02}"


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a language says a day, and from when on. Names of days are Django's."""

    day: str
    opens: str
    clock: Callable[[datetime], str] = _plain_clock
    end_of_day: str = "24:00"


_ENGLISH = _Manner(
    "{weekday}, {day} {month}", "{date}, from {clock}", _english_clock, "midnight"
)
_MANNERS = {
    "de": _Manner("{weekday}, {day}. {month}", "{date}, ab {clock}", _german_clock, "24 Uhr"),
    "en": _ENGLISH,
    "fr": _Manner("{weekday} {day} {month}", "{date}, à partir de {clock}"),
    "it": _Manner("{weekday} {day} {month}", "{date}, dalle {clock}"),
    "nl": _Manner("{weekday} {day} {month}", "{date}, vanaf {clock} uur"),
    "es": _Manner("{weekday}, {day} de {month}", "{date}, a partir de las {clock}"),
}


def next_opening_phrase(plan: Plan, now: datetime, language: str) -> str:
    """When it opens after being closed; "" when that is not within a year.

    Languages that nobody wrote the manner of are answered in English.
    """
    opens = reckoning.next_opening(plan, now)
    if opens is None:
        return ""
    code, manner = _manner(language)
    local = opens.astimezone(plan.zone)
    date = _date(local, now, code, manner)
    return manner.opens.format(date=date, clock=manner.clock(local))


def closes_at_phrase(plan: Plan, now: datetime, language: str) -> str:
    """Until when it is open: "18 Uhr"; with its day where that is not plain. "" if closed,
    or if it never closes."""
    closes = reckoning.closes_at(plan, now)
    if closes is None or closes - now > FAR:
        return ""
    code, manner = _manner(language)
    local = closes.astimezone(plan.zone)
    today = now.astimezone(plan.zone).date()
    if _is_midnight(local) and (local - timedelta(minutes=1)).date() == today:
        return manner.end_of_day
    if local.date() == today or closes - now <= SOON:
        return manner.clock(local)
    return f"{_date(local, now, code, manner)}, {manner.clock(local)}"


def _manner(language: str) -> tuple[str, _Manner]:
    code = language.replace("_", "-").partition("-")[0].lower()
    return (code, _MANNERS[code]) if code in _MANNERS else ("en", _ENGLISH)


def _date(local: datetime, now: datetime, code: str, manner: _Manner) -> str:
    with translation.override(code):
        weekday, month = str(WEEKDAYS[local.weekday()]), str(MONTHS[local.month])
    date = manner.day.format(weekday=weekday, day=local.day, month=month)
    return f"{date} {local.year}" if local - now > NEEDS_YEAR else date


def _is_midnight(local: datetime) -> bool:
    return local.hour == local.minute == 0
