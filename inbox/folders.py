"""The views of the inbox: a name, an icon and what is in each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inbox.models import Agent, Conversation
from inbox.models.conversation import END_OF_QUEUE, ConversationQuerySet


@dataclass(frozen=True, slots=True)
class Folder:
    slug: str
    name: str | Promise
    icon: str
    select: Callable[[ConversationQuerySet, Agent], ConversationQuerySet]
    counted: bool = True
    # Whether "longest waiting" makes sense here.
    queued: bool = True

    def conversations(self, agent: Agent) -> ConversationQuerySet:
        return self.select(Conversation.objects.visible_to(agent), agent)


FOLDERS: dict[str, Folder] = {
    folder.slug: folder
    for folder in (
        Folder("mine", _("Mine"), "person", lambda q, a: q.open().assigned_to(a)),
        Folder("unassigned", _("Unassigned"), "lines", lambda q, a: q.open().unassigned()),
        Folder("all", _("All open"), "bubble", lambda q, a: q.open()),
        Folder(
            "waiting",
            _("Waiting for customer"),
            "turn",
            lambda q, a: q.open().filter(queued_at=END_OF_QUEUE),
            queued=False,
        ),
        Folder("snoozed", _("Snoozed"), "clock", lambda q, a: q.snoozed(), queued=False),
        Folder(
            "closed", _("Closed"), "tick", lambda q, a: q.closed(), counted=False, queued=False
        ),
    )
}
DEFAULT = "mine"
