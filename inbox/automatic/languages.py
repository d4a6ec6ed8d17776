"""A cheap guess at somebody's language, until an agent says it. Pure."""

from __future__ import annotations

GERMAN_SPEAKING = ("49", "43", "41", "423")  # calling codes
GERMAN_COUNTRIES = ("DE", "AT", "CH", "LI")


def guess(*, phone: str, bsuid: str, our_phone: str) -> str:
    """By the country of their number, else of their id, else of our own number."""
    if phone:
        return _by_phone(phone)
    country, dot, _rest = bsuid.partition(".")
    if dot:
        return "de" if country.upper() in GERMAN_COUNTRIES else "en"
    return _by_phone("".join(filter(str.isdigit, our_phone)))


def _by_phone(digits: str) -> str:
    return "de" if digits.startswith(GERMAN_SPEAKING) else "en"
