"""The hours of each day: a week that repeats, days that are different, public holidays."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from inbox.hours.public_holidays import Calendar


class Span(NamedTuple):
    """Minutes after midnight, ``opens < closes``; past 1440 it closes on the next day."""

    opens: int
    closes: int


Spans = tuple[Span, ...]
CLOSED: Spans = ()


class Reason(enum.StrEnum):
    """Why a day has the hours it has."""

    WEEK = "week"
    HOLIDAY = "holiday"
    SPECIAL = "special"
    NO_PLAN = "no plan"  # before the first week holds


@dataclass(frozen=True, slots=True)
class Week:
    """Hours from Monday to Sunday that hold from a day on, until a later week does."""

    valid_from: date
    days: tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans]


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """Days that are different, first and last included; each year, or in that year only."""

    name: str
    first: date
    last: date
    every_year: bool = False
    spans: Spans = CLOSED

    def holds_on(self, day: date) -> bool:
        if not self.every_year:
            return self.first <= day <= self.last
        first, last = (self.first.month, self.first.day), (self.last.month, self.last.day)
        this = (day.month, day.day)
        if first <= last:
            return first <= this <= last
        return this >= first or this <= last  # across New Year

    @property
    def rank(self) -> tuple[bool, int]:
        """Of several the one that was made for fewest days counts, and for one year only."""
        return (self.every_year, (self.last - self.first).days)


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    spans: Spans
    reason: Reason
    name: str = ""  # of the holiday or the special days


@dataclass(frozen=True, slots=True)
class Plan:
    """``holidays`` has the hours of public holidays that are not closed all day, by their key;
    None for one that is a day like any other."""

    zone: ZoneInfo
    weeks: tuple[Week, ...]
    special_days: tuple[SpecialDays, ...] = ()
    calendar: Calendar | None = None
    holidays: Mapping[str, Spans | None] = field(default_factory=dict)

    def on(self, day: date) -> Day:
        return self._special(day) or self._holiday(day) or self._of_week(day)

    def _special(self, day: date) -> Day | None:
        found = [days for days in self.special_days if days.holds_on(day)]
        if not found:
            return None
        days = min(found, key=lambda one: one.rank)
        return Day(day, days.spans, Reason.SPECIAL, days.name)

    def _holiday(self, day: date) -> Day | None:
        if self.calendar is None:
            return None
        for holiday in self.calendar.on(day):
            spans = self.holidays.get(holiday.key, CLOSED)
            if spans is not None:
                return Day(day, spans, Reason.HOLIDAY, holiday.name)
        return None

    def _of_week(self, day: date) -> Day:
        holding = [week for week in self.weeks if week.valid_from <= day]
        if not holding:
            return Day(day, CLOSED, Reason.NO_PLAN)
        week = max(holding, key=lambda one: one.valid_from)
        return Day(day, week.days[day.weekday()], Reason.WEEK)
