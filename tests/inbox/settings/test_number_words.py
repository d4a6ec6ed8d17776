"""inbox.number_words: what Meta says of a number, as people read it"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation
from pytest_django.asserts import assertContains

from inbox import number_words
from tests.factories import make_channel


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("TIER_50", "50 people a day"),
        ("TIER_250", "250 people a day"),
        ("TIER_2K", "2,000 people a day"),
        ("TIER_100K", "100,000 people a day"),
        ("10000", "10,000 people a day"),
        ("TIER_UNLIMITED", "no limit"),
        ("TIER_NOT_SET", "not set yet"),
        ("TIER_OF_TOMORROW", "TIER_OF_TOMORROW"),
        ("", ""),
    ],
)
def test_limits_are_numbers_of_people(word: str, expected: str) -> None:
    with translation.override("en"):
        assert number_words.limit(word) == expected


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    with translation.override("de"):
        assert "2.000" in number_words.limit("TIER_2K")


@pytest.mark.parametrize(
    ("said", "word", "expected"),
    [
        (number_words.quality, "GREEN", "high"),
        (number_words.name_state, "DECLINED", "rejected"),
        (number_words.account_state, "DISABLE", "switched off"),
        (number_words.number_state, "CONNECTED", "connected"),
        (number_words.sending, "BLOCKED", "not possible"),
        (number_words.quality, "PURPLE", "PURPLE"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_known_words_are_said_and_new_ones_shown(
    said: Callable[[str], str], word: str, expected: str
) -> None:
    assert said(word) == expected


@pytest.mark.parametrize(
    ("word", "tone"),
    [("GREEN", "ok"), ("UNKNOWN", "plain"), ("RED", "danger"), ("PURPLE", "warn")],
)
def test_the_chip_says_how_bad_it_is(word: str, tone: str) -> None:
    assert number_words.tone(word) == tone


@pytest.mark.django_db
def test_a_numbers_page_has_words_and_keeps_metas_own(admin_client: Client) -> None:
    channel = make_channel(
        quality="YELLOW",
        messaging_limit="TIER_10K",
        name_status="AVAILABLE_WITHOUT_REVIEW",
        account_status="ACCOUNT_VIOLATION",
    )

    r = admin_client.get(f"/settings/numbers/{channel.code}/")

    for words, metas in (
        ("quality: medium", 'title="YELLOW"'),
        ("limit: 10,000 people a day", 'title="TIER_10K"'),
        ("may be used without review", 'title="AVAILABLE_WITHOUT_REVIEW"'),
        ("account: warned", 'title="ACCOUNT_VIOLATION"'),
    ):
        assertContains(r, words)
        assertContains(r, metas)
