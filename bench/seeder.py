"""Fills a desk with conversations that look real: ``python -m bench.seeder --help``.

Skewed lengths, two languages, media, labels, hundreds of agents, a few very long threads. The
same seed makes the same desk.
"""

from __future__ import annotations

import argparse
import os
import random
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supportdesk.settings")
    django.setup()

from django.db import connection, transaction

from bench.loading import load, plain
from bench.words import Writer
from consent.models import ServiceWindow, Subject
from inbox.models import (
    Agent,
    Attachment,
    Channel,
    Contact,
    ContactIdentity,
    Conversation,
    ConversationLabel,
    Label,
    Message,
    Team,
)
from inbox.models.conversation import END_OF_QUEUE

if TYPE_CHECKING:
    from collections.abc import Sequence

PASSWORD_NOBODY_HAS = "!"
COLOURS = ("#d97706", "#2563eb", "#be123c", "#7c3aed", "#0f766e", "#475569")
KINDS = ("text", "image", "voice", "document")
KIND_WEIGHTS = (88, 7, 3, 2)
STATUSES = ("open", "snoozed", "closed")
STATUS_WEIGHTS = (50, 2, 48)
LONG_THREADS = 10
HISTORY = timedelta(days=365)


@dataclass
class Case:
    """What the seeder knows of one conversation while it makes its messages."""

    pk: int
    messages: int
    ends_at: datetime
    status: str
    agent: int | None
    last: dict[str, Any] = field(default_factory=dict)
    waiting_since: datetime | None = None
    wrote_at: datetime | None = None
    unread: int = 0


class Seeder:
    def __init__(self, conversations: int, messages: int, *, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.writer = Writer(seed)
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.conversations, self.messages = conversations, messages

    def run(self) -> None:
        with _references_unchecked(), transaction.atomic():
            self._people()
            cases = self._cases()
            self._contacts()
            load(
                Message,
                MESSAGE_COLUMNS,
                self._message_rows(cases),
                channel_id=self.channel.pk,
                created_at=self.now,
                changed_at=self.now,
            )
            self._attachments()
            self._conversation_rows(cases)
            self._windows(cases)
            self._labels(cases)
        analyse()

    def _people(self) -> None:
        self.channel = Channel.objects.get_or_create(
            phone_number_id="200000000000001",
            defaults={
                "name": "Bench",
                "waba_id": "100000000000001",
                "token": "simulator-token",
            },
        )[0]
        teams = Team.objects.bulk_create([Team(name=f"Team {n}") for n in range(20)])
        agents = [
            Agent(
                email=f"agent{n}@bench.example",
                name=f"Agent {n}",
                team=self.random.choice(teams),
                password=PASSWORD_NOBODY_HAS,
            )
            for n in range(300)
        ]
        self.agents = [agent.pk for agent in Agent.objects.bulk_create(agents)]
        labels = [
            Label(name=f"Label {n}", colour=COLOURS[n % 6], position=n) for n in range(20)
        ]
        self.labels = [label.pk for label in Label.objects.bulk_create(labels)]

    def _cases(self) -> list[Case]:
        """Conversations with skewed lengths that add up to the number of messages."""
        weights = [self.random.lognormvariate(0, 1) for _ in range(self.conversations)]
        long = min(LONG_THREADS, self.conversations // 100)
        extra = self.messages // 100
        spare = self.messages - self.conversations - long * extra
        share = spare / sum(weights)
        return [
            Case(
                pk=number,
                messages=1
                + int(weight * share)
                + (self.messages // 100 if number <= long else 0),
                ends_at=self.now - HISTORY * self.random.random() ** 3,
                status=self.random.choices(STATUSES, STATUS_WEIGHTS)[0],
                agent=self.random.choice([None, *self.random.choices(self.agents, k=3)]),
            )
            for number, weight in enumerate(weights, 1)
        ]

    def _contacts(self) -> None:
        self.subjects = [
            str(uuid.UUID(int=self.random.getrandbits(128), version=4))
            for _ in range(self.conversations)
        ]
        numbers = range(1, self.conversations + 1)
        load(Subject, ["id"], ((_id(s),) for s in self.subjects), created_at=self.now)
        load(
            Contact,
            ["id", "code", "display_name", "profile_name", "phone", "consent_subject"],
            (
                (n, self._code(), f"Customer {n}", f"Customer {n}", _phone(n), _id(s))
                for n, s in zip(numbers, self.subjects, strict=True)
            ),
            created_at=self.now,
        )
        load(
            ContactIdentity,
            ["contact_id", "kind", "value", "scope"],
            (
                row
                for n in numbers
                for row in (
                    (n, "phone", _phone(n), ""),
                    (n, "bsuid", f"DE.{10**15 + n}", self.channel.waba_id),
                )
            ),
        )

    def _code(self) -> str:
        return _id(str(uuid.UUID(int=self.random.getrandbits(128), version=4)))

    def _message_rows(self, cases: Sequence[Case]) -> Iterator[tuple[Any, ...]]:
        pk = 0
        for case in cases:
            at = case.ends_at - timedelta(minutes=20) * (case.messages - 1)
            for _ in range(case.messages):
                pk += 1
                yield self._message_row(pk, case, at)
                at += timedelta(minutes=20)

    def _message_row(self, pk: int, case: Case, at: datetime) -> tuple[Any, ...]:
        incoming = self.random.random() < 0.55 or not case.last
        kind = self.random.choices(KINDS, KIND_WEIGHTS)[0]
        body = self.writer.text() if kind == "text" or self.random.random() < 0.3 else ""
        direction, status = ("in", "received") if incoming else ("out", "read")
        case.last = {"pk": pk, "kind": kind, "body": body, "direction": direction, "at": at}
        if incoming:
            case.waiting_since, case.wrote_at = case.waiting_since or at, at
            case.unread += 1
        else:
            case.waiting_since, case.unread = None, 0
        author = None if incoming else case.agent
        origin = "" if incoming else "agent"
        moment = plain(at)
        return (
            pk, self._code(), case.pk, direction, kind, status, origin, author, body,
            f"wamid.BENCH{pk:010}", moment,
        )  # fmt: skip

    def _attachments(self) -> None:
        media = Message.objects.filter(kind__in=KINDS[1:]).values_list("pk", "kind")
        load(
            Attachment,
            ["code", "message_id", "kind"],
            ((self._code(), pk, "audio" if kind == "voice" else kind) for pk, kind in media),
            state="stored",
            mime_type="application/octet-stream",
            filename="file.bin",
            size=12_345,
        )

    def _conversation_rows(self, cases: Sequence[Case]) -> None:
        load(
            Conversation,
            CONVERSATION_COLUMNS,
            (self._conversation_row(case) for case in cases),
            channel_id=self.channel.pk,
            changed_at=self.now,
        )

    def _conversation_row(self, case: Case) -> tuple[Any, ...]:
        is_open = case.status == "open"
        waiting = case.waiting_since if is_open else None
        wake = plain(self.now + timedelta(days=2)) if case.status == "snoozed" else None
        last = case.last
        window = case.wrote_at + timedelta(hours=24) if case.wrote_at else None
        return (
            case.pk, self._code(), case.pk, case.status, case.agent,
            plain(case.ends_at - timedelta(minutes=20) * (case.messages - 1)),
            plain(case.ends_at) if case.status == "closed" else None, wake,
            plain(waiting) if waiting else None, plain(waiting or END_OF_QUEUE),
            plain(window) if window else None, plain(last["at"]), last["pk"], last["kind"],
            last["direction"], "" if last["direction"] == "in" else "read", last["body"][:160],
            case.unread if is_open else 0,
        )  # fmt: skip

    def _windows(self, cases: Sequence[Case]) -> None:
        load(
            ServiceWindow,
            ["subject_id", "last_wrote_at"],
            (
                (_id(self.subjects[case.pk - 1]), plain(case.wrote_at))
                for case in cases
                if case.wrote_at
            ),
            sender=self.channel.phone_number_id,
        )

    def _labels(self, cases: Sequence[Case]) -> None:
        """The first label is on every fifth conversation, the last on one in a hundred."""
        weights = [1 / (rank + 1) for rank in range(len(self.labels))]
        load(
            ConversationLabel,
            ["conversation_id", "label_id"],
            (
                (case.pk, label)
                for case in cases
                for label in set(self.random.choices(self.labels, weights, k=2))
                if self.random.random() < 0.4
            ),
        )


MESSAGE_COLUMNS = [
    "id", "code", "conversation_id", "direction", "kind", "status", "origin", "author_id", "body",
    "wamid", "at",
]  # fmt: skip
CONVERSATION_COLUMNS = [
    "id", "code", "contact_id", "status", "assignee_id", "opened_at", "closed_at",
    "snoozed_until", "waiting_since", "queued_at", "window_expires_at", "last_message_at",
    "last_message_id", "last_message_kind", "last_message_direction", "last_message_status",
    "last_message_preview", "unread_count",
]  # fmt: skip


@contextmanager
def _references_unchecked() -> Iterator[None]:
    """Messages come before their conversations here, and checking each would take hours."""
    if connection.vendor == "sqlite":
        with connection.constraint_checks_disabled():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")


def _id(code: str) -> str:
    return code if connection.vendor == "postgresql" else code.replace("-", "")


def _phone(number: int) -> str:
    return f"49151{number:08}"


def analyse() -> None:
    """Let the database look at its new rows before anybody measures."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    started = time.monotonic()
    Seeder(options.conversations, options.messages, seed=options.seed).run()
    print(f"seeded in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
