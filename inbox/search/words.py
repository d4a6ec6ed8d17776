"""Text as search sees it: words in lower case without accents, the same way on both sides.

The databases' own tokenisers differ between versions and locales, so they are only given
words that are already taken apart here. That also makes queries safe: a word is nothing but
letters and digits.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from inbox.search import numbers

WORD = re.compile(r"[^\W_]+")
MAX_WORD = 64  # longer ones are codes and links; PostgreSQL refuses words above 2 kB
MAX_TEXT = 20_000  # a filled form can be long; its beginning is enough to find it
MAX_QUERY = 200
MAX_QUERY_WORDS = 8
# Shorter beginnings match a large part of all messages, and say nothing.
MIN_PREFIX = 3
MIN_QUERY = 2
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
HAS_UMLAUT = re.compile("[äöüÄÖÜ\u0308]")
# Letters that Unicode does not take apart into a plain one and a mark.
PLAIN = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
)


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody typed: whole words, and the last one perhaps still being typed."""

    words: tuple[str, ...]
    spelled: tuple[str, ...] = ()  # the same words with "ue" for "ü"
    phone: str = ""  # the digits, when it can be a number
    written: tuple[str, ...] = ()  # how such a number begins in messages, in each way

    @property
    def either(self) -> list[tuple[str, ...]]:
        """The one or two spellings of each word."""
        pairs = zip(self.words, self.spelled, strict=True)
        return [(word,) if word == spelled else (word, spelled) for word, spelled in pairs]

    @property
    def last_only(self) -> bool:
        """Only the last word of a name may be a mere beginning: what stands first in a number
        begins half of all numbers."""
        return bool(self.phone)


def fold(text: str) -> str:
    """``"Müller-Şahin"`` → ``"muller-sahin"``. Keeps no marks, so lengths may change."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(PLAIN)


def spelled_out(text: str) -> str:
    """``"Müller"`` → ``"mueller"``: as one writes it where the keyboard has no umlauts."""
    if not HAS_UMLAUT.search(text):
        return fold(text)
    return fold(unicodedata.normalize("NFC", text.casefold()).translate(UMLAUTS))


def words_of(text: str) -> list[str]:
    """What is kept of a text: its words, those with umlauts in both spellings."""
    text = text[:MAX_TEXT]
    words = _taken_apart(fold(text))
    if not text.isascii() and HAS_UMLAUT.search(text):
        plain = set(words)
        words += [word for word in _taken_apart(spelled_out(text)) if word not in plain]
    return words


def read_query(text: str) -> Query:
    text = text[:MAX_QUERY].strip()
    words = tuple(_taken_apart(fold(text))[:MAX_QUERY_WORDS])
    if sum(map(len, words)) < MIN_QUERY:
        return Query(())
    spelled = tuple(_taken_apart(spelled_out(text))[:MAX_QUERY_WORDS])
    phone = numbers.typed_digits(text)
    written = numbers.forms_of(text)[:3] if len(phone) >= numbers.MIN_WRITTEN else []
    return Query(words, spelled, phone, tuple(dict.fromkeys(written)))


def _taken_apart(folded: str) -> list[str]:
    # Marks are gone and compatibility forms resolved before words are looked for.
    return [word[:MAX_WORD] for word in WORD.findall(folded)]
