"""Hours as people write them: "09:00-12:30, 14-18" and back."""

from __future__ import annotations

import re
from itertools import pairwise

from inbox.hours.instants import MINUTES_A_DAY
from inbox.hours.plan import Span, Spans

MOST = 6  # spans a day
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
_SPAN = re.compile(rf"{_TIME}\s*(?:-|–|—|to|bis)\s*{_TIME}", re.ASCII | re.IGNORECASE)


class NotHours(ValueError):
    """``str()`` is the part that could not be read."""


class Overlapping(ValueError):
    """Two spans of a day cover the same time."""


def read(text: str) -> Spans:
    """Nothing written is closed. What closes before it opens closes on the next day.

    Raises NotHours, Overlapping.
    """
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    if len(parts) > MOST:
        raise NotHours(parts[MOST])
    spans = tuple(sorted(_read_span(part) for part in parts))
    for earlier, later in pairwise(spans):
        if later.opens < earlier.closes:
            raise Overlapping(write((earlier, later)))
    return spans


def write(spans: Spans) -> str:
    return ", ".join(f"{clock(span.opens)}–{clock(span.closes)}" for span in spans)


def clock(minute: int) -> str:
    """09:00. 24:00 is the end of the day, what lies in the next is written as it is there."""
    if minute > MINUTES_A_DAY:
        minute -= MINUTES_A_DAY
    return f"{minute // 60:02}:{minute % 60:02}"


def _read_span(part: str) -> Span:
    found = _SPAN.fullmatch(part)
    if not found:
        raise NotHours(part)
    opens = _minutes(found[1], found[2], part)
    closes = _minutes(found[3], found[4], part)
    if opens == MINUTES_A_DAY or closes == opens:
        raise NotHours(part)
    return Span(opens, closes if closes > opens else closes + MINUTES_A_DAY)


def _minutes(hours: str, minutes: str | None, part: str) -> int:
    total = int(hours) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or total > MINUTES_A_DAY:
        raise NotHours(part)
    return total
