"""inbox.opening_phrases: when we are there again, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from inbox.hours.plan import CLOSED, Plan, Span, SpecialDays, Week
from inbox.hours.public_holidays import Calendar
from inbox.opening_phrases import closes_at_phrase, next_opening_phrase

BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_SIX = (Span(9 * 60, 18 * 60),)


def plan_of(*spans: Span, weekend: tuple[Span, ...] = CLOSED, **rest: object) -> Plan:
    days = (spans, spans, spans, spans, spans, weekend, weekend)
    week = Week(date(2020, 1, 1), days)
    return Plan(zone=BERLIN, weeks=(week,), **rest)  # type: ignore[arg-type]


SHOP = plan_of(*NINE_TO_SIX)


def at(*clock: int) -> datetime:
    return datetime(*clock, tzinfo=BERLIN).astimezone(UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Montag, 23. November, ab 9 Uhr"),
        ("de_AT", "Montag, 23. November, ab 9 Uhr"),
        ("en", "Monday, 23 November, from 9 am"),
        ("en-GB", "Monday, 23 November, from 9 am"),
        ("fr", "lundi 23 novembre, à partir de 9:00"),
        ("xx", "Monday, 23 November, from 9 am"),
        ("", "Monday, 23 November, from 9 am"),
    ],
)
def test_the_next_opening_is_said_in_the_language_of_the_text(language: str, said: str) -> None:
    assert next_opening_phrase(SHOP, at(2026, 11, 22, 12), language) == said


def test_the_language_of_the_reader_does_not_matter() -> None:
    with translation.override("en"):
        said = next_opening_phrase(SHOP, at(2026, 11, 22, 12), "de")
        assert translation.get_language() == "en"

    assert said == "Montag, 23. November, ab 9 Uhr"


def test_while_it_is_open_the_next_opening_is_that_after_closing() -> None:
    assert next_opening_phrase(SHOP, at(2026, 11, 23, 10), "de") == (
        "Dienstag, 24. November, ab 9 Uhr"
    )


def test_holidays_are_skipped() -> None:
    plan = plan_of(*NINE_TO_SIX, calendar=Calendar("DE", "BY", "de"))

    # Christmas Eve is a Thursday; the 25th and 26th are holidays, then a Sunday.
    assert next_opening_phrase(plan, at(2026, 12, 24, 19), "de") == (
        "Montag, 28. Dezember, ab 9 Uhr"
    )


def test_special_days_are_told_as_they_are() -> None:
    late = SpecialDays(
        "Stocktaking", date(2026, 11, 23), date(2026, 11, 23), spans=(Span(690, 900),)
    )
    plan = plan_of(*NINE_TO_SIX, special_days=(late,))

    assert next_opening_phrase(plan, at(2026, 11, 22, 12), "de") == (
        "Montag, 23. November, ab 11:30 Uhr"
    )
    assert next_opening_phrase(plan, at(2026, 11, 22, 12), "en") == (
        "Monday, 23 November, from 11:30 am"
    )


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (at(2026, 3, 28, 22), "Sonntag, 29. März, ab 9 Uhr"),  # the clock is put forward
        (at(2026, 10, 24, 22), "Sonntag, 25. Oktober, ab 9 Uhr"),  # and back
    ],
)
def test_the_clock_time_stays_the_same_when_clocks_change(now: datetime, said: str) -> None:
    plan = plan_of(*NINE_TO_SIX, weekend=NINE_TO_SIX)

    assert next_opening_phrase(plan, now, "de") == said


def test_what_opens_in_the_hour_left_out_opens_after_it() -> None:
    plan = plan_of(weekend=(Span(150, 600),))

    assert next_opening_phrase(plan, at(2026, 3, 28, 22), "de") == "Sonntag, 29. März, ab 3 Uhr"


def test_a_far_opening_has_its_year() -> None:
    closed = SpecialDays("Rebuilding", date(2026, 11, 1), date(2027, 10, 31))
    plan = plan_of(*NINE_TO_SIX, special_days=(closed,))

    assert next_opening_phrase(plan, at(2026, 11, 22, 12), "de") == (
        "Montag, 1. November 2027, ab 9 Uhr"
    )


def test_the_turn_of_the_year_needs_no_year() -> None:
    assert next_opening_phrase(SHOP, at(2026, 12, 31, 20), "en") == (
        "Friday, 1 January, from 9 am"
    )


def test_who_never_opens_says_nothing() -> None:
    assert next_opening_phrase(plan_of(), at(2026, 11, 22, 12), "de") == ""
    assert closes_at_phrase(plan_of(), at(2026, 11, 22, 12), "de") == ""


def test_who_never_closes_says_nothing() -> None:
    always = (Span(0, 1440),)
    plan = plan_of(*always, weekend=always)

    assert next_opening_phrase(plan, at(2026, 11, 22, 12), "de") == ""
    assert closes_at_phrase(plan, at(2026, 11, 22, 12), "de") == ""


@pytest.mark.parametrize(
    ("spans", "now", "language", "said"),
    [
        (NINE_TO_SIX, at(2026, 11, 23, 10), "de", "18 Uhr"),
        (NINE_TO_SIX, at(2026, 11, 23, 10), "en", "6 pm"),
        (NINE_TO_SIX, at(2026, 11, 23, 18), "en", ""),
        ((Span(540, 750),), at(2026, 11, 23, 10), "en", "12:30 pm"),
        ((Span(540, 720),), at(2026, 11, 23, 10), "en", "noon"),
        ((Span(540, 1440),), at(2026, 11, 27, 10), "de", "24 Uhr"),
        ((Span(540, 1440),), at(2026, 11, 27, 10), "en", "midnight"),
        ((Span(1200, 1560),), at(2026, 11, 23, 21), "de", "2 Uhr"),
        ((Span(540, 540 + 1380),), at(2026, 11, 27, 10), "de", "Samstag, 28. November, 8 Uhr"),
    ],
    ids=str,
)
def test_closing_is_a_clock_time_where_that_is_plain(
    spans: tuple[Span, ...], now: datetime, language: str, said: str
) -> None:
    assert closes_at_phrase(plan_of(*spans), now, language) == said
