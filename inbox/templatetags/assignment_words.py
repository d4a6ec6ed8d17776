"""Who has a conversation, as the timeline tells it: by hand, by routing, and back again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inbox.routing.absence import Why
from inbox.routing.rules import Reason

Content = dict[str, Any]
LONGEST = 1000


def _assigned(content: Content, who: str) -> str:
    sentence = _("%(who)s assigned the conversation to %(to)s") % {
        "who": who,
        "to": _text(content, "to_name"),
    }
    return _with_note(sentence, content)


def _taken(content: Content, who: str) -> str:
    if before := _text(content, "from_name"):
        sentence = _("%(who)s took over the conversation from %(before)s") % {
            "who": who,
            "before": before,
        }
    else:
        sentence = _("%(who)s took the conversation") % {"who": who}
    return _with_note(sentence, content)


def _with_note(sentence: str, content: Content) -> str:
    if not (note := _text(content, "note")):
        return sentence
    return _("%(sentence)s: “%(note)s”") % {"sentence": sentence, "note": note}


def _given_back(content: Content, who: str) -> str:
    return _("%(who)s gave the conversation back") % {"who": who}


def _routed(content: Content) -> str:
    return _("Assigned to %(name)s: %(reason)s") % {
        "name": _text(content, "to_name"),
        "reason": reason_words(
            _text(content, "why"), load=content.get("load"), at=_text(content, "spoke_at")
        ),
    }


def reason_words(why: str, *, load: object, at: str = "") -> str:
    """Why routing chose somebody, to stand behind their name."""
    if why == Reason.LAST_AGENT:
        return _("spoke with this customer on %(day)s") % {"day": _day(at)}
    if why == Reason.LEAST_BUSY:
        how_many = load if isinstance(load, int) else 0
        return _("fewest open conversations (%(load)d)") % {"load": how_many}
    return _("next in turn")


def _went_back(content: Content) -> str:
    name, why = _text(content, "name"), _text(content, "why")
    if why == Why.LOCKED_OUT:
        return _("Back in the queue: %(name)s can no longer sign in") % {"name": name}
    minutes = content.get("minutes")
    count = minutes if isinstance(minutes, int) else 0
    if why == Why.AWAY:
        sentence = ngettext(
            "Back in the queue: %(name)s has been away for %(count)d minute",
            "Back in the queue: %(name)s has been away for %(count)d minutes",
            count,
        )
    else:
        sentence = ngettext(
            "Back in the queue: %(name)s has been offline for %(count)d minute",
            "Back in the queue: %(name)s has been offline for %(count)d minutes",
            count,
        )
    return sentence % {"name": name, "count": count}


def _day(written: str) -> str:
    """Of this year without the year."""
    try:
        at = timezone.localtime(datetime.fromisoformat(written))
    except ValueError:
        return "…"
    is_this_year = at.year == timezone.localdate().year
    return date_format(at, "MONTH_DAY_FORMAT" if is_this_year else "DATE_FORMAT")


def _text(content: Content, key: str) -> str:
    value = content.get(key, "")
    return str(value)[:LONGEST] if isinstance(value, str | int | float) else ""


BY_AGENTS: dict[str, Callable[[Content, str], str]] = {
    "assigned": _assigned,
    "taken": _taken,
    "given_back": _given_back,
}
BY_THEMSELVES: dict[str, Callable[[Content], str]] = {
    "routed": _routed,
    "went_back": _went_back,
}
