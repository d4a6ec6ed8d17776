"""inbox.rows: a row in words"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from inbox import rows

NOW = datetime(2026, 11, 21, 12, 0, 30, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


@pytest.mark.parametrize(
    ("waited", "text", "urgent"),
    [
        (-MINUTE, "waits 0 min", False),
        (59 * SECOND, "waits 0 min", False),
        (5 * MINUTE, "waits 5 min", False),
        (HOUR - SECOND, "waits 59 min", False),
        (HOUR, "waits 1 h 00", True),
        (HOUR + 12 * MINUTE, "waits 1 h 12", True),
        (47 * HOUR + 59 * MINUTE, "waits 47 h 59", True),
        (48 * HOUR, "waits 2 d", True),
    ],
    ids=str,
)
def test_how_long_somebody_waits(waited: timedelta, text: str, urgent: bool) -> None:
    found = rows.waiting(NOW - waited, now=NOW)

    assert found is not None
    assert (found.text, found.is_urgent) == (text, urgent)


@pytest.mark.parametrize(
    ("left", "text", "urgent"),
    [
        (15 * HOUR + 22 * MINUTE, "15 h 22", False),
        (2 * HOUR, "2 h 00", False),
        (2 * HOUR - SECOND, "1 h 59 left", True),
        (48 * MINUTE, "48 min left", True),
        (SECOND, "0 min left", True),
        (0 * SECOND, "window closed", False),
        (-HOUR, "window closed", False),
    ],
    ids=str,
)
def test_how_long_one_may_answer(left: timedelta, text: str, urgent: bool) -> None:
    """The window closes for us a minute before it closes at Meta's."""
    found = rows.window(NOW + left + MINUTE, now=NOW)

    assert found is not None
    assert (found.text, found.is_urgent) == (text, urgent)
    assert found.moment == NOW + left


def test_who_never_wrote_waits_for_nothing_and_has_no_window() -> None:
    assert rows.waiting(None, now=NOW) is None
    assert rows.window(None, now=NOW) is None


def test_a_kind_nobody_knows_is_shown_by_its_text() -> None:
    found = rows.preview(kind="hologram", direction="in", status="received", text="Hello")

    assert found == rows.Preview("Hello")
