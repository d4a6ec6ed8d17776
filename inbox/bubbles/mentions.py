"""Notes with the names in them: those of now, whatever they were when the note was written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape
from typing import TypeAlias

from django.utils.safestring import SafeString

from inbox import mentioning
from inbox.bubbles.text import to_html
from inbox.mentioning import Named
from inbox.models import Agent, Message, Team
from inbox.thread_paging import Entry

Names: TypeAlias = tuple[Named, ...]
MODELS: dict[str, type[Agent] | type[Team]] = {"agent": Agent, "team": Team}


def names_of(entries: Sequence[Entry]) -> dict[int, Names]:
    """Whom each of these notes names. Asks only where there are names."""
    named = {entry.pk: found for entry in entries if (found := _named_in(entry))}
    if not named:
        return {}
    now = _names_now([each for found in named.values() for each in found])
    return {pk: tuple(mentioning.names_now(found, now)) for pk, found in named.items()}


def to_html_with(body: str, then: Iterable[Named], now: Names) -> SafeString:
    """Each piece by itself, so that nothing in a link or a name is taken for the other."""
    current = {(each.kind, each.pk): each.name for each in now}
    return SafeString(
        "".join(
            to_html(piece)
            if isinstance(piece, str)
            else f'<span class="mention">@{escape(current[piece.kind, piece.pk])}</span>'
            for piece in mentioning.pieces(body, then)
        )
    )


def _named_in(entry: Entry) -> list[Named]:
    if entry.kind != Message.Kind.NOTE or "mentions" not in entry.content:
        return []
    return mentioning.named_in(json.loads(entry.content))


def _names_now(named: list[Named]) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for kind, model in MODELS.items():
        if pks := {each.pk for each in named if each.kind == kind}:
            rows = model._default_manager.filter(pk__in=pks).values_list("pk", "name")
            found |= {(kind, pk): name for pk, name in rows}
    return found
