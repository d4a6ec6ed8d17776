"""Numbers as people type them: with comma or point, and marks between the thousands."""

from __future__ import annotations

import re
from decimal import Decimal

LONGEST = 40
_SPACES = re.compile(r"[\s'’]")
_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?\Z", re.ASCII)


class NotANumber(ValueError):
    """This cannot be read as a number."""


def read_number(text: str, *, thousands: str = ".") -> Decimal:
    """``thousands``: which of comma and point groups digits where the writer lives; it
    decides only what could be read both ways, such as 1.234."""
    text = _SPACES.sub("", text)
    if len(text) > LONGEST:
        raise NotANumber
    mark = _decimal_mark(text, thousands)
    whole, _mark, rest = text.rpartition(mark) if mark else (text, "", "")
    for group in set(",.") - {mark}:
        whole = _without(whole, group)
    plain = f"{whole}.{rest}" if mark else whole
    if not _PLAIN.match(plain):
        raise NotANumber
    return Decimal(plain)


def _decimal_mark(text: str, thousands: str) -> str:
    """The mark before the decimals; "" when there are none."""
    marks = [character for character in text if character in ",."]
    if not marks:
        return ""
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        return ""
    could_group = re.fullmatch(r"[+-]?[1-9][0-9]{0,2}[,.][0-9]{3}", text)
    return "" if could_group and marks[0] == thousands else marks[0]


def _without(whole: str, group: str) -> str:
    """Digits in groups of three are read together; anything else is a slip."""
    parts = whole.split(group)
    if len(parts) == 1:
        return whole
    if not parts[0].lstrip("+-") or any(len(part) != 3 for part in parts[1:]):
        raise NotANumber
    return "".join(parts)
