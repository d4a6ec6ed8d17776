"""Fills a desk with conversations that look real: ``python -m bench.seeder --help``.

Skewed lengths, two languages, media, labels, hundreds of agents, a few very long threads. The
same seed makes the same desk. Needs a database that is migrated and empty.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supportdesk.settings")
    django.setup()

from django.db import transaction

from bench import searchable, texts
from bench.cases import HISTORY, Case, plan
from bench.chatter import COLUMNS, Chatter, Row
from bench.loading import analyse, code, in_a_hurry, load, plain, rebuilt_indexes
from bench.words import Writer
from consent.models import ServiceWindow, Subject
from inbox.encryption import fingerprint
from inbox.models import (
    Agent,
    AppSecret,
    Attachment,
    Channel,
    Contact,
    ContactIdentity,
    Conversation,
    ConversationLabel,
    Label,
    Message,
    Reaction,
    Team,
)
from inbox.models.conversation import END_OF_QUEUE

# The simulator's number, so that a seeded desk can be talked to.
NUMBER, ACCOUNT = "200000000000001", "100000000000001"
TOKEN, APP_SECRET, VERIFY_TOKEN = "simulator-token", "simulator-app-secret", "simulator-verify"
PASSWORD_NOBODY_HAS = "!"
COLOURS = ("#d97706", "#2563eb", "#be123c", "#7c3aed", "#0f766e", "#475569")
AGENTS, TEAMS, LABELS = 300, 20, 20
WINDOW = timedelta(hours=24)


class Seeder:
    def __init__(self, conversations: int, messages: int, *, seed: int = 1) -> None:
        self.seed, self.random = seed, random.Random(seed)
        self.writer = Writer(seed)
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.began = self.now - timedelta(seconds=HISTORY)
        self.conversations, self.messages = conversations, messages

    def run(self) -> None:
        if Channel.objects.exists():
            raise SystemExit("There is something in this database. Seed an empty one.")
        with in_a_hurry(), transaction.atomic():
            self._people()
            self.plan = plan(self.conversations, self.messages, self.agents, self.random)
            self._contacts()
            with rebuilt_indexes(Message), rebuilt_indexes(Conversation):
                self._messages()
                load(Conversation, CONVERSATION, map(self._conversation, self.plan.cases))
            self._windows()
            self._labels()
        analyse()

    def _people(self) -> None:
        self.channel = Channel.objects.create(
            name="Bench", phone_number_id=NUMBER, waba_id=ACCOUNT, token=TOKEN,
            verify_token=VERIFY_TOKEN, display_phone_number="+49 30 901820",
        )  # fmt: skip
        AppSecret.objects.create(
            channel=self.channel, secret=APP_SECRET, fingerprint=fingerprint(APP_SECRET)
        )
        teams = Team.objects.bulk_create([Team(name=f"Team {n}") for n in range(TEAMS)])
        agents = [
            Agent(
                email=f"agent{n}@bench.example",
                name=self.writer.name(),
                language=self.random.choice(["de", "de", "en"]),
                team=self.random.choice(teams),
                password=PASSWORD_NOBODY_HAS,
            )
            for n in range(AGENTS)
        ]
        self.agents = [agent.pk for agent in Agent.objects.bulk_create(agents)]
        labels = [
            Label(name=f"Label {n}", colour=COLOURS[n % 6], position=n) for n in range(LABELS)
        ]
        self.labels = [label.pk for label in Label.objects.bulk_create(labels)]

    def _contacts(self) -> None:
        numbers = range(1, self.plan.contacts + 1)
        self.subjects = [self._code() for _ in numbers]
        names = [self.writer.name() for _ in numbers]
        load(Subject, ["id"], ((s,) for s in self.subjects), created_at=self.began)
        load(
            Contact,
            ["id", "code", "display_name", "profile_name", "phone", "bsuid", "consent_subject"],
            (
                (n, self._code(), name, name, phone_of(n), bsuid_of(n), subject)
                for n, name, subject in zip(numbers, names, self.subjects, strict=True)
            ),
            created_at=self.began,
        )
        identity = ["contact_id", "value"]
        seen = {"first_seen_at": self.began, "last_seen_at": self.now}
        phones = ((n, phone_of(n)) for n in numbers)
        load(ContactIdentity, identity, phones, kind="phone", **seen)
        bsuids = ((n, bsuid_of(n)) for n in numbers)
        load(ContactIdentity, identity, bsuids, kind="bsuid", scope=ACCOUNT, **seen)
        searchable.index_contacts(
            (n, name, phone_of(n)) for n, name in zip(numbers, names, strict=True)
        )

    def _messages(self) -> None:
        with texts.written(self.seed, self.messages) as spoken:
            chatter = Chatter(spoken, self.random, self.agents, self.began)
            rows = chatter.rows(self.plan.messages())
            load(Message, COLUMNS, rows, channel_id=self.channel.pk)
        searchable.index_messages(self.channel.pk, chatter.words)
        load(
            Attachment, ["message_id", "kind", "filename", "code"],
            ((*file, self._code()) for file in chatter.files), state="stored", size=12_345,
            mime_type="application/octet-stream", file="bench/file", created_at=self.began,
        )  # fmt: skip
        load(Reaction, ["message_id", "at"], chatter.reactions, emoji="👍", from_us=False)

    def _conversation(self, case: Case) -> Row:
        last, is_closed = case.last, case.status == "closed"
        assert last is not None and case.opened_at is not None and case.wrote_at is not None
        waiting = None if is_closed else case.waiting_since
        snoozed_until = self.now + timedelta(days=2) if case.status == "snoozed" else None
        return (
            case.pk, self._code(), self.channel.pk, case.contact, case.status, case.agent,
            plain(case.opened_at), plain(last.at) if is_closed else None, plain(snoozed_until),
            plain(case.replied_at), plain(waiting), plain(waiting or END_OF_QUEUE),
            plain(case.wrote_at + WINDOW), plain(last.at), last.pk, last.kind, last.direction,
            last.status, last.body[:160], 0 if is_closed else case.unread, plain(last.at),
        )  # fmt: skip

    def _windows(self) -> None:
        wrote: dict[int, datetime] = {}
        for case in self.plan.cases:
            assert case.wrote_at is not None
            wrote[case.contact] = max(case.wrote_at, wrote.get(case.contact, case.wrote_at))
        rows = ((self.subjects[c - 1], plain(at)) for c, at in wrote.items())
        load(ServiceWindow, ["subject_id", "last_wrote_at"], rows, sender=NUMBER)

    def _labels(self) -> None:
        """The first label is on every fifth conversation, the last on one in a hundred."""
        weights = [1 / (rank + 1) for rank in range(len(self.labels))]
        rows: Iterable[Row] = (
            (case.pk, label)
            for case in self.plan.cases
            for label in set(self.random.choices(self.labels, weights, k=2))
            if self.random.random() < 0.4
        )
        load(ConversationLabel, ["conversation_id", "label_id"], rows)

    def _code(self) -> str:
        return code(self.random)


CONVERSATION = [
    "id", "code", "channel_id", "contact_id", "status", "assignee_id", "opened_at", "closed_at",
    "snoozed_until", "first_replied_at", "waiting_since", "queued_at", "window_expires_at",
    "last_message_at", "last_message_id", "last_message_kind", "last_message_direction",
    "last_message_status", "last_message_preview", "unread_count", "changed_at",
]  # fmt: skip


def phone_of(number: int) -> str:
    return f"49151{number:08}"


def bsuid_of(number: int) -> str:
    return f"DE.{10**15 + number}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.messages < options.conversations:
        parser.error("A conversation has at least one message.")
    started = time.monotonic()
    Seeder(options.conversations, options.messages, seed=options.seed).run()
    print(f"seeded in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
