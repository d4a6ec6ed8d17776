"""inbox.hours.plan"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from inbox.hours.plan import CLOSED, Day, Plan, Reason, Span, SpecialDays, Week
from inbox.hours.public_holidays import Calendar

ALL_DAY = (Span(8 * 60, 20 * 60),)
MORNING = (Span(9 * 60, 12 * 60),)
WEEK = Week(date(2026, 1, 1), (ALL_DAY,) * 7)
GERMAN = Calendar("DE", "BY", "de")
EPIPHANY = date(2026, 1, 6)


def plan(**changes: object) -> Plan:
    return Plan(**{"zone": ZoneInfo("Europe/Berlin"), "weeks": (WEEK,)} | changes)  # type: ignore[arg-type]


def test_a_week_holds_from_its_day_on() -> None:
    shorter = Week(date(2026, 7, 1), (MORNING,) * 7)
    both = plan(weeks=(shorter, WEEK))

    assert both.on(date(2025, 12, 31)).reason is Reason.NO_PLAN
    assert both.on(date(2026, 6, 30)).spans == ALL_DAY
    assert both.on(date(2026, 7, 1)).spans == MORNING


def test_a_holiday_is_closed_and_says_its_name() -> None:
    assert plan(calendar=GERMAN).on(EPIPHANY) == Day(
        EPIPHANY, CLOSED, Reason.HOLIDAY, "Heilige Drei Könige"
    )


def test_its_name_is_in_the_language_asked_for() -> None:
    assert plan(calendar=Calendar("DE", "BY", "en")).on(EPIPHANY).name == "Epiphany"


def test_other_states_have_other_holidays() -> None:
    assert plan(calendar=Calendar("DE", "BE")).on(EPIPHANY).reason is Reason.WEEK


@pytest.mark.parametrize(
    ("spans", "expected"),
    [(None, (ALL_DAY, Reason.WEEK)), (MORNING, (MORNING, Reason.HOLIDAY))],
    ids=["a day like any other", "half a day"],
)
def test_a_holiday_can_be_switched(spans: object, expected: object) -> None:
    day = plan(calendar=GERMAN, holidays={"Heilige Drei Könige": spans}).on(EPIPHANY)

    assert (day.spans, day.reason) == expected


def test_special_days_come_before_holidays() -> None:
    fair = SpecialDays("Fair", EPIPHANY, EPIPHANY, spans=ALL_DAY)

    assert plan(calendar=GERMAN, special_days=(fair,)).on(EPIPHANY).name == "Fair"


def test_of_several_special_days_the_narrowest_counts() -> None:
    summer = SpecialDays("Summer", date(2026, 8, 1), date(2026, 8, 31), spans=MORNING)
    outing = SpecialDays("Outing", date(2026, 8, 14), date(2026, 8, 14))

    found = plan(special_days=(summer, outing))

    assert found.on(date(2026, 8, 13)).name == "Summer"
    assert found.on(date(2026, 8, 14)).name == "Outing"


def test_this_year_counts_before_every_year() -> None:
    always = SpecialDays("Eve", date(2020, 12, 24), date(2020, 12, 24), every_year=True)
    once = SpecialDays("Rush", date(2026, 12, 1), date(2026, 12, 24), spans=ALL_DAY)

    found = plan(special_days=(always, once))

    assert found.on(date(2026, 12, 24)).name == "Rush"
    assert found.on(date(2027, 12, 24)).name == "Eve"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 23), False),
        (date(2026, 12, 24), True),
        (date(2027, 1, 1), True),
        (date(2027, 1, 2), False),
    ],
)
def test_every_year_may_reach_over_new_year(day: date, expected: bool) -> None:
    turn = SpecialDays("Turn", date(2020, 12, 24), date(2021, 1, 1), every_year=True)

    assert turn.holds_on(day) is expected


def test_the_leap_day_is_special_only_where_there_is_one() -> None:
    leap = SpecialDays("Leap", date(2024, 2, 29), date(2024, 2, 29), every_year=True)

    assert leap.holds_on(date(2028, 2, 29))
    assert not leap.holds_on(date(2026, 3, 1))
