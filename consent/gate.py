"""The door every outgoing message passes. Other rooms need only this module.

Consent is told things (``note_inbound``, ``hear``, ``object_to_advertising``) and asked
things (``ask``, ``require``, ``decide``). It knows people by their subject id alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise

from consent import decisions, windows
from consent.explanations import is_reason, sentence_for
from consent.keywords import Wish, wish_in
from consent.models import Decision, ServiceWindow, Subject
from consent.requests import Inbound, Request
from consent.rules import MessageClass, Reason, Verdict, may_contact
from consent.standings import Standings, held, lock, standing_of, standings

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
    "deny_window",
    "forbid_contact",
    "hear",
    "is_reason",
    "merge",
    "note_inbound",
    "object_to_advertising",
    "part",
    "register",
    "require",
    "sentence_for",
    "windows_of",
    "wish_in",
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


def register(subjects: Iterable[UUID]) -> None:
    """Make new people known. Doing it again changes nothing."""
    Subject.objects.bulk_create([Subject(id=s) for s in subjects], ignore_conflicts=True)


def ask(request: Request, *, now: datetime) -> Verdict:
    """The verdict as of now, for what a screen offers. Nothing is stored."""
    return may_contact(standings([request])[0], request.message_class, now=now)


def require(request: Request, *, now: datetime) -> None:
    """Raise ``NotAllowed`` unless the message may be written now."""
    verdict = ask(request, now=now)
    if not verdict.allowed:
        raise NotAllowed(verdict.reason)


def decide(requests: Sequence[Request], *, now: datetime) -> list[Decision | None]:
    """Decide about messages that are leaving, and store each decision.

    Never waits. None about somebody whose opt-out is being stored at this moment: that can
    be tried again a moment later.

    Must run in the transaction that claims the messages: the people's rows stay locked until
    it commits, and opting out takes the same lock, so nothing starts after a committed STOP.
    """
    subjects = {request.subject for request in requests}
    free = dict(held(subjects))
    if missing := subjects - free.keys():
        free |= _met(missing)
    made = decisions.store(
        decisions.decide(request, standing_of(request, free), now)
        for request in requests
        if request.subject in free
    )
    following = iter(made)
    return [next(following) if r.subject in free else None for r in requests]


def note_inbound(inbounds: Iterable[Inbound]) -> None:
    """Remember that people wrote, which opens their service windows; never moves one back."""
    latest: dict[tuple[UUID, str], datetime] = {}
    for inbound in inbounds:
        key = (inbound.subject, inbound.sender)
        latest[key] = max(inbound.at, latest.get(key, inbound.at))
    windows.open_from(latest)


def deny_window(subject: UUID, sender: str) -> None:
    """WhatsApp said that this window is closed. It is, until the person writes again."""
    denied = ServiceWindow.objects.filter(subject=subject, sender=sender)
    denied.update(denied_for=F("last_wrote_at"))


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
    """No advertising any more. Whoever said so first is remembered."""
    _hold_known(subject)
    Subject.objects.filter(pk=subject, objected_at=None).update(objected_at=at, objected_by=by)


@transaction.atomic
def forbid_contact(subject: UUID, *, at: datetime, by: str) -> None:
    """Nothing any more but answers to what the person writes."""
    object_to_advertising(subject, at=at, by=by)
    Subject.objects.filter(pk=subject, banned_at=None).update(banned_at=at)


@transaction.atomic
def merge(*, into: UUID, gone: UUID) -> None:
    """Two subjects are one person: what was refused stays refused, windows carry over."""
    lock([into, gone])
    old = Subject.objects.filter(pk=gone).first()
    if old is None:
        return
    register([into])
    if old.objected_at:
        object_to_advertising(into, at=old.objected_at, by=old.objected_by)
    if old.banned_at:
        forbid_contact(into, at=old.banned_at, by=old.objected_by)
    carried = ServiceWindow.objects.filter(subject=gone)
    note_inbound(Inbound(into, w.sender, w.last_wrote_at) for w in carried)


def windows_of(subject: UUID) -> dict[str, datetime]:
    """When this person last wrote, by the number they wrote to."""
    theirs = ServiceWindow.objects.filter(subject=subject)
    return dict(theirs.values_list("sender", "last_wrote_at"))


@transaction.atomic
def part(*, kept: UUID, restored: UUID, windows: Mapping[str, datetime]) -> None:
    """One subject turns out to be two: what was refused holds for both from now on.

    ``windows``: those of ``kept`` before the merge. What only the other had opened closes.
    """
    lock([kept, restored])
    for one, other in ((kept, restored), (restored, kept)):
        known = Subject.objects.filter(pk=one).first()
        if known and known.objected_at:
            object_to_advertising(other, at=known.objected_at, by=known.objected_by)
        if known and known.banned_at:
            forbid_contact(other, at=known.banned_at, by=known.objected_by)
    for sender, wrote_at in windows_of(restored).items():
        carried = ServiceWindow.objects.filter(
            subject=kept, sender=sender, last_wrote_at=wrote_at
        )
        before = windows.get(sender)
        if before is None:
            carried.delete()
        elif before != wrote_at:
            carried.update(last_wrote_at=before)


def _met(subjects: set[UUID]) -> Standings:
    """Those of them nobody registered yet, registered and held; not those held elsewhere."""
    strangers = subjects - set(Subject.objects.in_bulk(subjects))
    register(strangers)
    return held(strangers)


def _hold_known(subject: UUID) -> None:
    """An opt-out counts also for somebody we never registered."""
    if not lock([subject]):
        register([subject])
        lock([subject])
