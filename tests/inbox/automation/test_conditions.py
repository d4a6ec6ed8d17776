"""inbox.automation.conditions, and where loops end"""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from inbox.automation.conditions import Condition, Facts, Test, matches
from inbox.automation.loops import DEEPEST, MOST_LATELY, Stop, find_stop

HOUR = timedelta(hours=1)


def asks(test: str, *words: str, **more: object) -> Condition:
    return Condition(test=Test(test), words=words, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("word", "said", "found"),
    [
        ("rechnung", "Wo ist meine RECHNUNG?", True),
        ("rechnung", "Meine Rechnungsnummer", False),
        ("rechnung*", "Meine Rechnungsnummer", True),
        ("rechnung*", "Abrechnung", False),
        ("nicht da", "Es ist nicht,\n da!", True),
        ("nicht da", "nicht dabei", False),
        ("straße", "STRASSE", True),
        ("a", "", False),
        ("😀 hallo", "hallo", True),
    ],
)
def test_words_are_found_as_people_read_them(word: str, said: str, found: bool) -> None:
    assert asks("words", word).holds(Facts(text=said)) is found


def test_a_huge_message_takes_no_time() -> None:
    began = time.perf_counter()

    asks("words", *(["a a a a b"] * 50)).holds(Facts(text="a " * 1_000_000))

    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("condition", "facts", "holds"),
    [
        (asks("label", "x", "y"), Facts(labels=frozenset({"y"})), True),
        (asks("label", "x"), Facts(), False),
        (asks("language", "de"), Facts(language="de_AT"), True),
        (asks("language", "de"), Facts(language=""), False),
        (asks("hours"), Facts(is_open=True), True),
        (asks("hours"), Facts(is_open=False), False),
        (asks("number", "n"), Facts(number="n"), True),
        (asks("number", "n"), Facts(number="m"), False),
        (asks("field", "VIP", key="kind"), Facts(fields={"kind": "vip "}), True),
        (asks("field", "VIP", key="kind"), Facts(fields={"other": "VIP"}), False),
        (asks("first"), Facts(is_first=True), True),
        (asks("window", minutes=60), Facts(window_left=HOUR), True),
        (asks("window", minutes=60), Facts(window_left=2 * HOUR), False),
        (asks("window", minutes=60), Facts(window_left=timedelta()), False),
        (asks("window", minutes=60), Facts(window_left=None), False),
    ],
)
def test_what_holds_does_not_hold_negated(
    condition: Condition, facts: Facts, holds: bool
) -> None:
    negated = Condition(
        test=condition.test,
        words=condition.words,
        key=condition.key,
        minutes=condition.minutes,
        negated=True,
    )

    assert condition.holds(facts) is holds
    assert negated.holds(facts) is not holds


def test_all_conditions_must_hold_and_none_always_does() -> None:
    first, at_night = asks("first"), asks("hours", negated=True)

    assert matches([first, at_night], Facts(is_first=True, is_open=False))
    assert not matches([first, at_night], Facts(is_first=True, is_open=True))
    assert matches([], Facts())


@pytest.mark.parametrize(
    ("depth", "has_fired", "lately", "stop"),
    [
        (0, False, 0, None),
        (DEEPEST, False, MOST_LATELY - 1, None),
        (DEEPEST + 1, False, 0, Stop.TOO_DEEP),
        (0, True, 0, Stop.FIRED_BEFORE),
        (0, False, MOST_LATELY, Stop.TOO_OFTEN),
    ],
)
def test_loops_end(depth: int, has_fired: bool, lately: int, stop: Stop | None) -> None:
    assert find_stop(depth=depth, has_fired=has_fired, fired_lately=lately) is stop
