"""Paging by key: a page begins after the place where the one before it ended.

A key is ``<moment>~<number>`` of the row it stands for; keys sort as texts, also in browsers.
Paging by key shows every row once however many come and go meanwhile, and costs the same on
the hundredth page as on the first.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import DateTimeField, Func, Value


class Key(NamedTuple):
    """A place in a list."""

    moment: datetime
    pk: int

    def as_pair(self) -> Pair:
        return Pair(Value(self.moment, output_field=DateTimeField()), Value(self.pk))

    def __str__(self) -> str:
        written = self.moment.astimezone(UTC).isoformat(timespec="microseconds")
        return f"{written[:26]}Z~{self.pk:018}"


class Pair(Func):
    """``(moment, id)``: compared as a whole, which goes straight to a place in an index."""

    template = "(%(expressions)s)"
    output_field = DateTimeField()


def read_key(text: str) -> Key:
    """Raises ValueError for what is no key."""
    moment_text, separator, number = text.partition("~")
    if not separator or not (number.isascii() and number.isdigit()) or len(number) > 18:
        raise ValueError("not a key")
    moment = datetime.fromisoformat(moment_text)
    if moment.tzinfo is None or moment.year < 2000:
        raise ValueError("not a key")
    return Key(moment.astimezone(UTC), int(number))
