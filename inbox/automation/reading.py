"""Rules as they are stored, read from something that may hold anything.

Nothing is guessed and nothing is left unread: what does not fit is refused, with its place.
"""

from __future__ import annotations

import enum
from typing import Any, TypeVar
from uuid import UUID

Json = dict[str, Any]
E = TypeVar("E", bound=enum.Enum)
MOST_SHOWN = 40


class Why(enum.StrEnum):
    """What is wrong with it; in the reader's words in inbox.rule_words."""

    NOT_AN_OBJECT = "not an object"
    NOT_A_LIST = "not a list"
    TOO_MANY = "too many"
    TOO_LONG = "too long"
    MISSING = "missing"
    UNKNOWN_WORD = "unknown word"
    UNKNOWN_FIELD = "unknown field"
    NOT_A_NUMBER = "not a number"
    OUT_OF_RANGE = "out of range"
    NOT_A_TEXT = "not a text"
    NOT_YES_OR_NO = "not yes or no"
    NOT_A_CODE = "not a code"
    TWICE = "twice"
    NOTHING_TO_DO = "nothing to do"
    CONTRADICTION = "contradiction"


class Refused(ValueError):
    """``place`` is where, such as ``if.0.words``; ``detail`` is a limit or what was found."""

    def __init__(self, place: str, why: Why, detail: str = "") -> None:
        super().__init__(f"{place}: {why}{f' ({detail})' if detail else ''}")
        self.place, self.why, self.detail = place, why, detail


class Fields:
    """The fields of one object; each is asked for, and ``end`` finds what nobody asked for."""

    def __init__(self, given: object, place: str) -> None:
        if not isinstance(given, dict):
            raise Refused(place, Why.NOT_AN_OBJECT)
        self._place, self._left = place, dict(given)

    def one_of(self, name: str, words: type[E]) -> E:
        value = self._take(name)
        try:
            return words(value)
        except ValueError:
            raise self.refused(name, Why.UNKNOWN_WORD, str(value)[:MOST_SHOWN]) from None

    def number(self, name: str, least: int, most: int) -> int:
        value = self._take(name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.refused(name, Why.NOT_A_NUMBER)
        if not least <= value <= most:
            raise self.refused(name, Why.OUT_OF_RANGE, f"{least}–{most}")
        return value

    def text(self, name: str, longest: int, *, empty: bool = False) -> str:
        return self._text(name, self._take(name), longest, empty=empty)

    def texts(self, name: str, most: int, longest: int) -> tuple[str, ...]:
        value = self._take(name)
        if not isinstance(value, list):
            raise self.refused(name, Why.NOT_A_LIST)
        if not value:
            raise self.refused(name, Why.MISSING)
        if len(value) > most:
            raise self.refused(name, Why.TOO_MANY, str(most))
        return tuple(self._text(name, each, longest) for each in value)

    def code(self, name: str, *, optional: bool = False) -> str:
        value = self._take(name)
        return "" if optional and value == "" else self._code(name, value)

    def codes(self, name: str, most: int) -> tuple[str, ...]:
        return tuple(self._code(name, text) for text in self.texts(name, most, MOST_SHOWN))

    def yes(self, name: str) -> bool:
        """Left out is no."""
        value = self._left.pop(name, False)
        if not isinstance(value, bool):
            raise self.refused(name, Why.NOT_YES_OR_NO)
        return value

    def end(self) -> None:
        for name in self._left:
            raise self.refused(str(name)[:MOST_SHOWN], Why.UNKNOWN_FIELD)

    def refused(self, name: str, why: Why, detail: str = "") -> Refused:
        return Refused(f"{self._place}.{name}", why, detail)

    def _take(self, name: str) -> object:
        if name not in self._left:
            raise self.refused(name, Why.MISSING)
        return self._left.pop(name)

    def _code(self, name: str, value: object) -> str:
        try:
            return str(UUID(value if isinstance(value, str) else ""))
        except ValueError:
            raise self.refused(name, Why.NOT_A_CODE) from None

    def _text(self, name: str, value: object, longest: int, *, empty: bool = False) -> str:
        if not isinstance(value, str):
            raise self.refused(name, Why.NOT_A_TEXT)
        text = value.replace("\x00", "").strip()  # PostgreSQL stores no NUL
        if not text and not empty:
            raise self.refused(name, Why.MISSING)
        if len(text) > longest:
            raise self.refused(name, Why.TOO_LONG, str(longest))
        return text


def require_list(given: object, place: str, most: int) -> list[object]:
    if not isinstance(given, list):
        raise Refused(place, Why.NOT_A_LIST)
    if len(given) > most:
        raise Refused(place, Why.TOO_MANY, str(most))
    return given
