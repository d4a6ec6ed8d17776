"""What was done to a person, a sentence each, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from inbox.models import Agent, AgentEvent

Detail = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    sentence: str
    at: datetime


def sentences(agent: Agent, *, limit: int) -> list[Entry]:
    """The newest first."""
    found = agent.events.select_related("by").order_by("-at", "-pk")[:limit]
    return [Entry(_sentence(event), event.at) for event in found]


def _sentence(event: AgentEvent) -> str:
    who = event.by.name if event.by else _("Supportdesk")
    if event.what not in _SENTENCES:
        return f"{event.what} ({who})"
    return _SENTENCES[event.what](who, event.detail)


def _role_changed(who: str, detail: Detail) -> str:
    return _("%(who)s changed the role from “%(before)s” to “%(after)s”") % {
        "who": who,
        "before": _role(detail.get("from")),
        "after": _role(detail.get("to")),
    }


def _team_changed(who: str, detail: Detail) -> str:
    before, after = detail.get("from") or _("no team"), detail.get("to") or _("no team")
    return _("%(who)s changed the team from “%(before)s” to “%(after)s”") % {
        "who": who,
        "before": before,
        "after": after,
    }


def _limit_changed(who: str, detail: Detail) -> str:
    if not (limit := detail.get("limit")):
        return _("%(who)s took away the limit of open conversations") % {"who": who}
    return _("%(who)s set the limit of open conversations to %(limit)s") % {
        "who": who,
        "limit": limit,
    }


def _role(word: object) -> str:
    names = {value: str(label) for value, label in Agent.Role.choices}
    return names.get(str(word), str(word))


_SENTENCES: dict[str, Callable[[str, Detail], str]] = {
    "invited": lambda who, d: _("%(who)s sent an invitation") % {"who": who},
    "invited_again": lambda who, d: _("%(who)s sent the invitation again") % {"who": who},
    "joined": lambda who, d: _("%(who)s joined") % {"who": who},
    "password_changed": lambda who, d: _("%(who)s chose a new password") % {"who": who},
    "role_changed": _role_changed,
    "team_changed": _team_changed,
    "data_protection_given": lambda who, d: (
        _("%(who)s gave the data-protection right") % {"who": who}
    ),
    "data_protection_taken": lambda who, d: (
        _("%(who)s took away the data-protection right") % {"who": who}
    ),
    "limit_changed": _limit_changed,
    "locked_out": lambda who, d: _("%(who)s locked them out") % {"who": who},
    "let_in": lambda who, d: _("%(who)s let them in again") % {"who": who},
}
