"""The strip above a bubble that shows what it answers."""

from __future__ import annotations

from typing import TypedDict

from django.utils.translation import gettext as _

from inbox.addresses import address
from inbox.bubbles.surroundings import Quoted
from inbox.models import Message

LONGEST = 200


class Quote(TypedDict):
    speaker: str
    text: str
    url: str  # "" when there is nothing to jump to
    pk: str


def quote_of(quoted: Quoted | None, contact_name: str) -> Quote:
    if quoted is None:
        return Quote(speaker="", text=_("A message that is not known here"), url="", pk="")
    is_theirs = quoted.direction == Message.Direction.IN
    url = address("conversation", quoted.conversation__code)
    return Quote(
        speaker=contact_name if is_theirs else quoted.author__name or _("Us"),
        text=_preview(quoted),
        url=f"{url}?at={quoted.pk}",
        pk=str(quoted.pk),
    )


def _preview(quoted: Quoted) -> str:
    if quoted.revoked_at:
        return _("Deleted message")
    return quoted.body[:LONGEST] or str(Message.Kind(quoted.kind).label)
