"""The next twelve months as they will be: each day with its hours and why it has them."""

from __future__ import annotations

import calendar
from datetime import date
from typing import NamedTuple

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

from inbox.hours.plan import Day, Plan, Reason
from inbox.views.settings.opening_words import day_text, hours_text

MONTHS = 12


class Cell(NamedTuple):
    day: date
    tone: str  # "open", "closed", "holiday", "special": what it looks like
    text: str  # hours, and the name of the day

    @property
    def when(self) -> str:
        return day_text(self.day)

    @property
    def is_different(self) -> bool:
        return self.tone in {"holiday", "special"}


class Month(NamedTuple):
    first: date
    weeks: list[list[Cell | None]]  # None: a day of another month


def months(plan: Plan, today: date) -> list[Month]:
    """From this month on."""
    sheet = calendar.Calendar()  # weeks begin on Monday, as working weeks do
    return [_month(plan, sheet, *_later(today, ahead)) for ahead in range(MONTHS)]


def weekdays() -> list[tuple[str, str]]:
    """Name and short name."""
    return [(str(WEEKDAYS[day]), str(WEEKDAYS_ABBR[day])) for day in range(7)]


def different_days(months: list[Month], today: date) -> list[Cell]:
    """Holidays and special days from today on, in order."""
    cells = (cell for month in months for week in month.weeks for cell in week)
    return [cell for cell in cells if cell and cell.is_different and cell.day >= today]


def _later(today: date, ahead: int) -> tuple[int, int]:
    years, month = divmod(today.month - 1 + ahead, 12)
    return today.year + years, month + 1


def _month(plan: Plan, sheet: calendar.Calendar, year: int, month: int) -> Month:
    weeks = [
        [_cell(plan.on(day)) if day.month == month else None for day in week]
        for week in sheet.monthdatescalendar(year, month)
    ]
    return Month(date(year, month, 1), weeks)


def _cell(day: Day) -> Cell:
    text = hours_text(day.spans)
    if day.reason in {Reason.HOLIDAY, Reason.SPECIAL}:
        return Cell(day.day, day.reason.value, f"{day.name}: {text}")
    return Cell(day.day, "open" if day.spans else "closed", text)
