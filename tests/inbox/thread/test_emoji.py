"""GET /emoji/"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from inbox.emoji import all_emoji
from inbox.emoji_words import GERMAN

pytestmark = pytest.mark.django_db


def _found(words: str) -> list[str]:
    wanted = words.split()
    return [
        emoji["e"]
        for group in all_emoji().values()
        for emoji in group
        if all(word in emoji["w"] for word in wanted)
    ]


def test_they_come_by_category_with_a_label(agent_client: Client) -> None:
    r = agent_client.get(reverse("inbox:emoji"))

    groups = r.json()["groups"]
    assert groups[0]["label"] == "Smileys"
    assert {"e": "😀", "w": "grinning face lachen grinsen freude"} in groups[0]["emoji"]
    assert "private" in r.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("words", "emoji"),
    [
        ("thumbs up", "👍"),
        ("daumen hoch", "👍"),
        ("danke", "🙏"),
        ("herz liebe", "❤️"),
        ("delivery truck", "🚚"),
        ("lieferung", "🚚"),
        ("deutschland", "🇩🇪"),
        ("snowflake", "❄️"),
    ],
)
def test_they_are_found_in_both_languages(words: str, emoji: str) -> None:
    assert emoji in _found(words)


def test_every_german_word_belongs_to_an_emoji_one_can_pick() -> None:
    shown = {e["e"].removesuffix("\ufe0f") for group in all_emoji().values() for e in group}

    assert [emoji for emoji in GERMAN if not emoji.isalpha() and emoji not in shown] == []


def test_each_is_there_once() -> None:
    shown = [emoji["e"] for group in all_emoji().values() for emoji in group]

    assert len(shown) == len(set(shown))
    assert len(shown) > 500


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.get(reverse("inbox:emoji")).status_code == 302


def test_it_rejects_post(agent_client: Client) -> None:
    assert agent_client.post(reverse("inbox:emoji")).status_code == 405
