"""Public holidays of a country and its states, from the ``holidays`` package."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import holidays

# The package's names for the languages of the desk; English where a country has neither.
LANGUAGES = {"de": "de", "en": "en_US"}


class Holiday(NamedTuple):
    key: str  # its name in the country's own language: the same each year
    name: str  # in the language asked for


@dataclass(frozen=True, slots=True)
class Calendar:
    country: str  # ISO 3166-1, such as "DE"
    state: str = ""  # ISO 3166-2 without the country, such as "BY"
    language: str = "en"

    def on(self, day: date) -> tuple[Holiday, ...]:
        return self.year(day.year).get(day, ())

    def year(self, year: int) -> dict[date, tuple[Holiday, ...]]:
        return _year(self.country, self.state, self.language, year)


def countries() -> dict[str, list[str]]:
    """Those the package knows, each with its states."""
    return {
        code: list(states)
        for code, states in holidays.list_supported_countries(include_aliases=False).items()
    }


@lru_cache(maxsize=256)
def _year(
    country: str, state: str, language: str, year: int
) -> dict[date, tuple[Holiday, ...]]:
    own = _holidays(country, state, year, language=None)
    # Without a language the package would take the machine's.
    own = _holidays(country, state, year, language=own.default_language)
    spoken = _holidays(country, state, year, language=LANGUAGES.get(language, "en_US"))
    return {
        day: tuple(map(Holiday, own.get_list(day), spoken.get_list(day))) for day in sorted(own)
    }


def _holidays(
    country: str, state: str, year: int, *, language: str | None
) -> holidays.HolidayBase:
    return holidays.country_holidays(
        country, subdiv=state or None, years=year, language=language
    )
