"""{% moment %}: how time is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from inbox.templatetags import moments

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)  # a Saturday


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW - timedelta(minutes=5), "12:55"),
        (NOW + timedelta(hours=3), "16:00"),
        (NOW - timedelta(days=1), "Yesterday"),
        (NOW + timedelta(days=1), "Tomorrow"),
        (NOW - timedelta(days=2), "Thursday"),
        (NOW - timedelta(days=6), "Sunday"),
        (NOW - timedelta(days=7), "14 Nov"),
        (NOW + timedelta(days=2), "23 Nov"),
        (NOW - timedelta(days=365), "21 Nov 2025"),
    ],
)
def test_near_times_are_told_by_what_is_near(at: datetime, words: str) -> None:
    with translation.override("en"), timezone.override(ZoneInfo("Europe/Berlin")):
        assert moments.near(at, now=NOW) == words


def test_the_day_changes_on_the_agents_clock() -> None:
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # half past midnight in Berlin

    with translation.override("en"):
        with timezone.override(ZoneInfo("Europe/Berlin")):
            assert moments.near(late, now=NOW) == "00:30"
        with timezone.override(ZoneInfo("America/New_York")):
            assert moments.near(late, now=NOW) == "Yesterday"


def test_the_whole_of_it_is_there_on_hover() -> None:
    with translation.override("en"), timezone.override(ZoneInfo("Europe/Berlin")):
        html = Template("{% load moments %}{% moment at %}").render(Context({"at": NOW}))

    assert 'datetime="2026-11-21T12:00:00+00:00"' in html
    assert 'title="Saturday, 21 November 2026, 13:00"' in html
    assert "data-moment" in html


def test_no_moment_is_no_words() -> None:
    assert Template("{% load moments %}{% moment at %}").render(Context({"at": None})) == ""
