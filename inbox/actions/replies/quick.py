"""Quick replies in an answer: what they are counted for, and what is done after sending.

Runs in the transaction that stores the message, and only when it is stored for the first
time: a repeated post counts nothing and does nothing again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inbox.actions import conversations, labels, quick_replies
from inbox.models import Agent, Conversation, Label, QuickReply
from inbox.quick_acts import Act, acts_of
from inbox.whatsapp import NotSendable


@dataclass(slots=True)
class QuickUse:
    """Which quick replies an answer was made of, what shall be done, and what came of it."""

    codes: tuple[UUID, ...]
    acts: frozenset[str] = frozenset()  # words of those that were left switched on
    ends: bool = True  # False: more messages of this answer follow, files for example
    done: list[Act] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # sentences
    was_with: Agent | None = None


def chosen(use: QuickUse | None, *, by: Agent) -> list[QuickReply]:
    """Also archived ones: they were not when the agent chose them."""
    if use is None:
        return []
    visible = QuickReply.objects.visible_to(by)
    found = list(visible.filter(code__in=use.codes).order_by("pk"))
    if len(found) < len(set(use.codes)):
        raise NotSendable(
            "quick_reply",
            _("This quick reply is not there any more. Remove it below, then send again."),
        )
    return found


def follow(
    conversation: Conversation, use: QuickUse, replies: list[QuickReply], *, by: Agent
) -> None:
    """Do what goes along. What cannot be done is left out with a sentence: the message goes."""
    if not use.ends:
        return
    use.was_with = conversation.assignee
    acts = acts_of(replies)
    for act in acts.all:
        if act.word not in use.acts:
            continue
        try:
            if _do(act, conversation, by):
                use.done.append(act)
        except conversations.NotPossible as exc:
            use.left_out.append(str(exc))
    offered = {act.word for act in acts.all}
    if use.acts - offered:
        use.left_out.append(_("Something that goes with this quick reply has changed."))
    # Last, because others who send the same wait here; in one order, so that nobody waits
    # for somebody who waits for them.
    for reply in replies:
        quick_replies.count_use(reply)


@transaction.atomic
def undo(
    conversation: Conversation,
    *,
    labelled: Iterable[Label],
    reopen: bool,
    hand_back: bool,
    to: Agent | None,
    by: Agent,
) -> None:
    """Take back what was done. ``to``: who had the conversation before; nobody perhaps."""
    if reopen:
        conversations.reopen(conversation, by=by)
    if hand_back and to:
        conversations.assign(conversation, to=to, by=by)
    elif hand_back:
        conversations.give_back(conversation, by=by)
    for label in labelled:
        labels.remove(conversation, label, by=by)


def _do(act: Act, conversation: Conversation, by: Agent) -> bool:
    if act.label:
        return labels.add(conversation, act.label, by=by)
    if act.to:
        return conversations.assign(conversation, to=act.to, by=by)
    if act.hours:
        until = timezone.now() + timedelta(hours=act.hours)
        return conversations.snooze(conversation, until=until, by=by)
    return conversations.close(conversation, by=by)
