"""What the rules need to know of people, read from the database; and holding them still."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection

from consent.models import Subject
from consent.requests import Request
from consent.rules import Standing

Standings = Mapping[UUID, Mapping[str | None, Standing]]

# Asked for every conversation that is opened; composing it anew would take ten times as long.
_ASK = """
    SELECT subject.id, subject.objected_at, subject.banned_at,
        opened.sender, opened.last_wrote_at, opened.denied_for
    FROM consent_subject subject
    LEFT JOIN consent_servicewindow opened ON opened.subject_id = subject.id
    WHERE subject.id IN ({})
"""
# A row that was changed a moment ago is read as it is now: that is how PostgreSQL locks.
_HOLD = _ASK + "FOR NO KEY UPDATE OF subject SKIP LOCKED"


def standings(requests: Sequence[Request]) -> list[Standing]:
    """How each person stands with the number that wants to write; in one query."""
    known = _read_all(_ASK, {request.subject for request in requests})
    return [standing_of(request, known) for request in requests]


def held(subjects: set[UUID]) -> Standings:
    """How these people stand, held so until the transaction ends. Never waits: those whom
    somebody else holds are left out. On SQLite the transaction itself is the lock."""
    return _read_all(_HOLD if connection.features.has_select_for_update else _ASK, subjects)


def _read_all(statement: str, subjects: set[UUID]) -> Standings:
    """Of each person, by the number they wrote to; None where they never wrote."""
    if not subjects:
        return {}
    write = Subject._meta.pk.get_db_prep_value
    places = ", ".join(["%s"] * len(subjects))
    known: dict[UUID, dict[str | None, Standing]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement.format(places), [write(s, connection) for s in subjects])
        for subject, objected, banned, sender, wrote, denied in cursor.fetchall():
            standing = Standing(
                last_wrote_at=_read(wrote),
                objected_at=_read(objected),
                banned_at=_read(banned),
                window_denied_for=_read(denied),
            )
            known.setdefault(UUID(str(subject)), {})[sender] = standing
    return known


def standing_of(request: Request, known: Standings) -> Standing:
    theirs = known.get(request.subject, {})
    if request.sender in theirs or not theirs:
        return theirs.get(request.sender, Standing())
    anywhere = next(iter(theirs.values()))  # objections hold for all numbers
    return Standing(objected_at=anywhere.objected_at, banned_at=anywhere.banned_at)


def _read(moment: datetime | None) -> datetime | None:
    """SQLite leaves out that it is UTC."""
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def lock(subjects: Iterable[UUID]) -> set[UUID]:
    """Hold these people's rows until the transaction ends, and say who is known.

    In id order, so that two who wait never wait for each other. On SQLite the transaction
    itself is the lock. ``no_key``: rows that point to a person can still be added.
    """
    rows = Subject.objects.filter(pk__in=set(subjects)).order_by("pk")
    return set(rows.select_for_update(no_key=True).values_list("pk", flat=True))
