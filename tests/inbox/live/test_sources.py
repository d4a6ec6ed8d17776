"""inbox.live.sources: where hints come from."""

from __future__ import annotations

import json

import pytest
from pytest_django import Settings

from inbox import events
from inbox.live import sources
from inbox.live.sources import TableSource
from inbox.models import Hint

pytestmark = pytest.mark.django_db


def started() -> TableSource:
    source = TableSource()
    source._start()
    return source


def say(number: int) -> None:
    Hint.objects.create(pk=number, body=str(number))


def test_only_what_is_new_is_read() -> None:
    say(1)
    source = started()

    say(2)
    say(3)

    assert source._read() == ["2", "3"]
    assert source._read() == []


def test_a_row_that_commits_late_is_read() -> None:
    say(10)
    source = started()

    say(12)
    assert source._read() == ["12"]
    say(11)
    say(13)

    assert source._read() == ["11", "13"]
    assert source._read() == []


def test_a_row_that_was_under_way_when_we_began_is_read() -> None:
    say(10)
    say(12)
    source = started()

    say(11)

    assert source._read() == ["11"]


def test_numbers_that_never_come_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "HOLE_SECONDS", 0)
    say(10)
    source = started()

    say(12)
    source._read()

    assert source._holes == {}


def test_a_jump_in_the_numbers_is_not_searched_for_long() -> None:
    say(10)
    source = started()

    say(1_000_000)
    source._read()

    assert len(source._holes) == sources.MOST_HOLES - 1


def test_hints_that_were_told_together_are_heard_one_by_one(settings: Settings) -> None:
    settings.REDIS_URL = ""
    source = started()

    events.publish(*(events.AgentChanged(agent=number) for number in (1, 2)))

    assert [json.loads(hint)["agent"] for hint in source._read()] == [1, 2]
    assert Hint.objects.count() == 1
