"""Following and reminders, as the timeline tells of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

Content = dict[str, Any]
LONGEST = 200


def _followed(content: Content, who: str) -> str:
    return _("%(who)s follows the conversation") % {"who": who}


def _unfollowed(content: Content, who: str) -> str:
    return _("%(who)s does not follow the conversation any more") % {"who": who}


def _reminder_set(content: Content, who: str) -> str:
    names = {"who": who, "to": _text(content, "to_name"), "at": _moment(content)}
    if names["to"]:
        return _("%(who)s set a reminder for %(to)s: %(at)s") % names
    return _("%(who)s set a reminder: %(at)s") % names


def _reminder_cancelled(content: Content, who: str) -> str:
    return _("%(who)s cancelled the reminder for %(at)s") % {
        "who": who,
        "at": _moment(content),
    }


def _reminded(content: Content) -> str:
    names = {"to": _text(content, "to_name"), "text": _text(content, "text")}
    if names["text"]:
        return _("Reminder for %(to)s: %(text)s") % names
    return _("Reminder for %(to)s") % names


def _text(content: Content, key: str) -> str:
    value = content.get(key, "")
    return value[:LONGEST] if isinstance(value, str) else ""


def _moment(content: Content) -> str:
    try:
        moment = datetime.fromisoformat(_text(content, "at_moment"))
    except ValueError:
        return "…"
    if timezone.is_naive(moment):
        return "…"
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


BY_AGENTS: dict[str, Callable[[Content, str], str]] = {
    "followed": _followed,
    "unfollowed": _unfollowed,
    "reminder_set": _reminder_set,
    "reminder_cancelled": _reminder_cancelled,
}
BY_THEMSELVES: dict[str, Callable[[Content], str]] = {"reminded": _reminded}
