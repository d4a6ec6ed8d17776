"""The inbox page without what is in it: head, rail, dialogs, the four empty panes.

It looks the same for an agent until they change something about themselves, so it is drawn
once, and kept in pieces between the places where the parts go.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.messages import get_messages
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language

from inbox.http import AgentRequest
from inbox.models import Agent

MOST = 256  # frames, about 8 MB
# What changes all the time and stands on no page.
UNSEEN = frozenset({"password", "last_login", "last_seen_at"})
PARTS = ("title", "sidebar_url", "sidebar", "list", "opened")
# Words nobody can guess, so that nobody can write one into a name.
_PLACES = {name: f"place{secrets.token_hex(8)}" for name in (*PARTS, "csrf_token", "here")}
_NAMES = {place: name for name, place in _PLACES.items()}
_ANY_PLACE = re.compile(f"({'|'.join(_NAMES)})")
_kept: dict[tuple[object, ...], list[str]] = {}


def framed(request: AgentRequest, **parts: str) -> str:
    """The whole page; ``parts`` are HTML, one for each of ``PARTS``."""
    here = quote(request.get_full_path(), safe="")
    parts |= {"csrf_token": get_token(request), "here": here}
    pieces = list(_pieces(request))
    pieces[1::2] = [parts[name] for name in pieces[1::2]]
    return "".join(pieces)


def _pieces(request: AgentRequest) -> list[str]:
    """Every other piece is the name of the part that goes there."""
    # Messages are shown once, and to this agent only.
    if len(get_messages(request)) or settings.DEBUG:
        return _draw(request)
    return _remembered((get_language(), *_look(request.user)), lambda: _draw(request))


def _remembered(key: tuple[object, ...], draw: Callable[[], list[str]]) -> list[str]:
    if key not in _kept:
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = draw()
    return _kept[key]


def _look(agent: Agent) -> tuple[Any, ...]:
    return tuple(getattr(agent, name) for name in _shown_columns())


def _shown_columns() -> list[str]:
    return [f.attname for f in Agent._meta.concrete_fields if f.attname not in UNSEEN]


def _draw(request: AgentRequest) -> list[str]:
    pieces = _ANY_PLACE.split(render_to_string("inbox/inbox.html", _PLACES, request))
    pieces[1::2] = [_NAMES[place] for place in pieces[1::2]]
    return pieces
