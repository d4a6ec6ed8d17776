"""Words in SQLite: FTS5 tables whose row number is the message's or contact's id.

FTS5 walks its matches from the highest row number down, so "the newest 20" of a common word
stop early. Words come in folded, so its plainest tokeniser does.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from inbox.search.store import ContactWords, MessageWords
from inbox.search.words import MIN_PREFIX, Query

CONVERSATION = "SELECT 1 FROM inbox_conversation c WHERE c.contact_id = w.rowid"


def put_messages(rows: Sequence[MessageWords]) -> None:
    _put("inbox_message_words", [(row.message_id, " ".join(row.words)) for row in rows])


def drop_messages(ids: Sequence[int]) -> None:
    _drop("inbox_message_words", ids)


def put_contacts(rows: Sequence[ContactWords]) -> None:
    _put("inbox_contact_words", [(row.contact_id, " ".join(row.words)) for row in rows])


def drop_contacts(ids: Sequence[int]) -> None:
    _drop("inbox_contact_words", ids)


def find_messages(query: Query, hidden: Sequence[int], limit: int) -> list[int]:
    *whole, last = query.either
    terms = [_any(spellings) for spellings in whole]
    terms.append(_any(last, "*" if len(last[0]) >= MIN_PREFIX else ""))
    match = " AND ".join(terms)
    if query.written:
        match = f"{_any(query.written, '*')} OR ({match})"
    return _ids(
        "SELECT w.rowid FROM inbox_message_words w"  # noqa: S608
        " CROSS JOIN inbox_message m ON m.id = w.rowid"  # the index first, always
        f" WHERE w.inbox_message_words MATCH %s{_not_in('m.channel_id', hidden)}"
        " ORDER BY w.rowid DESC LIMIT %s",
        [match, *hidden, limit],
    )


def find_contacts(query: Query, hidden: Sequence[int], limit: int) -> list[int]:
    *whole, last = query.either
    begins = "" if query.last_only else "*"
    terms = " AND ".join([*[_any(its, begins) for its in whole], _any(last, "*")])
    if query.phone and query.either != [(query.phone,)]:
        terms = f'"{query.phone}"* OR ({terms})'
    seen = ""
    if hidden:
        shown = _not_in("c.channel_id", hidden)
        seen = f" AND EXISTS ({CONVERSATION}{shown})"
    return _ids(
        "SELECT w.rowid FROM inbox_contact_words w"  # noqa: S608
        f" WHERE w.inbox_contact_words MATCH %s{seen} ORDER BY w.rowid DESC LIMIT %s",
        [terms, *hidden, limit],
    )


def _any(spellings: Sequence[str], begins: str = "") -> str:
    return "(" + " OR ".join(f'"{spelling}"{begins}' for spelling in spellings) + ")"


def _not_in(column: str, values: Sequence[int]) -> str:
    return f" AND {column} NOT IN ({', '.join(['%s'] * len(values))})" if values else ""


def _put(table: str, rows: list[tuple[int, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT OR REPLACE INTO {table} (rowid, words) VALUES (%s, %s)",  # noqa: S608
            rows,
        )


def _drop(table: str, ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {table} WHERE rowid = %s",  # noqa: S608
            [(id_,) for id_ in ids],
        )


def _ids(sql: str, params: list[str | int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]
