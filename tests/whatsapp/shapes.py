"""Whether a dataclass really holds what its annotations promise."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from functools import cache
from typing import Any

from inbox.whatsapp.happenings import Happening


def assert_sound(happening: Happening) -> None:
    """Every field has its type, and the raw part can be kept by any database."""
    _assert_fields(happening)
    stored = json.dumps(happening.raw, allow_nan=False, ensure_ascii=False).encode()
    assert b"\\u0000" not in stored
    assert len(happening.dedupe_key) == 64
    if happening.at:
        assert happening.at.utcoffset() is not None


def _assert_fields(thing: object) -> None:
    kind: Any = type(thing)
    for name, hint in _hints(kind).items():
        assert _conforms(getattr(thing, name), hint), (thing, name)


@cache
def _hints(kind: Any) -> dict[str, object]:
    return typing.get_type_hints(kind)


def _conforms(value: object, hint: object) -> bool:
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return any(_conforms(value, option) for option in typing.get_args(hint))
    if origin is tuple:
        inner = typing.get_args(hint)[0]
        return type(value) is tuple and all(_conforms(item, inner) for item in value)
    if origin is dict:
        return type(value) is dict
    assert isinstance(hint, type)
    if type(value) is not hint:
        return False
    if dataclasses.is_dataclass(value):
        _assert_fields(value)
    return not isinstance(value, str) or _is_storable(value)


def _is_storable(text: str) -> bool:
    return "\x00" not in text and text.encode("utf-8", "replace").decode() == text
