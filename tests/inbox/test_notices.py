"""inbox.notices: when somebody wants to be left alone"""

from __future__ import annotations

from datetime import datetime, time

import pytest

from inbox.notices import is_quiet

FRIDAY, SATURDAY = datetime(2026, 11, 20), datetime(2026, 11, 21)


@pytest.mark.parametrize(
    ("begins", "ends", "clock", "quiet"),
    [
        ("18:00", "20:00", "17:59", False),
        ("18:00", "20:00", "18:00", True),
        ("18:00", "20:00", "19:59", True),
        ("18:00", "20:00", "20:00", False),
        ("22:00", "07:00", "21:59", False),
        ("22:00", "07:00", "23:30", True),
        ("22:00", "07:00", "00:00", True),
        ("22:00", "07:00", "06:59", True),
        ("22:00", "07:00", "07:00", False),
        ("00:00", "00:00", "12:00", True),
    ],
)
def test_quiet_times_may_lie_over_midnight(
    begins: str, ends: str, clock: str, quiet: bool
) -> None:
    moment = datetime.combine(FRIDAY, time.fromisoformat(clock))
    asked = is_quiet(
        moment,
        begins=time.fromisoformat(begins),
        ends=time.fromisoformat(ends),
        weekends=False,
    )
    assert asked is quiet


def test_without_quiet_times_news_always_come() -> None:
    for day in (FRIDAY, SATURDAY):
        assert not is_quiet(day, begins=None, ends=None, weekends=False)
        assert not is_quiet(day, begins=time(1), ends=None, weekends=False)


def test_a_weekend_can_be_quiet_as_a_whole() -> None:
    assert is_quiet(SATURDAY.replace(hour=12), begins=None, ends=None, weekends=True)
    assert not is_quiet(FRIDAY.replace(hour=12), begins=None, ends=None, weekends=True)
