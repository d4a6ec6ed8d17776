"""The emoji one can pick, with words to find them by: from Unicode's own names, at start.

German words are ours, for what people look for; the rest is found by its English name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inbox.emoji_words import GERMAN


class Emoji(TypedDict):
    e: str
    w: str  # lower case words, English and German


Ranges = tuple[tuple[int, int], ...]
CATEGORIES: dict[str, tuple[str | Promise, Ranges]] = {
    "smileys": (
        _("Smileys"),
        ((0x1F600, 0x1F64F), (0x1F910, 0x1F92F), (0x1F970, 0x1F97A), (0x1F9D0, 0x1F9D0),
         (0x1FAE0, 0x1FAE7), (0x1F480, 0x1F480), (0x1F47B, 0x1F47F)),
    ),
    "hands": (
        _("Hands and people"),
        ((0x1F44A, 0x1F450), (0x1F446, 0x1F449), (0x1F590, 0x1F590), (0x1F596, 0x1F596),
         (0x1F440, 0x1F440),
         (0x270A, 0x270D), (0x261D, 0x261D), (0x1F918, 0x1F91F), (0x1F930, 0x1F93E),
         (0x1F466, 0x1F479), (0x1F9D1, 0x1F9DF), (0x1F4AA, 0x1F4AA), (0x1FAF0, 0x1FAF6)),
    ),
    "hearts": (
        _("Hearts and signs of feeling"),
        ((0x2764, 0x2764), (0x1F493, 0x1F49F), (0x1F9E1, 0x1F9E1), (0x1F90D, 0x1F90E),
         (0x1F5A4, 0x1F5A4), (0x1F4A2, 0x1F4A9), (0x1F4AB, 0x1F4AD), (0x1F4AF, 0x1F4AF)),
    ),
    "nature": (
        _("Animals and nature"),
        ((0x1F400, 0x1F43F), (0x1F980, 0x1F9AE), (0x1F330, 0x1F344), (0x1F490, 0x1F490),
         (0x2600, 0x2604), (0x26C5, 0x26C5),
         (0x2744, 0x2744), (0x1F324, 0x1F328), (0x1F300, 0x1F320), (0x2B50, 0x2B50)),
    ),
    "food": (
        _("Food and drink"),
        ((0x1F345, 0x1F37F), (0x1F950, 0x1F96F), (0x1F9C0, 0x1F9CB), (0x2615, 0x2615),
         (0x1F942, 0x1F944),
         (0x1F382, 0x1F382)),
    ),
    "doing": (
        _("Leisure"),
        ((0x1F380, 0x1F393), (0x1F3A0, 0x1F3CF), (0x1F3F8, 0x1F3FA), (0x26BD, 0x26BE),
         (0x1F947, 0x1F94F), (0x1F9E9, 0x1F9E9)),
    ),
    "travel": (
        _("Travel and places"),
        ((0x1F680, 0x1F6A4), (0x1F6B2, 0x1F6B2), (0x1F6E9, 0x1F6EC), (0x1F6F4, 0x1F6FC),
         (0x1F3E0, 0x1F3F0), (0x2708, 0x2708), (0x26FA, 0x26FA), (0x26FD, 0x26FD)),
    ),
    "things": (
        _("Things"),
        ((0x1F4A1, 0x1F4A1), (0x1F4B0, 0x1F4FF), (0x1F50A, 0x1F517), (0x1F525, 0x1F529),
         (0x1F451, 0x1F463), (0x1F6CB, 0x1F6CF), (0x1FA91, 0x1FA9F), (0x1F9F0, 0x1F9FF),
         (0x1F6D2, 0x1F6D2), (0x23F0, 0x23F0), (0x231A, 0x231B),
         (0x260E, 0x260E), (0x2702, 0x2702), (0x2709, 0x2709)),
    ),
    "signs": (
        _("Signs"),
        ((0x2705, 0x2705), (0x274C, 0x274C), (0x2714, 0x2714), (0x2716, 0x2716),
         (0x2753, 0x2757), (0x26A0, 0x26A1), (0x2728, 0x2728), (0x27A1, 0x27A1),
         (0x2B05, 0x2B07), (0x1F6A8, 0x1F6AB), (0x1F534, 0x1F535), (0x1F7E0, 0x1F7EB),
         (0x1F51C, 0x1F51F), (0x2139, 0x2139), (0x267B, 0x267B), (0x00A9, 0x00A9)),
    ),
    "flags": (_("Flags"), ()),
}  # fmt: skip
COUNTRIES = (
    "DE AT CH LI LU EU FR BE NL DK PL CZ IT ES PT GB IE SE NO FI HU SI HR SK RO BG GR TR UA US"
)
# Drawn as text unless told otherwise.
_PLAIN = range(0x3000)


@cache
def all_emoji() -> dict[str, list[Emoji]]:
    seen: set[int] = set()
    found = {name: list(_of(ranges, seen)) for name, (_label, ranges) in CATEGORIES.items()}
    return found | {"flags": [_flag(code) for code in COUNTRIES.split()]}


def _of(ranges: Ranges, seen: set[int]) -> Iterator[Emoji]:
    """Each one once: the first category that has it keeps it."""
    for first, last in ranges:
        for point in range(first, last + 1):
            words = unicodedata.name(chr(point), "")
            if words and point not in seen and not _is_part(words):
                seen.add(point)
                yield _emoji(chr(point), words)


def _is_part(words: str) -> bool:
    """Skin tones and the like are no emoji of their own."""
    return "MODIFIER" in words or "VARIATION" in words or words.startswith("EMOJI COMPONENT")


def _emoji(character: str, words: str) -> Emoji:
    shown = character + "\ufe0f" if ord(character) in _PLAIN else character
    return Emoji(e=shown, w=f"{words.lower()} {GERMAN.get(character, '')}".strip())


def _flag(code: str) -> Emoji:
    letters = "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in code)
    return Emoji(
        e=letters, w=f"flag {code.lower()} flagge fahne {GERMAN.get(code, '')}".strip()
    )
