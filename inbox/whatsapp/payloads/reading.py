"""Reading a value that may be missing, null or of another type. Nothing here raises."""

from __future__ import annotations

import math
from datetime import UTC, datetime

MAX_ID_LENGTH = 400  # wamids have up to about 300 characters
_LONGEST_PHONE = 20
_MILLISECONDS_FROM = 10**11  # in seconds that would be the year 5138
_LAST_SECOND = 253_402_300_799  # the end of the year 9999

_EMPTY: dict[str, object] = {}


def obj(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else _EMPTY


def elements(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    if type(value) is str:
        return value
    if value is None or isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(value)


def texts(value: object) -> tuple[str, ...]:
    """A list of texts, also when there is only one and no list."""
    many = value if isinstance(value, list) else [value]
    return tuple(t for t in map(text, many) if t)


def ident(value: object) -> str:
    """An id: opaque, as text. One of absurd length is none."""
    found = (value if type(value) is str else text(value)).strip()
    return found if len(found) <= MAX_ID_LENGTH else ""


def phone(value: object) -> str:
    """Digits only; "" for what is no number (placeholders, group ids)."""
    found = value if type(value) is str else text(value)
    if not found:
        return ""
    if not (found.isascii() and found.isdigit()):
        found = found.strip().removeprefix("+").translate(_PHONE_PUNCTUATION)
        if not (found.isascii() and found.isdigit()):
            return ""
    return found if len(found) <= _LONGEST_PHONE else ""


_PHONE_PUNCTUATION = str.maketrans("", "", " -()./\u00a0")


def whole(value: object) -> int | None:
    if isinstance(value, str):
        value = value.strip()
        if not (value.isascii() and value.lstrip("-").isdigit() and len(value) < 20):
            return None
        try:
            value = int(value)
        except ValueError:  # "--1"
            return None
    if isinstance(value, float) and math.isfinite(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if -(2**63) <= value < 2**63 else None


def decimal(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def flag(value: object) -> bool:
    return value is True or value in (1, "true", "True", "1")


def maybe_flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def moment(value: object) -> datetime | None:
    """Unix seconds or milliseconds, as text or number. None for anything else."""
    seconds = None if value is None else whole(value)
    if seconds is None or seconds <= 0:
        return None
    if seconds >= _MILLISECONDS_FROM:
        seconds //= 1000
    return datetime.fromtimestamp(seconds, UTC) if seconds <= _LAST_SECOND else None
