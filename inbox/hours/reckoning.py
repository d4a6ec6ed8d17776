"""What follows from a plan: open or not, when next, and how much open time lies between.

Moments are aware, answers in UTC. Clock changes are counted as they are: a night shift
over the spring change is an hour shorter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from inbox.hours.instants import closing, opening
from inbox.hours.plan import Plan

DAY = timedelta(days=1)
# Whoever is closed for longer has no next opening that could be told to anybody.
LOOK_AHEAD = 400 * DAY

Interval = tuple[datetime, datetime]


def is_open(plan: Plan, moment: datetime) -> bool:
    return any(_spans(plan, moment, moment + timedelta(microseconds=1)))


def closes_at(plan: Plan, moment: datetime) -> datetime | None:
    """When it closes, if it is open. Spans that follow each other are one."""
    for start, end in intervals(plan, moment - 2 * DAY, moment + LOOK_AHEAD):
        if start <= moment < end:
            return end
        if start > moment:
            return None
    return None


def next_opening(plan: Plan, moment: datetime) -> datetime | None:
    """The next instant at which it opens after being closed; None if not in a year's time."""
    for start, _ in intervals(plan, moment - 2 * DAY, moment + LOOK_AHEAD):
        if start > moment:
            return start
    return None


def open_time_between(plan: Plan, start: datetime, end: datetime) -> timedelta:
    """Zero where ``end`` is not after ``start``."""
    total = timedelta()
    for opens, closes in intervals(plan, start, end):
        total += max(timedelta(), min(closes, end) - max(opens, start))
    return total


def after_open_time(plan: Plan, start: datetime, wanted: timedelta) -> datetime | None:
    """When so much open time will have passed since ``start``; None if not in a year's time."""
    for opens, closes in intervals(plan, start, start + LOOK_AHEAD):
        begin = max(opens, start)
        if closes - begin >= wanted:
            return begin + wanted
        wanted -= max(timedelta(), closes - begin)
    return None


def intervals(plan: Plan, start: datetime, end: datetime) -> Iterator[Interval]:
    """Whole intervals that touch ``start`` to ``end``, in order, none touching another."""
    held: Interval | None = None
    for opens, closes in _spans(plan, start, end):
        if held is None:
            held = (opens, closes)
        elif opens <= held[1]:
            held = (held[0], max(held[1], closes))
        else:
            yield held
            held = (opens, closes)
    if held:
        yield held


def _spans(plan: Plan, start: datetime, end: datetime) -> Iterator[Interval]:
    # A span of the day before may reach into this one.
    day = start.astimezone(plan.zone).date() - DAY
    last = end.astimezone(plan.zone).date()
    while day <= last:
        for opens, closes in _of_day(plan, day):
            if closes > start and opens < end:
                yield opens, closes
        day += DAY


def _of_day(plan: Plan, day: date) -> list[Interval]:
    spans = sorted(plan.on(day).spans)
    found = [
        (opening(day, opens, plan.zone), closing(day, closes, plan.zone))
        for opens, closes in spans
    ]
    # One that lies in an hour the clock leaves out is none.
    return [(opens, closes) for opens, closes in found if opens < closes]
