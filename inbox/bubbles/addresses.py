"""The addresses that every bubble names, without asking the resolver for each."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.urls import reverse

_PLACE = UUID(int=0)


def media(code: UUID) -> str:
    return _pattern("inbox:media").replace(str(_PLACE), str(code))


def thumbnail(code: UUID) -> str:
    return _pattern("inbox:media_thumbnail").replace(str(_PLACE), str(code))


def conversation(code: UUID) -> str:
    return _pattern("inbox:conversation").replace(str(_PLACE), str(code))


@cache
def _pattern(name: str) -> str:
    return reverse(name, args=[_PLACE])
