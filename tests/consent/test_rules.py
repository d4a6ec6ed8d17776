"""consent.rules.may_contact"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from consent.rules import MessageClass, Reason, Standing, may_contact

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("wrote", "expected"),
    [
        (None, Reason.OUT_OF_WINDOW),
        (NOW - 24 * HOUR, Reason.OUT_OF_WINDOW),
        (NOW - 24 * HOUR + 60 * SECOND, Reason.OUT_OF_WINDOW),
        (NOW - 24 * HOUR + 61 * SECOND, Reason.OK),
        (NOW, Reason.OK),
    ],
    ids=["never wrote", "a day ago", "in the safety minute", "just before it", "just now"],
)
def test_a_reply_needs_an_open_window(wrote: datetime | None, expected: Reason) -> None:
    verdict = may_contact(Standing(last_wrote_at=wrote), MessageClass.REPLY, now=NOW)

    assert verdict.reason is expected
    assert verdict.allowed is (expected is Reason.OK)


@pytest.mark.parametrize(
    ("standing", "message_class", "expected"),
    [
        (Standing(NOW, objected_at=NOW), MessageClass.REPLY, Reason.OK),
        (Standing(NOW, NOW, NOW), MessageClass.REPLY, Reason.OK),
        (Standing(), MessageClass.UTILITY, Reason.OK),
        (Standing(objected_at=NOW), MessageClass.UTILITY, Reason.OK),
        (Standing(objected_at=NOW, banned_at=NOW), MessageClass.UTILITY, Reason.CONTACT_BAN),
        (Standing(NOW), MessageClass.MARKETING, Reason.NO_CONSENT),
        (Standing(NOW, objected_at=NOW), MessageClass.MARKETING, Reason.OBJECTED),
        (Standing(NOW, NOW, NOW), MessageClass.MARKETING, Reason.CONTACT_BAN),
        (Standing(NOW), MessageClass.PROMOTION, Reason.NO_CONSENT),
        (Standing(NOW, objected_at=NOW), MessageClass.PROMOTION, Reason.OBJECTED),
        (Standing(NOW, NOW, NOW), MessageClass.PROMOTION, Reason.CONTACT_BAN),
        (Standing(NOW - 24 * HOUR), MessageClass.PROMOTION, Reason.OUT_OF_WINDOW),
        (Standing(NOW), MessageClass.UNKNOWN, Reason.UNKNOWN_CLASS),
    ],
    ids=lambda value: str(value),
)
def test_what_may_be_sent(
    standing: Standing, message_class: MessageClass, expected: Reason
) -> None:
    assert may_contact(standing, message_class, now=NOW).reason is expected


def test_a_window_that_whatsapp_denies_is_closed_until_the_person_writes_again() -> None:
    denied = Standing(NOW - HOUR, window_denied_for=NOW - HOUR)
    again = Standing(NOW, window_denied_for=NOW - HOUR)

    assert may_contact(denied, MessageClass.REPLY, now=NOW).reason is Reason.OUT_OF_WINDOW
    assert may_contact(again, MessageClass.REPLY, now=NOW).reason is Reason.OK
