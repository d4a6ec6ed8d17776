"""Templates drawn once for everything of the same shape, and then only filled in.

Of fifty messages most look alike: only their texts differ. Asking a template fifty times which
parts there are, and for the same words and icons, takes longer than all the rest of the page.
So a template is drawn once for each shape and language, with a place where each text goes:
``<b>{0}</b>``. What comes next of that shape has its texts put there, escaped. Texts never
pass through the template themselves, so nothing in them can be taken for a place.

A template that is drawn this way may place a text and ask whether there is one. It must not
compare or change it: what it has to look into is a ``Word``, which is part of the shape. Long
lists are drawn item by item, because each length is a shape of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from itertools import count
from typing import Any, TypeAlias

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class Word(str):
    """One of a few words that a template may look into."""

    __slots__ = ()


Things: TypeAlias = Mapping[str, object]
Shape: TypeAlias = object

REMEMBERED = 1024  # shapes; some 3 MB as they are, and ten times that at worst
MOST_TEXTS = 200  # what is longer is rare, and would fill the memory
_TEXT, _NAMED = object(), object()
_PLACE = re.compile("\ue000(\\d+)\ue001")
_INDENT = re.compile(r"\n\s*")


def draw(template: str, things: Things) -> SafeString:
    """The same as ``render_to_string(template, things)``, but for indents."""
    return draw_each(template, [things])


def draw_each(template: str, many: Iterable[Things]) -> SafeString:
    """All of them, one after the other."""
    if settings.DEBUG:  # where templates change while one looks
        return SafeString("".join([render_to_string(template, dict(its)) for its in many]))
    language = get_language() or ""
    return SafeString("".join([_filled(template, language, its) for its in many]))


def _filled(template: str, language: str, things: Things) -> str:
    texts: list[str] = []
    shape = _shape_of(things, texts)
    if len(texts) > MOST_TEXTS:
        return render_to_string(template, dict(things))
    return _stencil(template, language, shape).format(*texts)


def _shape_of(thing: object, texts: list[str]) -> Shape:
    """Everything but the texts, which are added to the list as they come."""
    if type(thing) is str and thing:  # as most are
        texts.append(escape(thing))
        return _TEXT
    if thing is None or isinstance(thing, Word | bool):
        return thing
    if isinstance(thing, str):
        if thing:
            texts.append(thing if isinstance(thing, SafeString) else escape(thing))
        return _TEXT if thing else ""
    if isinstance(thing, dict):
        return (_NAMED, *thing, *[_shape_of(value, texts) for value in thing.values()])
    if isinstance(thing, list | tuple):
        return tuple([_shape_of(item, texts) for item in thing])
    raise TypeError(
        f"a template is given texts, words and lists of them, not {type(thing).__name__}"
    )


@lru_cache(maxsize=REMEMBERED)
def _stencil(template: str, language: str, shape: Shape) -> str:
    """``language`` is that of now; it is here so that each has its own."""
    html = _INDENT.sub("\n", render_to_string(template, _with_places(shape, count())))
    stencil = _PLACE.sub(r"{\1}", html.replace("{", "{{").replace("}", "}}"))
    if "\ue000" in stencil:
        raise ValueError(f"{template} changes a text, which it can only place")
    return stencil


def _with_places(shape: Shape, places: count[int]) -> Any:
    if shape is _TEXT:
        return f"\ue000{next(places)}\ue001"
    if not isinstance(shape, tuple):
        return shape
    if shape and shape[0] is _NAMED:
        half = len(shape) // 2 + 1
        names, shapes = shape[1:half], shape[half:]
        return {n: _with_places(s, places) for n, s in zip(names, shapes, strict=True)}
    return [_with_places(item, places) for item in shape]
