from __future__ import annotations

from decimal import Decimal

import pytest

from inbox.typed_numbers import NotANumber, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("42", "42"),
        ("42,5", "42.5"),
        ("42.5", "42.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1 000", "1000"),
        ("1’000.50", "1000.50"),
        ("-3", "-3"),
        ("0.125", "0.125"),
    ],
)
def test_both_marks_are_understood(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


def test_what_could_be_read_both_ways_is_read_as_the_writer_lives() -> None:
    assert read_number("1.234", thousands=".") == 1234
    assert read_number("1.234", thousands=",") == Decimal("1.234")
    assert read_number("1,234", thousands=",") == 1234
    assert read_number("1,234", thousands=".") == Decimal("1.234")


@pytest.mark.parametrize(
    "text",
    ["", "abc", "1e5", "12.34.5", "1.234,", ",5", "NaN", "Infinity", "1_000", "١٢", "9" * 41],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        read_number(text)
