"""inbox.actions.deliveries.rates and backoff: how fast, and when again"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from inbox.actions.deliveries import rates
from inbox.actions.deliveries.backoff import LONGEST, TRIES, pause_after
from inbox.models import Channel, Conversation
from inbox.whatsapp import ErrorClass, GraphError

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def pair(tokens: float, ago: timedelta) -> rates.Bucket:
    conversation = Conversation(pair_tokens=tokens, pair_refilled_at=NOW - ago)
    return rates.of_pair(conversation, NOW)


def number(tokens: float, ago: timedelta, *, per_second: int = 60) -> Channel:
    return Channel(
        pk=1,
        rate_tokens=tokens,
        rate_refilled_at=NOW - ago,
        messages_per_second=per_second,
    )


@pytest.mark.parametrize(
    ("tokens", "ago", "whole"),
    [
        (5, 0 * SECOND, 5),
        (0, 5.9 * SECOND, 0),
        (0, 6 * SECOND, 1),
        (0, 12 * SECOND, 2),
        (0, 3600 * SECOND, 5),
        (2, -60 * SECOND, 2),
    ],
    ids=["full", "too early", "one", "two", "never more than a burst", "a clock set back"],
)
def test_a_person_is_written_to_every_six_seconds(
    tokens: float, ago: timedelta, whole: int
) -> None:
    assert pair(tokens, ago).whole == whole


def test_it_tells_how_long_to_wait() -> None:
    assert pair(1, 0 * SECOND).wait == timedelta()
    assert pair(0, 2 * SECOND).wait.total_seconds() == pytest.approx(4)


def test_a_number_sends_so_many_a_second() -> None:
    assert rates.of_number(number(0, SECOND), NOW).whole == 60
    assert rates.of_number(number(0, SECOND / 2), NOW).whole == 30
    assert rates.of_number(number(60, 60 * SECOND), NOW).whole == 60
    assert rates.of_number(number(0, SECOND, per_second=0), NOW).whole == 1


def test_a_throttled_number_halves_its_pace_and_recovers() -> None:
    channel = number(60, 0 * SECOND)

    rates.halve(channel, NOW)

    assert rates.pace_of(channel, NOW) == 30
    assert rates.pace_of(channel, NOW + rates.RECOVERY / 4) == 45
    assert rates.pace_of(channel, NOW + rates.RECOVERY) == 60


def test_many_calls_that_are_throttled_together_count_once() -> None:
    channel = number(60, 0 * SECOND)

    for _ in range(16):
        rates.halve(channel, NOW)
    assert rates.pace_of(channel, NOW) == 30

    later = NOW + rates.ONCE_WITHIN
    rates.halve(channel, later)
    assert 15 <= rates.pace_of(channel, later) <= 16


def test_it_never_stands_still() -> None:
    channel = number(60, 0 * SECOND, per_second=1)

    rates.halve(channel, NOW)

    assert rates.pace_of(channel, NOW) == 1


@pytest.mark.parametrize(("tries", "seconds"), [(1, 1), (2, 4), (3, 16), (4, 64)])
def test_the_pair_limit_has_its_own_rule(tries: int, seconds: int) -> None:
    error = GraphError(ErrorClass.RETRY_SAFE, 131056)

    assert pause_after(error, tries) == timedelta(seconds=seconds)


@pytest.mark.parametrize("code", [4, 80007, 130429, None])
def test_pauses_grow_and_differ_a_little(code: int | None) -> None:
    error = GraphError(ErrorClass.RETRY_SAFE, code)

    pauses = [pause_after(error, tries) for tries in range(1, TRIES)]

    assert all(pauses)
    assert pauses == sorted(pause for pause in pauses if pause)
    assert len({pause_after(error, 1) for _ in range(20)}) > 1


def test_after_five_tries_a_person_decides() -> None:
    assert pause_after(GraphError(ErrorClass.RETRY_SAFE, 130429), TRIES) is None


def test_meta_may_ask_for_more_patience() -> None:
    error = GraphError(ErrorClass.RETRY_SAFE, 80007, retry_after=300)

    assert pause_after(error, 1) == timedelta(seconds=300)


def test_too_much_patience_is_left_to_a_person() -> None:
    hours = GraphError(ErrorClass.RETRY_SAFE, 80007, retry_after=LONGEST.total_seconds() + 1)

    assert pause_after(hours, 1) is None


def test_maintenance_takes_a_minute() -> None:
    pause = pause_after(GraphError(ErrorClass.RETRY_DOUBTFUL, 131057), 1)

    assert pause == timedelta(seconds=60)
