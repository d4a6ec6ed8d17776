"""Messages as list items, each remembered as it was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.utils.safestring import SafeString

from inbox import stencils
from inbox.bubbles.lines import day_line, unread_line
from inbox.bubbles.preparing import Reader, Sight, bubble_of, is_own, local
from inbox.bubbles.surroundings import Around, around
from inbox.hidden_labels import readable
from inbox.models import Message
from inbox.thread_paging import Entry

REMEMBERED = 12_000  # messages, some 25 MB: the newest of 240 conversations
LONGEST = 1000  # letters; what is longer is rare, and would fill the memory


class Drawn(NamedTuple):
    html: SafeString
    day: date


def draw(entries: Sequence[Entry], reader: Reader, *, unread: int = 0) -> SafeString:
    """A page of the thread; ``unread`` of the customer's last messages get a line above."""
    entries = readable(entries, reader.agent)
    first_unread = _first_unread(entries, unread)
    day, html = None, []
    for entry, its in zip(entries, around(entries), strict=True):
        drawn = _drawn(entry, its, reader)
        if drawn.day != day:
            day = drawn.day
            html.append(day_line(day, reader.sight.zone, reader.today, reader.sight.language))
        if entry.pk == first_unread:
            html.append(unread_line(entry.order))
        html.append(drawn.html)
    return SafeString("".join(html))


def _first_unread(entries: Sequence[Entry], unread: int) -> int | None:
    incoming = [entry.pk for entry in entries if entry.direction == Message.Direction.IN]
    return incoming[-unread] if 0 < unread <= len(incoming) else None


def _drawn(entry: Entry, its: Around, reader: Reader) -> Drawn:
    is_long = len(entry.body) + len(entry.content) > LONGEST
    draw_one = _draw if is_long or settings.DEBUG else _remembered
    return draw_one(entry, its, reader.sight, is_own(entry, reader))


def _draw(entry: Entry, its: Around, sight: Sight, own: bool) -> Drawn:
    """A bubble is made of these four and nothing else: the same ones look the same for ever.

    So nothing has to be forgotten when a message is edited, delivered or deleted, or when
    its file arrives: then it is another ``entry``, or there are others around it.
    """
    bubble = bubble_of(entry, its, sight, own=own)
    html = stencils.draw("inbox/_message.html", {"bubble": bubble})
    return Drawn(html, local(entry, sight).date())


_remembered = lru_cache(maxsize=REMEMBERED)(_draw)
