"""The conversations of one batch: found, woken, reopened, begun; their row in the list kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from inbox.actions import bulk, rule_work, timeline
from inbox.actions.inbound.bubbles import preview_of
from inbox.actions.inbound.news import News
from inbox.actions.statements import fetch, instances
from inbox.models import Channel, Contact, Conversation, Message
from inbox.models.conversation import END_OF_QUEUE, ConversationQuerySet

Status = Conversation.Status
Pair = tuple[int, int]  # contact, channel

WINDOW = timedelta(hours=24)
ROW = (
    "status", "opened_at", "closed_at", "snoozed_until", "first_replied_at", "waiting_since",
    "queued_at", "window_expires_at", "last_message_at", "last_message_id",
    "last_message_kind", "last_message_direction", "last_message_status",
    "last_message_preview", "unread_count", "owned_elsewhere", "automatic_due_at", "changed_at",
)  # fmt: skip
COLUMNS = ("id", "code", "contact_id", "channel_id", "assignee_id", "team_id", *ROW)
# Rows are written whole, so nobody else may change them between.
NEWEST = f"""
    SELECT {", ".join(COLUMNS)} FROM inbox_conversation
    WHERE contact_id = ANY(%b::bigint[]) AND channel_id = ANY(%b::bigint[])
        AND (status <> 'closed' OR closed_at >= %b)
    ORDER BY id FOR NO KEY UPDATE
"""  # noqa: S608


class Cases:
    """Changed in memory until ``store`` writes conversations, timeline and rows at once."""

    def __init__(self, pairs: Iterable[tuple[Contact, Channel]], news: News) -> None:
        self._news = news
        self._now = timezone.now()
        self._of: dict[Pair, list[Conversation]] = {}
        self._begun: dict[UUID, Conversation] = {}
        self._changed: dict[UUID, Conversation] = {}
        self._archives: dict[Pair, Conversation] = {}  # where imported messages go
        self._newest: dict[UUID, Message] = {}
        self._answered: dict[UUID, Conversation] = {}  # perhaps, by an automatic text
        self._heard: list[Message] = []
        self._entries: list[tuple[Conversation, Message]] = []
        pairs = list(pairs)
        self._routed = {c.pk for _, c in pairs if c.routing != Channel.Routing.OFF}
        self._load(pairs)

    def for_customer(self, contact: Contact, channel: Channel, at: datetime) -> Conversation:
        """Where a customer's message goes. They never write into a closed case."""
        case = self._open(contact, channel)
        if case is None:
            case = self._just_closed(contact, channel)
            if case is None:
                return self._begin(contact, channel, at)
            case.status, case.closed_at = Status.OPEN, None
            self.line(case, "reopened", at=at)
        elif case.status == Status.SNOOZED:
            case.status, case.snoozed_until = Status.OPEN, None
            self.line(case, "woken", at=at)
        return case

    def for_echo(self, contact: Contact, channel: Channel, at: datetime) -> Conversation:
        """Where something goes that we wrote elsewhere; that does not reopen anything."""
        known = self._open(contact, channel) or self._just_closed(contact, channel)
        return known or self._begin(contact, channel, at)

    def for_history(self, contact: Contact, channel: Channel, at: datetime) -> Conversation:
        """Imported messages lie in the oldest closed case, or in one made for them."""
        pair = (contact.pk, channel.pk)
        if pair not in self._archives:
            closed = _of(contact, channel).closed()
            oldest = _locked(closed).order_by("opened_at", "pk").first()
            self._archives[pair] = oldest or self._begin_closed(contact, channel, at)
        return self._archives[pair]

    def for_record(self, contact: Contact, channel: Channel, at: datetime) -> Conversation:
        """Where a line about the person goes; nothing is opened or reopened for it."""
        case = self._open(contact, channel)
        if case is None:
            newest = _locked(_of(contact, channel)).order_by("-opened_at", "-pk").first()
            case = self._remember(newest) if newest else None
        return case or self._begin_closed(contact, channel, at)

    def by_id(self, pk: int) -> Conversation | None:
        """One of the open or just closed ones."""
        return next((c for cases in self._of.values() for c in cases if c.pk == pk), None)

    def open_window(self, contact: Contact, channel: Channel, at: datetime) -> None:
        case = self._open(contact, channel)
        until = at + WINDOW
        if case and (case.window_expires_at is None or case.window_expires_at < until):
            case.window_expires_at = until
            self.touch(case)

    def hear(self, case: Conversation, message: Message, *, waits: bool = True) -> None:
        """The customer said something: it is unread, and waits for an answer."""
        self.expect(case, message.at, waits=waits)
        self.add(case, message)
        self._heard.append(message)

    def expect(self, case: Conversation, at: datetime, *, waits: bool = True) -> None:
        case.unread_count += 1
        if waits and case.waiting_since is None:
            case.waiting_since = case.queued_at = at
        if waits and case.assignee_id is None and case.channel_id in self._routed:
            self._news.is_queued = True
        self.touch(case)

    def answer_automatically(self, case: Conversation) -> None:
        """Whether and with what is decided afterwards, by a worker."""
        case.automatic_due_at = self._now
        self._answered[case.code] = case
        self.touch(case)

    def say(self, case: Conversation, message: Message) -> None:
        """We said something, elsewhere: nobody waits any more for what came before."""
        if case.waiting_since is not None and case.waiting_since <= message.at:
            case.first_replied_at = case.first_replied_at or message.at
            case.waiting_since, case.queued_at = None, END_OF_QUEUE
        self.add(case, message)

    def file(self, case: Conversation, message: Message) -> None:
        """Imported: as if it had been said here and was long settled."""
        case.opened_at = min(case.opened_at, message.at)
        case.closed_at = max(case.closed_at or message.at, message.at)
        self.add(case, message)

    def add(self, case: Conversation, message: Message) -> None:
        self._entries.append((case, message))
        if not case.last_message_kind or message.at >= case.last_message_at:
            case.last_message_at = message.at
            case.last_message_kind = message.kind
            case.last_message_direction = message.direction
            case.last_message_status = message.status
            case.last_message_preview = preview_of(message)
            self._newest[case.code] = message
        self.touch(case)

    def line(
        self,
        case: Conversation,
        word: str,
        *,
        at: datetime,
        key: str | None = None,
        **data: Any,
    ) -> None:
        """A line in the timeline, told once by its key; the list's row does not change."""
        entry = timeline.event(case, word, at=at, **data)
        entry.wamid = key
        self._entries.append((case, entry))
        self.touch(case)

    def touch(self, case: Conversation) -> None:
        case.changed_at = self._now
        self._changed[case.code] = case

    def store(self) -> None:
        bulk.insert(self._begun.values())
        for case, entry in self._entries:
            entry.conversation_id = case.pk
        bulk.insert([entry for _case, entry in self._entries])
        rule_work.note([*self._lines(), *self._heard])
        for code, message in self._newest.items():
            self._changed[code].last_message_id = message.pk
        changed = sorted(self._changed.values(), key=lambda case: case.pk)
        bulk.write(changed, ROW)
        self._news.conversations |= {case.pk for case in changed}
        self._news.answered += [case.pk for case in self._answered.values()]
        for collection in (
            *(self._begun, self._entries, self._newest, self._changed, self._answered),
            self._heard,
        ):
            collection.clear()

    def _lines(self) -> list[Message]:
        return [entry for _case, entry in self._entries if entry.kind == Message.Kind.EVENT]

    def _load(self, pairs: list[tuple[Contact, Channel]]) -> None:
        if not pairs:
            return
        reopened = max(timedelta(hours=channel.reopen_hours) for _contact, channel in pairs)
        since = self._now - max(reopened, WINDOW)
        contacts = list({contact.pk for contact, _channel in pairs})
        channels = list({channel.pk for _contact, channel in pairs})
        rows = fetch(NEWEST, contacts, channels, since)
        for case in instances(Conversation, COLUMNS, rows):
            self._remember(case)

    def _remember(self, case: Conversation) -> Conversation:
        self._of.setdefault((case.contact_id, case.channel_id), []).append(case)
        return case

    def _open(self, contact: Contact, channel: Channel) -> Conversation | None:
        of_pair = self._of.get((contact.pk, channel.pk), [])
        return next((case for case in of_pair if case.status != Status.CLOSED), None)

    def _just_closed(self, contact: Contact, channel: Channel) -> Conversation | None:
        since = self._now - timedelta(hours=channel.reopen_hours)
        closed = [
            case
            for case in self._of.get((contact.pk, channel.pk), [])
            if case.closed_at is not None and case.closed_at >= since
        ]
        return max(closed, key=lambda case: (case.closed_at, case.pk), default=None)

    def _begin(self, contact: Contact, channel: Channel, at: datetime) -> Conversation:
        earlier = self._of.get((contact.pk, channel.pk), [])
        windows = [c.window_expires_at for c in earlier if c.window_expires_at]
        case = Conversation(
            contact=contact,
            channel=channel,
            opened_at=at,
            last_message_at=at,
            window_expires_at=max(windows, default=None),
        )
        self._begun[case.code] = self._remember(case)
        self.line(case, "opened", at=at)
        return case

    def _begin_closed(self, contact: Contact, channel: Channel, at: datetime) -> Conversation:
        case = Conversation(
            contact=contact,
            channel=channel,
            status=Status.CLOSED,
            opened_at=at,
            closed_at=at,
            last_message_at=at,
        )
        self._begun[case.code] = self._remember(case)
        self.touch(case)
        return case


def _of(contact: Contact, channel: Channel) -> ConversationQuerySet:
    return Conversation.objects.filter(contact=contact, channel=channel)


def _locked(cases: ConversationQuerySet) -> ConversationQuerySet:
    return cases.select_for_update(of=("self",), no_key=True)
