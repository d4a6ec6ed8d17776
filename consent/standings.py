"""What the rules need to know of people, read from the database; and holding them still."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection

from consent.models import Subject
from consent.requests import Request
from consent.rules import Standing

# Asked for every conversation that is opened; composing it anew would take ten times as long.
_ASK = """
    SELECT subject.id, subject.objected_at, subject.banned_at,
        opened.sender, opened.last_wrote_at, opened.denied_for
    FROM consent_subject subject
    LEFT JOIN consent_servicewindow opened ON opened.subject_id = subject.id
    WHERE subject.id IN ({})
"""


def standings(requests: Sequence[Request]) -> list[Standing]:
    """How each person stands with the number that wants to write; in one query."""
    known = _known({request.subject for request in requests})
    return [_standing(known.get(request.subject, {}), request.sender) for request in requests]


def _known(subjects: set[UUID]) -> dict[UUID, dict[str | None, Standing]]:
    """Of each person, by the number they wrote to; None where they never wrote."""
    if not subjects:
        return {}
    write = Subject._meta.pk.get_db_prep_value
    places = ", ".join(["%s"] * len(subjects))
    known: dict[UUID, dict[str | None, Standing]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ASK.format(places), [write(s, connection) for s in subjects])
        for subject, objected, banned, sender, wrote, denied in cursor.fetchall():
            standing = Standing(
                last_wrote_at=_read(wrote),
                objected_at=_read(objected),
                banned_at=_read(banned),
                window_denied_for=_read(denied),
            )
            known.setdefault(UUID(str(subject)), {})[sender] = standing
    return known


def _standing(known: Mapping[str | None, Standing], sender: str) -> Standing:
    if sender in known or not known:
        return known.get(sender, Standing())
    anywhere = next(iter(known.values()))  # objections hold for all numbers
    return Standing(objected_at=anywhere.objected_at, banned_at=anywhere.banned_at)


def _read(moment: datetime | None) -> datetime | None:
    """SQLite leaves out that it is UTC."""
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def lock(subjects: Iterable[UUID], *, waiting: bool = True) -> set[UUID]:
    """Hold these people's rows until the transaction ends, and say whose could be had.

    In id order, so that two who wait never wait for each other. On SQLite the transaction
    itself is the lock. ``no_key``: rows that point to a person can still be added.
    """
    rows = Subject.objects.filter(pk__in=set(subjects)).order_by("pk")
    held = rows.select_for_update(no_key=True, skip_locked=not waiting)
    return set(held.values_list("pk", flat=True))
