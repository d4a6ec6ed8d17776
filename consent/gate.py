"""The door every outgoing message passes. Other rooms need only this module.

Consent is told things (``note_inbound``, ``hear``, ``object_to_advertising``) and asked
things (``ask``, ``require``, ``decide``). It knows people by their subject id alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.functional import Promise

from consent.explanations import sentence_for
from consent.keywords import Wish, wish_in
from consent.models import Decision, ServiceWindow, Subject
from consent.rules import POLICY_VERSION, MessageClass, Reason, Standing, Verdict, may_contact

__all__ = [
    "Inbound",
    "MessageClass",
    "NotAllowed",
    "Reason",
    "Request",
    "Verdict",
    "Wish",
    "ask",
    "decide",
    "forbid_contact",
    "hear",
    "merge",
    "note_inbound",
    "object_to_advertising",
    "register",
    "require",
    "sentence_for",
]


class NotAllowed(Exception):
    """The person may not be written to; ``str()`` is the sentence an agent reads."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.sentence)

    @property
    def sentence(self) -> str | Promise:
        return sentence_for(self.reason)


@dataclass(frozen=True, slots=True)
class Request:
    """May this person be sent a message of this class from this number?"""

    subject: UUID
    sender: str  # phone number id
    message_class: MessageClass


@dataclass(frozen=True, slots=True)
class Inbound:
    """A person wrote to one of our numbers, at this moment by Meta's clock."""

    subject: UUID
    sender: str
    at: datetime


def register(subjects: Iterable[UUID]) -> None:
    """Make new people known. Doing it again changes nothing."""
    Subject.objects.bulk_create([Subject(id=s) for s in subjects], ignore_conflicts=True)


def ask(request: Request, *, now: datetime) -> Verdict:
    """The verdict as of now, for what a screen offers. Nothing is stored."""
    return may_contact(_standings([request])[0], request.message_class, now=now)


def require(request: Request, *, now: datetime) -> None:
    """Raise ``NotAllowed`` unless the message may be written now."""
    verdict = ask(request, now=now)
    if not verdict.allowed:
        raise NotAllowed(verdict.reason)


def decide(requests: Sequence[Request], *, now: datetime) -> list[Decision]:
    """Decide about messages that are leaving, and store each decision.

    Must run in the transaction that claims the messages: the people's rows stay locked until
    it commits, and opting out takes the same lock, so nothing starts after a committed STOP.
    """
    _lock(request.subject for request in requests)
    decisions = [
        _decision(request, standing, now)
        for request, standing in zip(requests, _standings(requests), strict=True)
    ]
    return Decision.objects.bulk_create(decisions)


def note_inbound(inbounds: Iterable[Inbound]) -> None:
    """Remember that people wrote, which opens their service windows; never moves one back."""
    latest: dict[tuple[UUID, str], datetime] = {}
    for inbound in inbounds:
        key = (inbound.subject, inbound.sender)
        latest[key] = max(inbound.at, latest.get(key, inbound.at))
    known = {
        (window.subject_id, window.sender): window.last_wrote_at
        for window in ServiceWindow.objects.filter(subject__in={key[0] for key in latest})
    }
    # One drainer at a time works for a number, so nobody moves these windows meanwhile.
    ServiceWindow.objects.bulk_create(
        [
            ServiceWindow(subject_id=key[0], sender=key[1], last_wrote_at=at)
            for key, at in latest.items()
            if key not in known or known[key] < at
        ],
        update_conflicts=True,
        unique_fields=["subject", "sender"],
        update_fields=["last_wrote_at"],
    )


def hear(subject: UUID, text: str, *, at: datetime) -> Wish | None:
    """Look for an opt-out in what a person wrote or pressed, and obey it."""
    wish = wish_in(text)
    if wish is Wish.NO_CONTACT:
        forbid_contact(subject, at=at, by="keyword")
    elif wish is Wish.NO_ADVERTISING:
        object_to_advertising(subject, at=at, by="keyword")
    return wish


@transaction.atomic
def object_to_advertising(subject: UUID, *, at: datetime, by: str) -> None:
    _lock([subject])
    Subject.objects.filter(pk=subject, objected_at=None).update(objected_at=at, objected_by=by)


@transaction.atomic
def forbid_contact(subject: UUID, *, at: datetime, by: str) -> None:
    object_to_advertising(subject, at=at, by=by)
    Subject.objects.filter(pk=subject, banned_at=None).update(banned_at=at)


@transaction.atomic
def merge(*, into: UUID, gone: UUID) -> None:
    """Two subjects are one person: what was refused stays refused, windows carry over."""
    _lock([into, gone])
    old = Subject.objects.get(pk=gone)
    if old.objected_at:
        object_to_advertising(into, at=old.objected_at, by=old.objected_by)
    if old.banned_at:
        forbid_contact(into, at=old.banned_at, by=old.objected_by)
    windows = ServiceWindow.objects.filter(subject=gone)
    note_inbound(Inbound(into, w.sender, w.last_wrote_at) for w in windows)


def _lock(subjects: Iterable[UUID]) -> None:
    """Hold these people's rows until the transaction ends; in id order, against deadlocks."""
    if connection.vendor == "sqlite":
        return  # one writer at a time: the transaction itself is the lock
    rows = Subject.objects.filter(pk__in=set(subjects)).order_by("pk")
    list(rows.select_for_update().values_list("pk"))


def _standings(requests: Sequence[Request]) -> list[Standing]:
    ids = {request.subject for request in requests}
    subjects = Subject.objects.in_bulk(ids)
    windows = {
        (window.subject_id, window.sender): window.last_wrote_at
        for window in ServiceWindow.objects.filter(subject__in=ids)
    }
    return [
        _standing(subjects.get(r.subject), windows.get((r.subject, r.sender))) for r in requests
    ]


def _standing(subject: Subject | None, last_wrote_at: datetime | None) -> Standing:
    if subject is None:
        return Standing()
    return Standing(last_wrote_at, subject.objected_at, subject.banned_at)


def _decision(request: Request, standing: Standing, now: datetime) -> Decision:
    verdict = may_contact(standing, request.message_class, now=now)
    return Decision(
        subject_id=request.subject,
        sender=request.sender,
        message_class=request.message_class,
        allowed=verdict.allowed,
        reason=verdict.reason,
        policy_version=POLICY_VERSION,
        last_wrote_at=standing.last_wrote_at,
        objected_at=standing.objected_at,
        banned_at=standing.banned_at,
        decided_at=now,
    )
