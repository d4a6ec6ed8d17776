"""inbox.placeholders"""

from __future__ import annotations

import pytest

from inbox.placeholders import Filled, fill, unknown_in

ANNA = {"contact.first_name": "Anna", "agent.name": "Jana Meier", "empty": ""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello", "Hello"),
        ("Hello {{ contact.first_name }}!", "Hello Anna!"),
        ("{{contact.first_name}} {{  agent.name  }}", "Anna Jana Meier"),
        ("Hello {{ contact.first_name | there }}", "Hello Anna"),
        ("Hello {{ empty | there }}", "Hello there"),
        ("Hello{{ empty | }}!", "Hello!"),
        ("a { b } {} }{ c", "a { b } {} }{ c"),
    ],
)
def test_places_are_filled(text: str, expected: str) -> None:
    assert fill(text, ANNA) == Filled(expected, ())


def test_what_nothing_is_known_for_stays_and_is_said() -> None:
    filled = fill("{{ empty }} and {{contact.city}}", ANNA)

    assert filled == Filled("{{ empty }} and {{ contact.city }}", ("empty", "contact.city"))


def test_what_is_filled_in_is_not_read_again() -> None:
    values = {"contact.first_name": "{{ agent.name }}", "agent.name": "secret"}

    assert fill("Hello {{ contact.first_name }}", values).text == "Hello {{ agent.name }}"


def test_nothing_is_looked_up_in_objects_and_nothing_is_run() -> None:
    text = "{{ contact.first_name.__class__ }}{% load x %}{{ 7|add:1 }}"

    filled = fill(text, ANNA)

    assert "__class__" in filled.text
    assert "{% load x %}" in filled.text


def test_a_long_text_of_braces_takes_no_time() -> None:
    assert fill("{{ a" * 50_000 + "|" * 50_000, {}).missing == ()


def test_places_nobody_fills_are_named_once() -> None:
    text = "{{ contact.nane }} {{ contact.nane }} {{ agent.name }} {{ half"

    assert unknown_in(text, ANNA) == ["contact.nane", "{{"]
