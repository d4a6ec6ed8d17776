"""The views of the inbox: a name, an icon, what is in each, and what to do when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inbox.models import Agent, Conversation, Follower
from inbox.models.conversation import ConversationQuerySet


@dataclass(frozen=True, slots=True, eq=False)
class Folder:
    slug: str
    name: str | Promise
    icon: str
    select: Callable[[ConversationQuerySet, Agent], ConversationQuerySet]
    empty_title: str | Promise
    empty_text: str | Promise
    counted: bool = True
    # Whether "longest waiting" makes sense here.
    queued: bool = True
    # Whether conversations of several colleagues meet here, so that rows say whose they are.
    mixed: bool = True
    # Whether each agent has another one.
    own: bool = False

    # Only saved views have these (inbox.saved_views): queries are kept for one version.
    version: str = ""
    sort: str = ""
    statuses: tuple[str, ...] = ()
    # What stands for moments in the query, and how far from now they are.
    moments: Mapping[Any, timedelta] = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Folder) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[str, str]:
        return self.slug, self.version

    def conversations(self, agent: Agent) -> ConversationQuerySet:
        return self.select(Conversation.objects.visible_to(agent), agent)


def _waiting(conversations: ConversationQuerySet, agent: Agent) -> ConversationQuerySet:
    """Open ones whose last word was ours. Written as the index conversation_customers_turn
    is, which SQLite only uses when it sees the same conditions."""
    return conversations.open().filter(waiting_since=None, closed_at=None)


def _following(conversations: ConversationQuerySet, agent: Agent) -> ConversationQuerySet:
    """Also those that are put off; closed ones come back when the customer writes."""
    followed = Follower.objects.filter(agent=agent)
    return conversations.filter(closed_at=None, pk__in=followed.values("conversation"))


FOLDERS: dict[str, Folder] = {
    folder.slug: folder
    for folder in (
        Folder(
            "mine",
            _("Mine"),
            "person",
            lambda q, a: q.open().assigned_to(a),
            _("Nothing is waiting for you"),
            _("Take a conversation from “Unassigned”, and it appears here."),
            mixed=False,
            own=True,
        ),
        Folder(
            "unassigned",
            _("Unassigned"),
            "lines",
            lambda q, a: q.open().unassigned(),
            _("Nobody is left alone"),
            _("Every open conversation has somebody. New ones appear here by themselves."),
            mixed=False,
        ),
        Folder(
            "all",
            _("All open"),
            "bubble",
            lambda q, a: q.open(),
            _("No open conversation"),
            _("When a customer writes, the conversation appears here by itself."),
        ),
        Folder(
            "waiting",
            _("Waiting for customer"),
            "turn",
            _waiting,
            _("No customer owes us an answer"),
            _("Conversations appear here after you answered, until the customer writes again."),
            queued=False,
        ),
        Folder(
            "following",
            _("Following"),
            "eye",
            _following,
            _("You follow no conversation"),
            _("Use “Follow” beside a conversation to hear of it without having it."),
            queued=False,
            own=True,
        ),
        Folder(
            "snoozed",
            _("Snoozed"),
            "clock",
            lambda q, a: q.snoozed(),
            _("Nothing is put off"),
            _("Use “Later” in a conversation to be reminded of it at the right time."),
            queued=False,
        ),
        Folder(
            "closed",
            _("Closed"),
            "tick",
            lambda q, a: q.closed(),
            _("Nothing is closed yet"),
            _("Closed conversations are kept here, and open again when the customer writes."),
            counted=False,
            queued=False,
        ),
    )
}
DEFAULT = "mine"
