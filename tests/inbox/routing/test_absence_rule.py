"""inbox.routing.absence: when the conversations of somebody absent go back"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from inbox.routing.absence import (
    NEVER_HERE,
    Attendance,
    Held,
    Rule,
    Why,
    absent_since,
    goes_back,
    is_here,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HALF_AN_HOUR = Rule(after=30 * MINUTE)
WAITED_IN = Held(assigned_at=None, is_waited_in=True)
AWAY = Attendance("away", absent_since=NOW - 30 * MINUTE, last_seen_at=NOW)
OFFLINE = Attendance("offline", NOW - 30 * MINUTE, NOW - 30 * MINUTE)
HERE = Attendance("online", None, NOW - MINUTE)


@pytest.mark.parametrize(
    ("one", "held", "rule", "expected"),
    [
        (AWAY, WAITED_IN, Rule(), None),
        (AWAY, WAITED_IN, HALF_AN_HOUR, Why.AWAY),
        (AWAY, WAITED_IN, Rule(after=31 * MINUTE), None),
        (OFFLINE, WAITED_IN, HALF_AN_HOUR, Why.OFFLINE),
        (HERE, WAITED_IN, Rule(after=timedelta()), None),
        (AWAY, Held(None, is_waited_in=False), HALF_AN_HOUR, None),
        (
            AWAY,
            Held(None, is_waited_in=False),
            Rule(after=30 * MINUTE, takes_all=True),
            Why.AWAY,
        ),
        (AWAY, Held(NOW - 29 * MINUTE, is_waited_in=True), HALF_AN_HOUR, None),
        (AWAY, Held(NOW - 2 * 30 * MINUTE, is_waited_in=True), HALF_AN_HOUR, Why.AWAY),
        (Attendance("online", None, NOW - 40 * MINUTE), WAITED_IN, HALF_AN_HOUR, Why.OFFLINE),
        (Attendance("online", None, None), WAITED_IN, HALF_AN_HOUR, None),
        (Attendance("offline", None, None), WAITED_IN, HALF_AN_HOUR, Why.OFFLINE),
        (
            Attendance("offline", None, NOW, is_active=False),
            Held(NOW, is_waited_in=False),
            Rule(),
            Why.LOCKED_OUT,
        ),
    ],
    ids=[
        "no rule",
        "exactly as long",
        "not yet",
        "offline as well",
        "here",
        "nobody waits",
        "nobody waits, and all are taken",
        "given to them while they were away",
        "given to them before",
        "their browser is gone without a word",
        "online in a browser that tells nothing",
        "never was here",
        "locked out, whatever the rule",
    ],
)
def test_what_goes_back(one: Attendance, held: Held, rule: Rule, expected: Why | None) -> None:
    assert goes_back(one, held, rule, now=NOW) == expected


def test_since_when_somebody_is_absent() -> None:
    assert absent_since(HERE, now=NOW) is None
    assert absent_since(AWAY, now=NOW) == NOW - 30 * MINUTE
    assert absent_since(Attendance("away", None, None), now=NOW) == NEVER_HERE


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (HERE, True),
        (AWAY, False),
        (OFFLINE, False),
        (Attendance("online", None, NOW - 4 * MINUTE), False),
        (Attendance("online", None, None), False),
        (Attendance("online", None, NOW, is_active=False), False),
    ],
    ids=["here", "away", "offline", "unseen", "never seen", "locked out"],
)
def test_who_is_here(one: Attendance, expected: bool) -> None:
    assert is_here(one, now=NOW) is expected
