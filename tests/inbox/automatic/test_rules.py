"""inbox.automatic.rules"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from inbox.automatic.rules import Facts, Kind, Reason, Verdict, decide
from inbox.hours.plan import CLOSED, Plan, Span, Week
from inbox.hours.public_holidays import Calendar

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NINE_TO_SIX = (Span(9 * 60, 18 * 60),)
WEEK = Week(date(2026, 1, 1), (*(NINE_TO_SIX,) * 5, CLOSED, CLOSED))
PLAN = Plan(BERLIN, (WEEK,), calendar=Calendar("DE", "NW"))
ALL = {Kind.GREETING: 0, Kind.RETURNING: 30, Kind.AWAY: 0, Kind.BUSY: 10, Kind.PRIVACY: 0}
NO_NOTICE = {kind: after for kind, after in ALL.items() if kind != Kind.PRIVACY}


def at(day: int, month: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


MONDAY_NOON = at(23, 11, 12)
SUNDAY = at(22, 11, 20)
CHRISTMAS = at(25, 12, 11)  # a Friday


def facts(now: datetime = MONDAY_NOON, **known: Any) -> Facts:
    """A stranger has just written their first message."""
    first = Facts(
        now=now, due_at=now, wrote_at=now, heard_at=now, opened_at=now, waiting_since=now,
        is_informed=True, plan=PLAN,
    )  # fmt: skip
    return replace(first, **known)


def known(now: datetime = MONDAY_NOON, **more: Any) -> Facts:
    return facts(now, **({"is_known": True, "last_ended_at": now - 2 * DAY} | more))


CASES: dict[str, tuple[Facts, Kind | None, Reason]] = {
    "a stranger in opening hours": (facts(), Kind.GREETING, Reason.FIRST_MESSAGE),
    "a stranger on a Sunday": (facts(SUNDAY), Kind.AWAY, Reason.CLOSED_NOW),
    "a stranger on a holiday": (facts(CHRISTMAS), Kind.AWAY, Reason.CLOSED_NOW),
    "without hours somebody is always there": (
        facts(SUNDAY, plan=None), Kind.GREETING, Reason.FIRST_MESSAGE,
    ),
    "the minute it opens": (facts(at(23, 11, 9)), Kind.GREETING, Reason.FIRST_MESSAGE),
    "the minute it closes": (facts(at(23, 11, 18)), Kind.AWAY, Reason.CLOSED_NOW),
    "somebody known": (known(), None, Reason.NOTHING_FITS),
    "after a long time": (
        known(last_ended_at=MONDAY_NOON - 31 * DAY), Kind.RETURNING, Reason.LONG_AGO,
    ),
    "known, and nothing ever ended": (known(last_ended_at=None), None, Reason.NOTHING_FITS),
    "in the middle of a conversation": (
        facts(opened_at=MONDAY_NOON - HOUR), None, Reason.NOTHING_FITS,
    ),
    "we wrote first": (
        facts(is_known=True, replied_at=MONDAY_NOON - 2 * HOUR), None, Reason.NOTHING_FITS,
    ),
    "away was said": (facts(SUNDAY, said=frozenset({Kind.AWAY})), None, Reason.SAID_BEFORE),
    "greeted": (facts(said=frozenset({Kind.GREETING})), None, Reason.SAID_BEFORE),
    "away was said a minute before opening": (
        facts(said=frozenset({Kind.AWAY})), None, Reason.SAID_BEFORE,
    ),
    "greeted, and now it is closed": (
        facts(SUNDAY, said=frozenset({Kind.GREETING})), Kind.AWAY, Reason.CLOSED_NOW,
    ),
    "a colleague has just answered": (
        facts(SUNDAY, replied_at=SUNDAY - 29 * MINUTE), None, Reason.RECENT_REPLY,
    ),
    "a colleague answered a while ago": (
        known(SUNDAY, replied_at=SUNDAY - 31 * MINUTE), Kind.AWAY, Reason.CLOSED_NOW,
    ),
    "with these words they opt out": (facts(SUNDAY, opts_out=True), None, Reason.OPTS_OUT),
    "who opted out is not greeted": (facts(has_opted_out=True), None, Reason.NOTHING_FITS),
    "who opted out is not welcomed back": (
        known(last_ended_at=MONDAY_NOON - 99 * DAY, has_opted_out=True),
        None, Reason.NOTHING_FITS,
    ),
    "who opted out and asks is answered": (
        facts(SUNDAY, has_opted_out=True), Kind.AWAY, Reason.CLOSED_NOW,
    ),
    "blocked": (facts(SUNDAY, is_blocked=True), None, Reason.BLOCKED),
    "closed meanwhile": (facts(SUNDAY, is_closed=True), None, Reason.CASE_CLOSED),
    "another app answers": (facts(SUNDAY, is_elsewhere=True), None, Reason.OTHER_APP),
    "told late": (facts(SUNDAY, wrote_at=SUNDAY - 11 * MINUTE), None, Reason.CAME_LATE),
    "no worker for long": (
        facts(SUNDAY, due_at=SUNDAY - 11 * MINUTE, wrote_at=SUNDAY - 11 * MINUTE,
              heard_at=SUNDAY - 11 * MINUTE),
        None, Reason.CAME_LATE,
    ),
    "no worker for a moment": (
        facts(SUNDAY, due_at=SUNDAY - 9 * MINUTE, wrote_at=SUNDAY - 9 * MINUTE,
              heard_at=SUNDAY - 9 * MINUTE, opened_at=SUNDAY - 9 * MINUTE),
        Kind.AWAY, Reason.CLOSED_NOW,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given", "kind", "reason"), CASES.values(), ids=CASES)
def test_a_message_is_answered_by(given: Facts, kind: Kind | None, reason: Reason) -> None:
    verdict = decide(given, ALL)

    assert (verdict.kind, verdict.reason) == (kind, reason)
    assert not verdict.with_notice


@pytest.mark.parametrize("given", [given for given, _, _ in CASES.values()], ids=CASES)
def test_what_is_switched_off_is_never_said(given: Facts) -> None:
    assert decide(given, {}).kind is None
    for kind in ALL:
        assert decide(given, {kind: ALL[kind]}).kind in {kind, None}


def test_whoever_waits_too_long_is_told_so() -> None:
    first = decide(known(), ALL)
    assert first == Verdict(None, Reason.NOTHING_FITS, again_at=MONDAY_NOON + 10 * MINUTE)

    later = MONDAY_NOON + 10 * MINUTE
    given = known(
        later, wrote_at=MONDAY_NOON, heard_at=MONDAY_NOON, opened_at=MONDAY_NOON,
        waiting_since=MONDAY_NOON,
    )  # fmt: skip
    assert decide(given, ALL) == Verdict(Kind.BUSY, Reason.NOBODY_ANSWERED)


@pytest.mark.parametrize(
    ("wrote", "again_at"),
    [
        (at(23, 11, 17, 45), at(23, 11, 17, 55)),
        (at(23, 11, 17, 55), at(24, 11, 9, 5)),
        (at(23, 11, 17, 50), at(24, 11, 9)),  # ten minutes are over as it closes
        (at(20, 11, 20), at(23, 11, 9, 10)),
        (at(24, 12, 19), at(28, 12, 9, 10)),  # two holidays and a Sunday
    ],
    ids=["just in time", "over night", "as it closes", "over the weekend", "over Christmas"],
)
def test_minutes_are_counted_in_opening_hours(wrote: datetime, again_at: datetime) -> None:
    assert decide(known(wrote), ALL).again_at == again_at


def test_waiting_begins_anew_after_a_reply() -> None:
    given = known(replied_at=MONDAY_NOON - 5 * MINUTE)

    assert decide(given, ALL).again_at == MONDAY_NOON + 25 * MINUTE


@pytest.mark.parametrize(
    "known_more",
    [
        {"waiting_since": None},
        {"said": frozenset({Kind.BUSY})},
        {"opts_out": True},
        {"heard_at": MONDAY_NOON + HOUR},
    ],
    ids=["answered", "told before", "opted out", "came late"],
)
def test_nobody_is_told_who_does_not_wait(known_more: dict[str, Any]) -> None:
    assert decide(known(**known_more), ALL).again_at is None


def test_after_a_standstill_of_hours_nobody_is_told() -> None:
    given = known(
        MONDAY_NOON + 2 * HOUR, due_at=MONDAY_NOON + 10 * MINUTE, wrote_at=MONDAY_NOON,
        heard_at=MONDAY_NOON, opened_at=MONDAY_NOON, waiting_since=MONDAY_NOON,
    )  # fmt: skip

    assert decide(given, ALL).kind is None


def test_the_notice_goes_below_the_first_text() -> None:
    for given in (facts(is_informed=False), facts(SUNDAY, is_informed=False)):
        assert decide(given, ALL).with_notice


def test_the_notice_goes_alone_where_nothing_else_is_said() -> None:
    verdict = decide(known(is_informed=False), ALL)

    assert (verdict.kind, verdict.reason) == (Kind.PRIVACY, Reason.NOT_INFORMED_YET)


@pytest.mark.parametrize(
    "known_more",
    [
        {"opts_out": True},
        {"is_blocked": True},
        {"replied_at": MONDAY_NOON - MINUTE},
        {"wrote_at": MONDAY_NOON - HOUR},
    ],
    ids=["opts out", "blocked", "a colleague is there", "late"],
)
def test_the_notice_waits_for_a_better_moment(known_more: dict[str, Any]) -> None:
    verdict = decide(known(is_informed=False, **known_more), ALL)

    assert verdict.kind is None
    assert not verdict.with_notice


def test_whoever_opted_out_of_advertising_is_informed_all_the_same() -> None:
    assert decide(known(is_informed=False, has_opted_out=True), ALL).kind == Kind.PRIVACY
