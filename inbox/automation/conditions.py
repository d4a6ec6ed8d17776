"""If: what must be so of a conversation for a rule to do something. All of it must."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from inbox.automation.reading import Fields, Json, Refused, Why, require_list

MOST_CONDITIONS = 20
MOST_WORDS, LONGEST_WORD = 50, 80
LONGEST_KEY, LONGEST_VALUE = 40, 200
LONGEST_WINDOW = 24 * 60  # minutes
# So much of a message is looked at; WhatsApp sends at most 4,096 characters.
LOOKED_AT = 10_000
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one conversation at one moment."""

    text: str = ""  # what the customer said, with this or last
    labels: frozenset[str] = frozenset()  # codes
    language: str = ""
    is_open: bool = True  # our opening hours
    number: str = ""  # code
    fields: Mapping[str, str] = field(default_factory=dict)  # own fields, by their keys
    is_first: bool = False  # the first conversation with this person
    window_left: timedelta | None = None  # until nothing but templates may be sent


class Test(enum.StrEnum):
    """What is asked."""

    __test__ = False  # for pytest: none of its own

    WORDS = "words"
    LABEL = "label"
    LANGUAGE = "language"
    HOURS = "hours"
    NUMBER = "number"
    FIELD = "field"
    FIRST = "first"
    WINDOW = "window"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """``words`` are what the test asks for, any of them; ``key`` names an own field."""

    test: Test
    words: tuple[str, ...] = ()
    key: str = ""
    minutes: int = 0
    negated: bool = False

    def holds(self, facts: Facts) -> bool:
        return _HOLDS[self.test](self, facts) is not self.negated

    def as_json(self) -> Json:
        made: Json = {"test": self.test.value}
        if self.words:
            made["words"] = list(self.words)
        if self.key:
            made["key"] = self.key
        if self.minutes:
            made["minutes"] = self.minutes
        if self.negated:
            made["not"] = True
        return made


def matches(conditions: Iterable[Condition], facts: Facts) -> bool:
    return all(condition.holds(facts) for condition in conditions)


def read_conditions(given: object) -> tuple[Condition, ...]:
    """Raises ``Refused``."""
    rows = require_list(given, "if", MOST_CONDITIONS)
    return tuple(_read(row, f"if.{place}") for place, row in enumerate(rows))


def _read(given: object, place: str) -> Condition:
    fields = Fields(given, place)
    test = fields.one_of("test", Test)
    words: tuple[str, ...] = ()
    key, minutes = "", 0
    if test in _CODES:
        words = fields.codes("words", MOST_WORDS)
    elif test in {Test.WORDS, Test.LANGUAGE}:
        words = fields.texts("words", MOST_WORDS, LONGEST_WORD)
    elif test == Test.FIELD:
        key = fields.text("key", LONGEST_KEY)
        words = fields.texts("words", MOST_WORDS, LONGEST_VALUE)
    elif test == Test.WINDOW:
        minutes = fields.number("minutes", 1, LONGEST_WINDOW)
    if test == Test.WORDS and not all(_plain(word).strip() for word in words):
        raise Refused(f"{place}.words", Why.MISSING)  # nothing but marks is found nowhere
    negated = fields.yes("not")
    fields.end()
    return Condition(test=test, words=words, key=key, minutes=minutes, negated=negated)


_CODES = frozenset({Test.LABEL, Test.NUMBER})


def _says(condition: Condition, facts: Facts) -> bool:
    """Whole words, in any case; one that ends with * is the beginning of a word."""
    said = _plain(facts.text[:LOOKED_AT])
    return any(_wanted(word) in said for word in condition.words)


def _wanted(word: str) -> str:
    plain = _plain(word)
    return plain.rstrip() if word.rstrip().endswith("*") else plain


def _plain(text: str) -> str:
    """Its words with a blank on either side of each."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _is_labelled(condition: Condition, facts: Facts) -> bool:
    return not facts.labels.isdisjoint(condition.words)


def _speaks(condition: Condition, facts: Facts) -> bool:
    spoken = _language(facts.language)
    return any(_language(word) == spoken for word in condition.words)


def _language(code: str) -> str:
    return code.replace("_", "-").partition("-")[0].lower()


def _is_open(_condition: Condition, facts: Facts) -> bool:
    return facts.is_open


def _is_at_number(condition: Condition, facts: Facts) -> bool:
    return facts.number in condition.words


def _has_value(condition: Condition, facts: Facts) -> bool:
    held = facts.fields.get(condition.key, "").strip().casefold()
    return any(word.casefold() == held for word in condition.words)


def _is_first(_condition: Condition, facts: Facts) -> bool:
    return facts.is_first


def _window_ends(condition: Condition, facts: Facts) -> bool:
    left = facts.window_left
    return left is not None and timedelta() < left <= timedelta(minutes=condition.minutes)


_HOLDS = {
    Test.WORDS: _says,
    Test.LABEL: _is_labelled,
    Test.LANGUAGE: _speaks,
    Test.HOURS: _is_open,
    Test.NUMBER: _is_at_number,
    Test.FIELD: _has_value,
    Test.FIRST: _is_first,
    Test.WINDOW: _window_ends,
}
