"""The history of a contact in sentences, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from inbox.models import Contact, ContactEvent

SHOWN = 40


class Happened(NamedTuple):
    sentence: str
    at: datetime


def history_of(contact: Contact) -> list[Happened]:
    """The newest first, and no more than anybody reads."""
    rows = ContactEvent.objects.filter(contact=contact).select_related("by")
    newest = rows.order_by("-at", "-pk")[:SHOWN]
    return [Happened(sentence_of(row), row.at) for row in newest]


def sentence_of(event: ContactEvent) -> str:
    """Names in it are plain text: escape it."""
    who = event.by.name if event.by else _("Supportdesk")
    say = _SENTENCES.get(event.word)
    if say is None:
        return _("%(who)s changed something") % {"who": who}
    return say() % {"who": who, **_texts(event.data)}


def _texts(data: Any) -> dict[str, str]:
    known = data if isinstance(data, dict) else {}
    return {name: str(known.get(name, ""))[:200] for name in ("field", "number")}


# Functions, so that each is translated when it is read.
_SENTENCES: dict[str, Callable[[], str]] = {
    "renamed": lambda: _("%(who)s changed the name"),
    "language": lambda: _("%(who)s changed the language"),
    "address_form": lambda: _("%(who)s changed the form of address"),
    "field": lambda: _("%(who)s changed “%(field)s”"),
    "note_added": lambda: _("%(who)s wrote a note"),
    "note_changed": lambda: _("%(who)s changed a note"),
    "note_deleted": lambda: _("%(who)s deleted a note"),
    "labels": lambda: _("%(who)s changed the labels"),
    "blocked": lambda: _("%(who)s blocked this person"),
    "unblocked": lambda: _("%(who)s unblocked this person"),
    "merged": lambda: _("%(who)s merged another contact into this one"),
    "split": lambda: _("%(who)s split a merged contact off again"),
    "written_to": lambda: _("%(who)s wrote first, from %(number)s"),
}
