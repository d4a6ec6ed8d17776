"""Quick replies in words: for whom, how often, and what was done to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Max, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.models import Agent, QuickReply, QuickReplyEvent
from inbox.models.quick_reply import QuickReplyQuerySet
from inbox.quick_replies import ALWAYS_KNOWN
from inbox.quick_reply_scopes import may_change, scope_of
from inbox.views.settings.history import Detail, Entry

MONTH, QUARTER = timedelta(days=30), timedelta(days=90)
HISTORY = 30


class Line(NamedTuple):
    """A quick reply in the list of them."""

    reply: QuickReply
    scope: str
    used_month: int
    used_quarter: int
    used_last: date | None
    may_change: bool


class PlaceShown(NamedTuple):
    """What may stand in a text."""

    name: str
    meaning: str
    is_always_known: bool


def places(known: Mapping[str, str | Promise]) -> list[PlaceShown]:
    return [
        PlaceShown(name, str(meaning), name in ALWAYS_KNOWN) for name, meaning in known.items()
    ]


def with_uses(replies: QuickReplyQuerySet) -> QuickReplyQuerySet:
    """Each with ``used_month``, ``used_quarter`` and ``used_last``."""
    today = timezone.localdate()
    return replies.annotate(
        used_month=Coalesce(Sum("uses__count", filter=_since(today - MONTH)), 0),
        used_quarter=Coalesce(Sum("uses__count", filter=_since(today - QUARTER)), 0),
        used_last=Max("uses__day"),
    ).order_by("folder", "shortcut", "pk")


def lines(replies: Iterable[Any], reader: Agent) -> list[Line]:
    """``replies`` come with their uses."""
    return [
        Line(
            reply,
            scope_of(reply).name,
            reply.used_month,
            reply.used_quarter,
            reply.used_last,
            may_change(reader, reply),
        )
        for reply in replies
    ]


def history(reply: QuickReply) -> list[Entry]:
    """The newest first."""
    events = reply.events.select_related("by").order_by("-at", "-pk")[:HISTORY]
    return [Entry(_sentence(event), event.at) for event in events]


def _since(day: date) -> Q:
    return Q(uses__day__gt=day)


def _sentence(event: QuickReplyEvent) -> str:
    who = event.by.name if event.by else _("Supportdesk")
    if event.what not in _SENTENCES:
        return f"{event.what} ({who})"
    return _SENTENCES[event.what](who, event.detail)


def _changed(who: str, detail: Detail) -> str:
    named = (str(_PARTS[part]) for part in detail.get("parts", ()) if part in _PARTS)
    parts = dict.fromkeys(named)
    return _("%(who)s changed: %(parts)s") % {"who": who, "parts": ", ".join(parts)}


def _files(who: str, detail: Detail) -> str:
    added, removed = detail.get("added", []), detail.get("removed", [])
    said = []
    if added:
        said.append(_("%(who)s added %(files)s") % {"who": who, "files": ", ".join(added)})
    if removed:
        said.append(
            _("%(who)s took away %(files)s") % {"who": who, "files": ", ".join(removed)}
        )
    return "; ".join(said)


_PARTS = {
    "shortcut": gettext_lazy("shortcut"),
    "name": gettext_lazy("name"),
    "folder": gettext_lazy("folder"),
    "owner": gettext_lazy("for whom"),
    "team": gettext_lazy("for whom"),
    "content_class": gettext_lazy("class"),
    "texts": gettext_lazy("texts"),
    "acts": gettext_lazy("what happens after sending"),
}
_SENTENCES: dict[str, Callable[[str, Detail], str]] = {
    "created": lambda who, d: _("%(who)s made it") % {"who": who},
    "changed": _changed,
    "files": _files,
    "archived": lambda who, d: _("%(who)s archived it") % {"who": who},
    "restored": lambda who, d: _("%(who)s brought it back") % {"who": who},
}
