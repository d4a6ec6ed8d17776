"""Texts with places for what is only known later: ``Hello {{ contact.first_name | there }}``.

What stands after the bar is taken when nothing is known. Nothing is computed and nothing is
run: a place is a name out of a list, so that texts may come from anybody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

_PLACE = re.compile(r"\{\{\s*([\w.]+)\s*(?:\|([^{}]*))?\}\}")


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    fallback: str | None  # None: there is none, so something must be known

    def __str__(self) -> str:
        if self.fallback is None:
            return f"{{{{ {self.name} }}}}"
        return f"{{{{ {self.name} | {self.fallback} }}}}"


@dataclass(frozen=True, slots=True)
class Filled:
    text: str  # places that nothing is known for stay as they are written
    missing: tuple[str, ...]


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """``values`` are texts by the names of places; empty ones count as unknown."""
    parts, missing = [], []
    for part in split(text):
        if isinstance(part, str):
            parts.append(part)
            continue
        value = values.get(part.name) or part.fallback
        if value is None:
            missing.append(part.name)
        parts.append(str(part) if value is None else value)
    return Filled("".join(parts), tuple(missing))


def unknown_in(text: str, known: Collection[str]) -> list[str]:
    """Names of places that nobody will ever fill, each once, and braces that are no place."""
    found: list[str] = []
    for part in split(text):
        if isinstance(part, Place):
            found += [part.name] if part.name not in known else []
        else:
            found += [brace for brace in ("{{", "}}") if brace in part]
    return list(dict.fromkeys(found))


def split(text: str) -> Iterator[str | Place]:
    """Texts and places in turn, as they follow each other."""
    end = 0
    for found in _PLACE.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        fallback = found[2].strip() if found[2] is not None else None
        yield Place(found[1], fallback)
        end = found.end()
    if end < len(text):
        yield text[end:]
