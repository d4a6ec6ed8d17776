"""What is to be told when a batch is stored: browsers, search, and the next workers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from inbox import events, nudges, search, tasks
from inbox.actions import notices
from inbox.actions.statements import fetch
from inbox.models import Contact, Message
from inbox.notices import Why

# In a rush handing out work would hold up the way in: the sweeper brings the others.
MOST_ANSWERED = 50
CHANGED = """
    SELECT id, code, channel_id, assignee_id, is_followed FROM inbox_conversation
    WHERE id = ANY(%b::bigint[])
"""
FOLLOWERS = """
    SELECT conversation_id, agent_id FROM inbox_follower
    WHERE conversation_id = ANY(%b::bigint[]) ORDER BY agent_id
"""


@dataclass(slots=True)
class News:
    """Collected while applying, told once at the end."""

    conversations: set[int] = field(default_factory=set)
    incoming: set[int] = field(default_factory=set)  # conversations in which customers wrote
    answered: list[int] = field(default_factory=list)  # conversations, by automatic texts
    gone: list[events.HintBody] = field(default_factory=list)
    channels: set[int] = field(default_factory=set)
    words: dict[int, Message] = field(default_factory=dict)  # messages to index
    names: dict[int, Contact] = field(default_factory=dict)  # contacts to index
    files: list[int] = field(default_factory=list)  # attachments to fetch
    stale_templates: set[int] = field(default_factory=set)  # channels whose templates changed
    appeared: set[tuple[int, str]] = field(default_factory=set)  # channel and wamid, new here
    is_queued: bool = False  # somebody waits whom routing may find an agent for

    def index(self, messages: Iterable[Message]) -> None:
        self.words |= {message.pk: message for message in messages}

    def tell(self) -> None:
        """Inside the transaction: what leaves the house leaves after commit."""
        if self.words:
            search.index_messages(list(self.words.values()))
        if self.names:
            search.index_contacts(list(self.names.values()))
        if hints := [*self._about_conversations(), *self.gone, *self._about_channels()]:
            events.publish(*hints)
        notices.tell_away(Why.REPLIED, self.incoming)
        for attachment in self.files:
            nudges.after_commit(tasks.fetch_media, attachment)
        for conversation in self.answered[:MOST_ANSWERED]:
            nudges.after_commit(tasks.answer_automatically, conversation)
        for channel in sorted(self.stale_templates):
            nudges.after_commit(tasks.sync_templates, channel)
        if self.is_queued:
            nudges.after_commit(tasks.route)

    def _about_conversations(self) -> list[events.HintBody]:
        if not self.conversations:
            return []
        hints: list[events.HintBody] = []
        followed: dict[int, tuple[str, int]] = {}
        for pk, code, channel, assignee, is_followed in fetch(
            CHANGED, list(self.conversations)
        ):
            is_incoming = pk in self.incoming
            hints.append(events.ConversationChanged(str(code), channel, assignee, is_incoming))
            if is_followed and is_incoming:
                followed[pk] = str(code), channel
        return [*hints, *_to_followers(followed)]

    def _about_channels(self) -> list[events.HintBody]:
        return [events.ChannelChanged(channel=pk) for pk in sorted(self.channels)]


def _to_followers(followed: dict[int, tuple[str, int]]) -> list[events.HintBody]:
    """Mostly nobody follows, and nothing is asked."""
    if not followed:
        return []
    agents: dict[int, list[int]] = defaultdict(list)
    for conversation, agent in fetch(FOLLOWERS, list(followed)):
        agents[conversation].append(agent)
    for pk, followers in agents.items():
        notices.tell_away(Why.FOLLOWED, [pk], followers)
    return [
        events.Called(*followed[pk], tuple(followers), Why.FOLLOWED.value)
        for pk, followers in agents.items()
    ]
