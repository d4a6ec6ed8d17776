"""Names of countries and their states, for choosing whose public holidays count."""

from __future__ import annotations

from functools import lru_cache

import holidays
from babel import Locale
from django.utils.translation import get_language

from inbox.hours.public_holidays import countries


def country_names() -> list[tuple[str, str]]:
    """Code and name in the reader's language, by name."""
    return _country_names(get_language() or "en")


@lru_cache
def _country_names(language: str) -> list[tuple[str, str]]:
    names = Locale(language).territories
    return sorted(
        ((code, names.get(code, code)) for code in countries()), key=lambda pair: pair[1]
    )


@lru_cache(maxsize=64)
def state_names(country: str) -> list[tuple[str, str]]:
    """Code and name as the country itself calls them, by name; none for an unknown country."""
    if country not in countries():
        return []
    names = {code: code for code in countries()[country]}
    for name, code in holidays.country_holidays(country).subdivisions_aliases.items():
        # Several for one: the longest is the name, others are abbreviations.
        names[code] = max(name, names.get(code, ""), key=len)
    return sorted(names.items(), key=lambda pair: pair[1])
