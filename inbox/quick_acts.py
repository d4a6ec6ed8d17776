"""What goes along with quick replies: labels, who gets the conversation, putting it off,
closing it. Stored by codes; what is behind a code may be gone by now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inbox.models import Agent, Label, QuickReply, Team

LONGEST_SNOOZE = 24 * 366  # hours


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that is done to the conversation."""

    label: Label | None = None
    to: Agent | Team | None = None
    hours: int = 0

    @property
    def closes(self) -> bool:
        return not (self.label or self.to or self.hours)

    @property
    def word(self) -> str:
        """How browsers name it."""
        if self.label:
            return f"label:{self.label.code}"
        if self.to:
            return f"assign:{self.to.code}"
        return f"snooze:{self.hours}" if self.hours else "close"

    def __str__(self) -> str:
        if self.label:
            return _("Label “%(name)s”") % {"name": self.label.name}
        if self.to:
            return _("Assign to %(name)s") % {"name": self.to.name}
        if self.hours:
            text = ngettext("Put off for %(n)d hour", "Put off for %(n)d hours", self.hours)
            return text % {"n": self.hours}
        return _("Close the conversation")


@dataclass(frozen=True, slots=True)
class Acts:
    """In the order they are done; closing comes last."""

    all: tuple[Act, ...]
    is_incomplete: bool  # a label or a colleague is not there any more


def acts_of(replies: Iterable[QuickReply]) -> Acts:
    """Of all of them together, each once. Of two who should get it, the first does."""
    each = [reply.acts for reply in replies]
    codes = list(dict.fromkeys(code for acts in each for code in _codes(acts.get("labels"))))
    known = Label.objects.visible_to_all()
    labels = known.in_bulk(codes, field_name="code") if codes else {}
    to, is_gone = _new_owner(each)
    hours = next((hours for acts in each if (hours := _hours(acts))), 0)
    all_acts = [Act(label=labels[code]) for code in codes if code in labels]
    if to:
        all_acts.append(Act(to=to))
    if any(acts.get("close") is True for acts in each):
        all_acts.append(Act())
    elif hours:
        all_acts.append(Act(hours=hours))
    return Acts(tuple(all_acts), is_gone or len(labels) < len(codes))


def _new_owner(each: Sequence[dict[str, Any]]) -> tuple[Agent | Team | None, bool]:
    is_gone = False
    for acts in each:
        for code in _codes([acts.get("assign_agent")]):
            if agent := Agent.objects.active().filter(code=code).first():
                return agent, is_gone
            is_gone = True
        for code in _codes([acts.get("assign_team")]):
            if team := Team.objects.filter(code=code).first():
                return team, is_gone
            is_gone = True
    return None, is_gone


def _hours(acts: dict[str, Any]) -> int:
    hours = acts.get("snooze_hours")
    return min(hours, LONGEST_SNOOZE) if isinstance(hours, int) and hours > 0 else 0


def _codes(values: Any) -> list[UUID]:
    """Those that can be codes at all."""
    found = []
    for value in values if isinstance(values, list) else ():
        try:
            found.append(UUID(str(value)))
        except ValueError:
            continue
    return found
