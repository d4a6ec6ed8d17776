"""Addresses of every page, without asking the resolver again each time."""

from __future__ import annotations

from functools import cache, lru_cache
from uuid import UUID

from django.urls import reverse

_PLACE = UUID(int=0)


def address(name: str, code: UUID | str) -> str:
    return _pattern(name).replace(str(_PLACE), str(code))


@cache
def _pattern(name: str) -> str:
    return reverse(f"inbox:{name}", args=[_PLACE])


@lru_cache(maxsize=1024)
def folder_address(name: str, slug: str) -> str:
    """Of a folder or a saved view."""
    return reverse(f"inbox:{name}", args=[slug])
