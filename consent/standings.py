"""What the rules need to know of people, read from the database; and holding them still."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from consent.models import ServiceWindow, Subject
from consent.requests import Request
from consent.rules import Standing


def standings(requests: Sequence[Request]) -> list[Standing]:
    """How each person stands with the number that wants to write; in two queries."""
    ids = {request.subject for request in requests}
    subjects = Subject.objects.in_bulk(ids)
    windows = {
        (window.subject_id, window.sender): window
        for window in ServiceWindow.objects.filter(subject__in=ids)
    }
    return [
        _standing(subjects.get(request.subject), windows.get((request.subject, request.sender)))
        for request in requests
    ]


def _standing(subject: Subject | None, window: ServiceWindow | None) -> Standing:
    return Standing(
        last_wrote_at=window.last_wrote_at if window else None,
        objected_at=subject.objected_at if subject else None,
        banned_at=subject.banned_at if subject else None,
        window_denied_for=window.denied_for if window else None,
    )


def lock(subjects: Iterable[UUID], *, waiting: bool = True) -> set[UUID]:
    """Hold these people's rows until the transaction ends, and say whose could be had.

    In id order, so that two who wait never wait for each other. On SQLite the transaction
    itself is the lock. ``no_key``: rows that point to a person can still be added.
    """
    rows = Subject.objects.filter(pk__in=set(subjects)).order_by("pk")
    held = rows.select_for_update(no_key=True, skip_locked=not waiting)
    return set(held.values_list("pk", flat=True))
