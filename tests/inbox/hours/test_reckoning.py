"""inbox.hours.reckoning"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from inbox.hours import reckoning
from inbox.hours.plan import CLOSED, Plan, Span, Spans, SpecialDays, Week
from inbox.hours.public_holidays import Calendar

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
NINE_TO_SIX = (Span(9 * 60, 18 * 60),)
BAVARIA = Calendar("DE", "BY")


def plan(
    *,
    workday: Spans = NINE_TO_SIX,
    weekend: Spans = CLOSED,
    special_days: tuple[SpecialDays, ...] = (),
    calendar: Calendar | None = BAVARIA,
) -> Plan:
    days = (workday, workday, workday, workday, workday, weekend, weekend)
    return Plan(BERLIN, (Week(date(2026, 1, 1), days),), special_days, calendar)


def at(day: int, month: int, hour: int = 12, minute: int = 0, *, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN, fold=fold)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(23, 11, 8, 59), False),
        (at(23, 11, 9), True),
        (at(23, 11, 17, 59), True),
        (at(23, 11, 18), False),
        (at(21, 11), False),
        (at(6, 1), False),
    ],
    ids=["before", "at nine", "just before six", "at six", "Saturday", "Epiphany"],
)
def test_it_is_open_from_opening_until_closing(moment: datetime, expected: bool) -> None:
    assert reckoning.is_open(plan(), moment) is expected


def test_after_the_weekend_it_opens_on_monday() -> None:
    assert reckoning.next_opening(plan(), at(20, 11, 19)) == at(23, 11, 9)


def test_over_christmas_it_opens_after_holidays_and_weekend() -> None:
    """24 December closed by our own word, 25 and 26 holidays, 27 a Sunday."""
    eve = SpecialDays("Christmas Eve", date(2020, 12, 24), date(2020, 12, 24), every_year=True)

    opens = reckoning.next_opening(plan(special_days=(eve,)), at(23, 12, 18))

    assert opens == at(28, 12, 9)


def test_while_it_is_open_the_next_opening_is_another_one() -> None:
    assert reckoning.next_opening(plan(), at(24, 11, 10)) == at(25, 11, 9)


def test_what_never_closes_never_opens_again() -> None:
    always = plan(workday=(Span(0, 1440),), weekend=(Span(0, 1440),), calendar=None)

    assert reckoning.is_open(always, at(22, 11, 3))
    assert reckoning.next_opening(always, at(22, 11, 3)) is None


def test_what_never_opens_has_no_next_opening() -> None:
    assert reckoning.next_opening(plan(workday=CLOSED), at(22, 11)) is None


def test_a_night_shift_belongs_to_the_day_on_which_it_begins() -> None:
    nights = plan(workday=(Span(22 * 60, 30 * 60),))

    assert reckoning.is_open(nights, at(21, 11, 5, 59))  # Saturday, Friday's shift
    assert not reckoning.is_open(nights, at(21, 11, 6))
    assert not reckoning.is_open(nights, at(22, 11, 23))
    assert reckoning.closes_at(nights, at(20, 11, 23)) == at(21, 11, 6)


def test_spans_that_follow_each_other_are_one() -> None:
    twice = plan(workday=(Span(9 * 60, 12 * 60), Span(12 * 60, 18 * 60)))

    assert reckoning.closes_at(twice, at(23, 11, 10)) == at(23, 11, 18)
    assert reckoning.next_opening(twice, at(23, 11, 10)) == at(24, 11, 9)


def test_when_it_is_closed_it_closes_at_no_time() -> None:
    assert reckoning.closes_at(plan(), at(22, 11)) is None


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (at(23, 11, 10), at(23, 11, 12), 2 * HOUR),
        (at(20, 11, 17), at(23, 11, 10), 2 * HOUR),
        (at(21, 11, 0), at(22, 11, 23), 0 * HOUR),
        (at(23, 11, 12), at(23, 11, 10), 0 * HOUR),
        (at(5, 1, 17), at(7, 1, 10), 2 * HOUR),
    ],
    ids=["a morning", "over a weekend", "a weekend", "backwards", "over Epiphany"],
)
def test_open_time_between_leaves_out_what_is_closed(
    start: datetime, end: datetime, expected: timedelta
) -> None:
    assert reckoning.open_time_between(plan(), start, end) == expected


@pytest.mark.parametrize(
    ("day", "month", "hours"),
    [(28, 3, 7), (24, 10, 9)],
    ids=["spring: an hour is left out", "autumn: an hour comes twice"],
)
def test_a_night_over_a_clock_change_is_as_long_as_it_was(
    day: int, month: int, hours: int
) -> None:
    nights = plan(weekend=(Span(22 * 60, 30 * 60),))
    start = at(day, month, 21)

    spent = reckoning.open_time_between(nights, start, start.astimezone(UTC) + 11 * HOUR)

    assert spent == hours * HOUR


def test_what_opens_in_an_hour_that_is_left_out_opens_after_it() -> None:
    early = plan(weekend=(Span(2 * 60 + 30, 5 * 60),))

    assert reckoning.next_opening(early, at(28, 3, 12)) == at(29, 3, 3)


def test_what_lies_in_an_hour_that_is_left_out_is_none() -> None:
    gone = plan(weekend=(Span(2 * 60 + 15, 2 * 60 + 45),))

    assert reckoning.next_opening(gone, at(28, 3, 12)) == at(30, 3, 9)


def test_an_hour_that_comes_twice_is_open_as_a_whole() -> None:
    night = plan(weekend=(Span(2 * 60, 2 * 60 + 30),))

    assert reckoning.is_open(night, at(25, 10, 2, 10))
    assert reckoning.is_open(night, at(25, 10, 2, 10, fold=1))
    closes = at(25, 10, 2, 30, fold=1).astimezone(UTC)
    assert reckoning.closes_at(night, at(25, 10, 2, 10)) == closes


def test_open_time_is_counted_from_a_moment_on() -> None:
    friday = at(20, 11, 17)

    assert reckoning.after_open_time(plan(), friday, HOUR) == at(20, 11, 18)
    assert reckoning.after_open_time(plan(), friday, 3 * HOUR) == at(23, 11, 11)
    assert reckoning.after_open_time(plan(workday=CLOSED), friday, HOUR) is None
