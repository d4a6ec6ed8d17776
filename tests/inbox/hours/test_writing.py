"""inbox.hours.writing"""

from __future__ import annotations

import pytest

from inbox.hours.plan import Span
from inbox.hours.writing import NotHours, Overlapping, read, write


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("  ", ""),
        ("9-18", "09:00–18:00"),
        ("09:00 – 12.30; 14-18", "09:00–12:30, 14:00–18:00"),
        ("14-18, 9-12", "09:00–12:00, 14:00–18:00"),
        ("9 bis 12", "09:00–12:00"),
        ("9 TO 12", "09:00–12:00"),
        ("0-24", "00:00–24:00"),
        ("22-6", "22:00–06:00"),
        ("9-12,", "09:00–12:00"),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, expected: str) -> None:
    assert write(read(text)) == expected


@pytest.mark.parametrize("text", ["9-18", "22-6", "0-24", "9-12, 12-18", "18-0"])
def test_what_is_written_is_read_as_the_same(text: str) -> None:
    assert read(write(read(text))) == read(text)


def test_what_closes_before_it_opens_closes_on_the_next_day() -> None:
    assert read("22:00-06:00") == (Span(1320, 1800),)


@pytest.mark.parametrize(
    "text",
    [
        "nine",
        "9",
        "9-",
        "25-26",
        "9:60-10",
        "9-9",
        "24-2",
        "9-12-15",
        "９-12",
        "-1-5",
        "99999-1",
    ],
)
def test_what_is_no_hours_is_said(text: str) -> None:
    with pytest.raises(NotHours) as caught:
        read(f"8-9, {text}" if text != "9-9" else text)

    assert str(caught.value) == text


def test_too_many_spans_are_refused() -> None:
    with pytest.raises(NotHours, match="13-14"):
        read("1-2, 3-4, 5-6, 7-8, 9-10, 11-12, 13-14")


def test_spans_may_touch_and_not_overlap() -> None:
    assert len(read("9-12, 12-18")) == 2
    with pytest.raises(Overlapping):
        read("9-13, 12-18")
