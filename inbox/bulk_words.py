"""An act on many conversations in words: what is going on, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inbox.models import Agent, BulkAct, Conversation, Label, Team
from inbox.templatetags.moments import in_full

What = BulkAct.What
State = BulkAct.State


@dataclass(frozen=True, slots=True)
class Progress:
    """What the bar shows."""

    title: str
    count: str
    position: int
    total: int
    is_over: bool
    # How it ended, a sentence each; the first says what was done.
    sentences: tuple[str, ...]


def progress_of(act: BulkAct) -> Progress:
    of = {"position": _number(act.position), "total": _number(act.total)}
    return Progress(
        title=_title(act),
        count=_("%(position)s of %(total)s") % of,
        position=act.position,
        total=act.total,
        is_over=act.is_over,
        sentences=tuple(_sentences(act)) if act.is_over else (),
    )


def _title(act: BulkAct) -> str:
    if act.undo_of_id:
        return _("Taking it back")
    given: dict[str, Any] = act.arguments
    match act.what:
        case What.ADD_LABEL:
            return _("Adding the label “%(name)s”") % {
                "name": _name(Label.objects.visible_to(act.by), given["label"])
            }
        case What.REMOVE_LABEL:
            return _("Removing the label “%(name)s”") % {
                "name": _name(Label.objects.visible_to(act.by), given["label"])
            }
        case What.ASSIGN:
            if "team" in given:
                name = _name(Team.objects.all(), given["team"])
            else:
                name = _name(Agent.objects.all(), given["agent"])
            return _("Assigning to %(name)s") % {"name": name}
        case What.GIVE_BACK:
            return _("Giving back")
        case What.CLOSE:
            return _("Closing")
        case What.REOPEN:
            return _("Reopening")
        case What.SNOOZE:
            if "until" not in given:
                return _("Putting off until the customer writes")
            until = in_full(datetime.fromisoformat(given["until"]))
            return _("Putting off until %(moment)s") % {"moment": until}
        case What.READ:
            return _("Marking as read")
        case What.UNREAD:
            return _("Marking as unread")
    level = Conversation.Priority(given["priority"]).label
    return _("Setting the priority to “%(level)s”") % {"level": level}


def _label(act: BulkAct) -> str:
    return _name(Label.objects.visible_to(act.by), act.arguments["label"])


def _name(among: QuerySet[Any], pk: int) -> str:
    found: str | None = among.filter(pk=pk).values_list("name", flat=True).first()
    return found or "…"


def _sentences(act: BulkAct) -> Iterator[str]:
    yield _done(act)
    if act.skipped_count:
        yield _skipped(act)
    for sentence, how_many in act.refusals.items():
        yield _("Not possible for %(count)s: %(sentence)s") % {
            "count": _number(how_many),
            "sentence": sentence,
        }
    if act.state == State.CANCELLED:
        yield _("Stopped: %(count)s were left alone.") % {
            "count": _number(act.total - act.position)
        }


def _done(act: BulkAct) -> str:
    count = act.done_count
    if act.undo_of_id:
        text = ngettext(
            "%(count)s conversation is as it was before.",
            "%(count)s conversations are as they were before.",
            count,
        )
    else:
        text = ngettext(
            "Done for %(count)s conversation.", "Done for %(count)s conversations.", count
        )
    return text % {"count": _number(count)}


def _skipped(act: BulkAct) -> str:
    count = act.skipped_count
    if act.undo_of_id:
        text = ngettext(
            "%(count)s was left alone: somebody has changed it since.",
            "%(count)s were left alone: somebody has changed them since.",
            count,
        )
    else:
        text = ngettext("%(count)s was so already.", "%(count)s were so already.", count)
    return text % {"count": _number(count)}


def _number(count: int) -> str:
    return number_format(count, force_grouping=True)
