"""Text as search sees it: words in lower case without accents, the same way on both sides.

The databases' own tokenisers differ between versions and locales, so they are only given
words that are already taken apart here. That also makes queries safe: a word is nothing but
letters and digits.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+")
MAX_WORD = 64  # longer ones are codes and links; PostgreSQL refuses words above 2 kB
MAX_TEXT = 20_000  # a filled form can be long; its beginning is enough to find it
MAX_QUERY = 200
MAX_QUERY_WORDS = 8
# Shorter beginnings match a large part of all messages, and say nothing.
MIN_PREFIX = 3
MIN_QUERY = 2
PHONE = re.compile(r"\+?[0-9\s()/.\-]+")
MIN_PHONE_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody typed: whole words, and the last one perhaps still being typed."""

    words: tuple[str, ...]
    phone: str = ""  # the digits, when it can be a number

    @property
    def in_names(self) -> tuple[tuple[str, bool], ...]:
        """Each word of a name, and whether it may be only its beginning. Of a number's groups
        only the last may: the first ones begin half of all numbers."""
        last = len(self.words) - 1
        return tuple((word, not self.phone or n == last) for n, word in enumerate(self.words))


def fold(text: str) -> str:
    """``"Müller-Şahin"`` → ``"muller-sahin"``. Keeps no marks, so lengths may change."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    # Marks are gone and compatibility forms resolved before words are looked for.
    return [word[:MAX_WORD] for word in WORD.findall(fold(text[:MAX_TEXT]))]


def read_query(text: str) -> Query:
    text = text[:MAX_QUERY].strip()
    words = tuple(words_of(text)[:MAX_QUERY_WORDS])
    if sum(map(len, words)) < MIN_QUERY:
        return Query(())
    return Query(words, _phone_digits(text))


def _phone_digits(text: str) -> str:
    """``+49 (0)151 23`` → ``4915123``; ``0049 …`` the same; ``0151 23`` stays local."""
    if not PHONE.fullmatch(text):
        return ""
    digits = re.sub("[^0-9]", "", text.replace("(0)", "")).removeprefix("00")
    return digits if len(digits) >= MIN_PHONE_DIGITS else ""
